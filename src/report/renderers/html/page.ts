import { createHash } from 'node:crypto';
import type { EvidenceEntry, Report, ReportPart } from '#src/report/model/report.ts';
import { blockHtml, pre } from '#src/report/renderers/html/blocks.ts';
import { createCiteWriter } from '#src/report/renderers/html/cites.ts';
import { anchor, html } from '#src/report/renderers/html/escape.ts';
import { STYLE } from '#src/report/renderers/html/style.ts';

/** The page's own policy: nothing may be loaded or run, and only this style sheet applies. */
function policy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/** A report as one HTML page. */
export function htmlPage(report: Report): string {
  const { title, subtitle, parts } = report;
  const single = parts.length === 1;
  const badge = single && parts[0] ? severityBadge(parts[0].severity) : '';
  const noCites = (): string => '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${html(policy())}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${html(`${title} – ${subtitle}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
<header>
<p>${html(subtitle)} ${badge}</p>
<h1>${html(title)}</h1>
${single && parts[0] ? factList(parts[0]) : report.overview.map((block) => blockHtml(block, noCites)).join('\n')}
</header>
<nav aria-label="Contents"><ol>
${parts.flatMap((part) => contents(part, single)).join('\n')}
</ol></nav>
<main id="content">
${parts.map((part) => partHtml(part, single)).join('\n')}
</main>
<footer>Made by incident from recorded evidence. Times are UTC. A box such as <b>M1</b> unfolds the evidence behind a sentence.</footer>
</div>
</body>
</html>
`;
}

function severityBadge(severity: string): string {
  return `<span class="badge ${html(severity)}">${html(severity)}</span>`;
}

function factList({ facts }: ReportPart): string {
  return blockHtml({ type: 'facts', rows: facts }, () => '');
}

function contents(part: ReportPart, single: boolean): string[] {
  const link = (id: string, title: string): string =>
    `<li><a href="#${anchor(part.key, id)}">${html(title)}</a></li>`;
  if (!single) return [link('part', part.title)];
  return [...part.sections.map(({ id, title }) => link(id, title)), link('evidence', 'Evidence')];
}

function partHtml(part: ReportPart, single: boolean): string {
  const cites = createCiteWriter(part);
  const sections = part.sections.map(
    ({ id, title, blocks }) =>
      `<section aria-labelledby="${anchor(part.key, id)}"><h2 id="${anchor(part.key, id)}">${html(title)}</h2>\n` +
      `${blocks.map((block) => blockHtml(block, cites)).join('\n')}</section>`,
  );
  const head = single
    ? ''
    : `<h2 class="part-title" id="${anchor(part.key, 'part')}">${html(part.title)}</h2><div class="p">${severityBadge(part.severity)}</div>${factList(part)}`;
  return `<article class="part">${head}\n${sections.join('\n')}\n${appendix(part)}</article>`;
}

function appendix({ key, evidence }: ReportPart): string {
  const shown = evidence.filter(({ isCited }) => isCited);
  const others = evidence.filter(({ isCited }) => !isCited);
  const rest =
    others.length === 0
      ? ''
      : `<details class="evidence"><summary>${others.length} more that nothing above cites</summary><ul>${others
          .map(({ id, summary }) => `<li>${html(id)}: ${html(summary)}</li>`)
          .join('\n')}</ul></details>`;
  return (
    `<section class="appendix" aria-labelledby="${anchor(key, 'evidence')}">` +
    `<h2 id="${anchor(key, 'evidence')}">Evidence</h2>\n` +
    `<div class="p">What is cited, with every stored byte.</div>\n` +
    `${shown.map((entry) => entryHtml(key, entry)).join('\n')}\n${rest}</section>`
  );
}

function entryHtml(key: string, entry: EvidenceEntry): string {
  const { id, summary, source, service, query, from, to, quotes, text } = entry;
  const rows = [
    ['Source', source],
    ['Service', service],
    ['Query', query],
    ['Window', `${from} to ${to}`],
    ...quotes.map((quote) => ['Quoted', quote]),
  ]
    .filter(([, value]) => value !== '')
    .map(([label = '', value = '']) => ({ label, value, cites: [] }));
  const body = blockHtml({ type: 'facts', rows }, () => '');
  return (
    `<details class="evidence"><summary><b>${html(id)}</b> ${html(summary)}</summary>` +
    `<div id="${anchor(key, id)}">${body}${pre(text, `stored bytes of ${id}`)}</div></details>`
  );
}
