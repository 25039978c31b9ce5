import type { CiteRef, EvidenceEntry, ReportPart } from '#src/report/model/report.ts';
import { anchor, html } from '#src/report/renderers/html/escape.ts';

/** Draws citations of one part: each unfolds in place to what is cited, and leads to all of it. */
export type CiteWriter = (cites: readonly CiteRef[]) => string;

export function createCiteWriter(part: ReportPart): CiteWriter {
  const byId = new Map(part.evidence.map((entry) => [entry.id, entry]));
  return (cites) =>
    cites
      .map(({ id, quotes }) => {
        const entry = byId.get(id);
        return entry ? cite(part.key, entry, quotes) : '';
      })
      .join('');
}

function cite(key: string, entry: EvidenceEntry, quotes: readonly string[]): string {
  const quoted = quotes.map((quote) => `<q>${html(quote)}</q>`).join('');
  const where = [entry.source, entry.service].filter((word) => word !== '').map(html);
  return (
    `<details class="cite"><summary>${html(entry.id)}</summary><span class="cited">` +
    `<span>${html(entry.summary)}</span>${quoted}` +
    `<span class="where">${where.join(', ')} · <a href="#${anchor(key, entry.id)}">all that is stored</a></span>` +
    '</span></details>'
  );
}
