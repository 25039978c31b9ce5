/** Statements and what they rest on: citations that unfold, log lines, traces, diffs, charts. */
export const STYLE_OF_EVIDENCE = `
.verdict { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; margin-top: 0; }
.verdict strong { font-size: 1.25rem; }
.verdict-confirmed strong, .verdict-likely strong { color: var(--bad); }
.verdict-inconclusive strong { color: var(--warn); }
.steps > li, .statements > li { padding-left: .15rem; }

summary { cursor: pointer; }
.cites { display: inline; }
.cite, .cite-lost { display: inline-block; vertical-align: baseline; margin: .12rem .35rem .12rem 0; }
.cite[open] { display: block; margin-left: 0; }
.cite > summary {
  display: inline-flex; align-items: center; list-style: none; min-height: 1.6rem; padding: 0 .5rem;
  border: 1px solid var(--line); border-radius: 6px; background: var(--sunk); color: var(--link);
}
.cite > summary::-webkit-details-marker { display: none; }
.cite > summary::after { content: "▸"; margin-left: .35rem; font-size: .8em; }
.cite[open] > summary::after { content: "▾"; }
.cite-id { font-weight: 600; font-size: .86rem; }
.cite-lost { font-size: .86rem; color: var(--quiet); }
.cite > .folded { margin: .35rem 0 .5rem; padding: .5rem .75rem; border-left: 3px solid var(--link); background: var(--sunk); border-radius: 0 6px 6px 0; }
.cite pre, .cite .facts { background: none; }
.pointer { font-size: .92rem; }

.fold { border-top: 1px solid var(--line); }
.fold > summary { padding: .55rem 0; }
.evidence .fold:first-child { border-top: 0; }
.more > summary { color: var(--link); padding: .6rem 0; }
.folded { min-width: 0; }

.timeline { list-style: none; padding: 0; margin: 0; }
.timeline li { display: grid; grid-template-columns: 5.6rem minmax(0, 1fr); gap: .6rem; margin: 0; padding: .3rem 0 .3rem .6rem; border-left: 3px solid var(--line); }
.timeline .onset { border-left-color: var(--bad); }
.timeline .onset .when { color: var(--bad); font-weight: 600; }
.when { font-variant-numeric: tabular-nums; font-size: .9rem; }

.signals { list-style: none; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
.signals li { margin: 0; min-width: 0; }
figure.signal { margin: 0; }
/* The paper-coloured edges of letters. */
.chart text[stroke] { stroke: var(--paper); }
.chart { display: block; width: 100%; max-width: 38rem; height: auto; border: 1px solid var(--line); border-radius: 8px; }

.suspect { display: flex; justify-content: space-between; gap: .75rem; margin-top: 0; font-weight: 600; }
.suspect .quiet { white-space: nowrap; }
.cards ul { font-size: .95rem; }

.frames { padding-left: 1.5rem; font-size: .9rem; }
.frames li { margin: .1rem 0; }
.frames .foreign { color: var(--quiet); }
.frames .own code { font-weight: 700; }
.log, .text { font-size: .82rem; }
.code .number { color: var(--quiet); user-select: none; display: inline-block; min-width: 2.6rem; }
.diff { padding: .4rem 0; }
.diff span { display: block; padding: 0 .6rem 0 1.4rem; text-indent: -.8rem; }
.diff .added { background: var(--good-ground); color: var(--good); }
.diff .removed { background: var(--bad-ground); color: var(--bad); }
.diff .hunk { color: var(--info); }
.diff .meta { color: var(--quiet); }
.sha { font-size: .78rem; }
`;
