import { chartCss } from '#src/charts/palette.ts';
import { STYLE_OF_EVIDENCE } from '#src/web/assets/style-evidence.ts';
import { STYLE_OF_PARTS } from '#src/web/assets/style-parts.ts';

/** Colours of both themes; each text has a contrast of at least 4.5 on each ground that it stands on. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --paper: #fff; --ink: #1a1c1f; --quiet: #565b62; --line: #d5d8dd;
  --sunk: #f0f1f4; --link: #0b57b0; --focus: #0b57b0;
  --bad: #a61b1b; --bad-ground: #fdeaea; --warn: #7a4a00; --warn-ground: #fff2d6;
  --good: #1b6e34; --good-ground: #e5f5e9; --info: #174f86; --info-ground: #e5effa;
  --mark: #ffe9a8; --mark-ink: #1a1c1f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1215; --paper: #161a1f; --ink: #eceef1; --quiet: #aab1ba; --line: #343a41;
    --sunk: #0f1317; --link: #86bdff; --focus: #86bdff;
    --bad: #ff9d94; --bad-ground: #3b1616; --warn: #ffc466; --warn-ground: #382a0d;
    --good: #86d99a; --good-ground: #12301b; --info: #9cc9ff; --info-ground: #132a44;
    --mark: #5c4a10; --mark-ink: #fff6db;
  }
  ${chartCss('dark', 'figure')}
}
`;

const BASE = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 78rem; margin: 0 auto; padding: 0 .75rem 3rem; outline: 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 .6rem; }
h3 { font-size: 1rem; margin: 1rem 0 .4rem; }
p { margin: .35rem 0; }
ul, ol { margin: .4rem 0; padding-left: 1.3rem; }
li { margin: .3rem 0; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .84rem; }
pre {
  margin: .5rem 0; padding: .5rem .6rem; background: var(--sunk); border: 1px solid var(--line);
  border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2;
}
mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; }
q { font-style: italic; }
.quiet { color: var(--quiet); font-size: .9rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; display: block; padding: .5rem .75rem; background: var(--paper); }
.bar {
  display: flex; justify-content: space-between; align-items: center; gap: 1rem;
  max-width: 78rem; margin: 0 auto; padding: .25rem .75rem;
}
.bar a, .bar button { display: inline-block; padding: .6rem 0; }
.bar p, .bar form { margin: 0; }
.live:empty { display: none; }
.live { padding: .5rem .75rem; border-radius: 8px; background: var(--info-ground); color: var(--info); }
`;

const PLACES = `
.incident { display: grid; gap: .75rem; }
.top, .rest, .list, .aside { display: grid; gap: .75rem; align-content: start; min-width: 0; }
.narrow { max-width: 32rem; margin: 0 auto; }
.panel, .headline {
  background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: .8rem .9rem;
  min-width: 0;
}
.headline .title { font-size: 1.05rem; }
.headline h1 { margin: .3rem 0 0; }
.badges { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; }
@media (min-width: 62rem) {
  .incident { grid-template-columns: minmax(0, 1fr) 21rem; grid-template-areas: "top aside" "rest aside"; }
  .top { grid-area: top; } .rest { grid-area: rest; }
  .aside { grid-area: aside; position: sticky; top: .75rem; }
  main { padding-left: 1.25rem; padding-right: 1.25rem; }
  .bar { padding-left: 1.25rem; padding-right: 1.25rem; }
  .panel, .headline { padding: 1rem 1.2rem; }
}
@media print {
  .bar, .aside, .skip { display: none; }
  .panel, .headline { break-inside: avoid-page; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;

/** The style sheet of all pages. */
export const STYLE_SOURCE = [COLOURS, BASE, PLACES, STYLE_OF_PARTS, STYLE_OF_EVIDENCE].join('');
