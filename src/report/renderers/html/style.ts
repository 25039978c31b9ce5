import { chartCss } from '#src/charts/palette.ts';

const LIGHT =
  '--paper:#fff;--text:#1a1a1a;--faint:#595959;--line:#d9d9d9;--soft:#f5f6f7;--link:#005a8c;--bad:#b3380a;--warn:#7a5200;--good:#00694d';
const DARK =
  '--paper:#161a1f;--text:#f0f0f0;--faint:#b4b9bf;--line:#3c434b;--soft:#20262d;--link:#7cc4f0;--bad:#ff9d6b;--warn:#f0c04a;--good:#5fd3ad';

/**
 * The style sheet of a report: phone to desk, light and dark as the reader's system has it, and
 * print, where the appendix is unfolded and citations are short.
 */
export const STYLE = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}${chartCss('dark', '.chart-figure')}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
.page{max-width:78rem;margin:0 auto;padding:0 1.25rem 4rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:1}
header{padding:2.5rem 0 1.25rem;border-bottom:3px solid var(--text);margin-bottom:1.5rem}
header p{margin:0;color:var(--faint)}
h1{font-size:clamp(1.5rem,4vw,2.25rem);line-height:1.2;margin:.25rem 0 .75rem}
h2{font-size:1.35rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
.part-title{font-size:1.7rem;border-bottom:3px solid var(--text);margin-top:4rem}
.badge{display:inline-block;font-weight:700;font-size:.85rem;letter-spacing:.05em;text-transform:uppercase;border:2px solid;border-radius:.3rem;padding:.05rem .5rem;color:var(--faint)}
.badge.critical,.badge.high{color:var(--bad)}
.badge.medium{color:var(--warn)}
.badge.low{color:var(--good)}
.p{margin:0 0 1rem}
ul,ol{padding-left:1.4rem;margin:0 0 1rem}
li{margin:.3rem 0}
ul.check{list-style:none;padding-left:0}
ul.check>li{position:relative;padding-left:1.8rem}
ul.check>li::before{content:"";position:absolute;left:.1rem;top:.3rem;width:.95rem;height:.95rem;border:1.5px solid var(--faint);border-radius:.2rem}
dl{margin:0 0 1rem;display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:0 1.5rem}
dl>div{display:flex;gap:.75rem;padding:.35rem 0;border-bottom:1px solid var(--line)}
dt{flex:0 0 8.5rem;color:var(--faint)}
dd{margin:0;flex:1}
.scroll{overflow-x:auto;margin:0 0 1.25rem}
table{border-collapse:collapse;width:100%;font-size:.94rem}
caption{text-align:left;color:var(--faint);font-size:.88rem;padding:0 0 .35rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line)}
th{font-size:.85rem;color:var(--faint);white-space:nowrap}
td{min-width:2rem;overflow-wrap:break-word}
td.long{min-width:9rem;overflow-wrap:anywhere}
td:first-child{font-variant-numeric:tabular-nums}
.prompt{border-left:4px solid var(--warn);background:var(--soft);padding:.6rem .9rem;margin:0 0 1rem;font-style:italic}
figure{margin:0 0 1.5rem}
figcaption{color:var(--faint);font-size:.88rem;margin-top:.35rem}
.chart-figure{border:1px solid var(--line);border-radius:.4rem;padding:.5rem}
.chart-figure svg{display:block;width:100%;height:auto}
.narrow{display:none}
pre{margin:.35rem 0 0;padding:.75rem;background:var(--soft);border:1px solid var(--line);border-radius:.3rem;overflow:auto;max-height:28rem;font:.82rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap}
.cite{display:inline-block;vertical-align:baseline;margin:0 .15rem;max-width:100%}
.cite>summary{display:inline-block;cursor:pointer;list-style:none;font-size:.78rem;font-weight:600;color:var(--link);border:1px solid currentColor;border-radius:.3rem;padding:0 .35rem;line-height:1.35rem;min-width:1.9rem;text-align:center}
.cite>summary::-webkit-details-marker{display:none}
.cite[open]{display:block;margin:.35rem 0}
.cite[open]>summary{background:var(--link);color:var(--paper);border-color:var(--link)}
.cited{display:block;border-left:3px solid var(--link);background:var(--soft);padding:.5rem .75rem;margin-top:.25rem;font-size:.92rem}
.cited>span{display:block}
.cited q{display:block;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85rem;margin:.3rem 0}
.where{color:var(--faint);font-size:.85rem}
.evidence{border-bottom:1px solid var(--line);padding:.3rem 0}
.evidence>summary{cursor:pointer;padding:.25rem 0}
.evidence>summary b{color:var(--link);display:inline-block;min-width:2.6rem}
nav ol{columns:16rem;padding-left:1.4rem}
footer{margin-top:3rem;color:var(--faint);font-size:.88rem}
@media (max-width:40rem){.page{padding:0 .9rem 3rem}.wide{display:none}.narrow{display:block}
dt{flex-basis:7rem}header{padding-top:1.5rem}
table,tbody,tr,td{display:block}thead{position:absolute;left:-999rem}caption{display:block}
tr{border-bottom:1px solid var(--line);padding:.5rem 0}td,td.long{border:0;padding:.1rem 0;min-width:0}
td:empty{display:none}
td[data-label]:not([data-label=""])::before{content:attr(data-label) ": ";color:var(--faint);font-size:.85rem}}
@media print{:root{color-scheme:light;${LIGHT}}@page{margin:18mm 16mm}
body{font-size:10pt}.page{max-width:none;padding:0}.skip,nav{display:none}
header{padding-top:0}h2,h3,caption{break-after:avoid}tr,.chart-figure,li{break-inside:avoid}
pre{max-height:none;overflow:visible;font-size:7.5pt}a{color:inherit;text-decoration:none}
.cite>summary{border:0;padding:0;min-width:0;font-size:8pt}.cite[open]{display:inline}.cite .cited{display:none}
.cite::details-content{display:none}.evidence::details-content{content-visibility:visible;display:block;height:auto}
.appendix{break-before:page}.part{break-before:page}.part:first-of-type{break-before:auto}}
`;
