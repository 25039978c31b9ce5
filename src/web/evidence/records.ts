import type { EvidenceData } from '#src/domain/evidence.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html, type Part } from '#src/web/html/html.ts';
import { clock } from '#src/web/parts/moment.ts';
import { count, shorten } from '#src/web/parts/prose.ts';
import { facts } from '#src/web/parts/section.ts';

type Records = Extract<EvidenceData, { type: 'records' }>;

const FEW = 1;
const MANY = 12;
const MOST_LINE = 1500;

/** Log lines as they were written, what is cited of them marked. */
export function recordsBody(data: Records, { book, cites, isShort }: BodyOptions): Html {
  const quotes = cites.flatMap(({ quote }) => (quote ? [quote] : []));
  const quoted = data.records.filter(({ line }) => quotes.some((quote) => line.includes(quote)));
  const rest = data.records.filter((record) => !quoted.includes(record));
  const most = isShort ? Math.max(FEW, Math.min(quoted.length, 3)) : MANY;
  const shown = [...quoted, ...rest].slice(0, most);
  const hidden = data.count - shown.length;
  return html`${
    !isShort &&
    facts([
      ['pattern', data.template && html`<code>${shorten(data.template, MOST_LINE)}</code>`],
      ['in the incident', count(data.count, 'line')],
      ['before it', data.baselineCount === undefined ? null : count(data.baselineCount, 'line')],
    ])
  }
${shown.map(
  ({ timestamp, service, line }) =>
    html`<pre class="log"><span class="quiet">${clock(timestamp, book.reference)} ${service}</span>\n${lineOf(line, quotes)}</pre>`,
)}${hidden > 0 && html`<p class="quiet">and ${hidden} more, times in UTC</p>`}`;
}

/** The line around its first quote. */
function lineOf(line: string, quotes: readonly string[]): Part {
  const quote = quotes.find((one) => line.includes(one));
  if (quote === undefined) return shorten(line, MOST_LINE);
  const at = line.indexOf(quote);
  const before = line.slice(0, at);
  return html`${before.length > 200 ? `…${before.slice(-200)}` : before}<mark>${shorten(quote, MOST_LINE)}</mark>${shorten(line.slice(at + quote.length), MOST_LINE)}`;
}
