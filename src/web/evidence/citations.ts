import type { Cite, Evidence } from '#src/domain/evidence.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import type { Statement } from '#src/domain/result.ts';
import { evidenceBody } from '#src/web/evidence/body.ts';
import { type Book, KIND_WORDS } from '#src/web/evidence/book.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { fragmentUrl } from '#src/web/html/url.ts';
import { moment } from '#src/web/parts/moment.ts';
import { prose, shorten } from '#src/web/parts/prose.ts';
import { fold } from '#src/web/parts/section.ts';

const MOST_CITES = 12;
const MOST_QUOTE = 1200;

/** A statement with its evidence unfolding under it. */
export function cited({ text, cites }: Statement, book: Book): Html {
  return html`${prose(text, book.reference)}${citations(cites, book)}`;
}

/** The evidence of a statement: an id each, which unfolds to what was cited. */
export function citations(cites: readonly Cite[], book: Book): Html | null {
  const byId = new Map<string, Cite[]>();
  for (const cite of cites) byId.set(cite.id, [...(byId.get(cite.id) ?? []), cite]);
  if (byId.size === 0) return null;
  const shown = [...byId].slice(0, MOST_CITES);
  const more = byId.size - shown.length;
  return html` <div class="cites">${shown.map(([id, all]) => citation(id, all, book))}${
    more > 0 && html`<span class="quiet">and ${more} more</span>`
  }</div>`;
}

function citation(id: string, cites: readonly Cite[], book: Book): Html {
  const evidence = book.find(id);
  if (!evidence) return html`<span class="cite-lost">${id} (not kept)</span>`;
  const label = html`<span class="cite-id">${id}</span><span class="hidden">, ${KIND_WORDS[evidence.kind]}</span>`;
  const card = html`<p class="quiet">${originOf(evidence)}</p>
<p>${prose(evidence.summary, book.reference)}</p>
${cites.map((cite) => pointer(cite, evidence, book))}
${evidenceBody(evidence, { book, cites, isShort: true })}
<p><a href="${fragmentUrl(`e-${id}`)}">All of ${id}</a></p>`;
  return fold(book.key(`cite-${id}`), label, card, 'cite');
}

/** Where evidence is from, in a line. */
export function originOf({ kind, source, service }: Evidence): string {
  const of = service === null ? '' : ` of ${service}`;
  return `${KIND_WORDS[kind]}${of}, from ${source}`;
}

/** What a citation points at within the evidence. Quotes of log lines are marked in the lines. */
function pointer(cite: Cite, evidence: Evidence, book: Book): Html | null {
  const { quote, at, value, file, line } = cite;
  const isMarked = evidence.data.type === 'records';
  const unit = evidence.data.type === 'series' ? evidence.data.unit : undefined;
  const parts = [
    quote !== undefined && !isMarked && html`<q>${shorten(quote, MOST_QUOTE)}</q>`,
    value !== undefined && html`value ${formatQuantity(value, unit)}`,
    at !== undefined && html`at ${moment(at, book.reference)}`,
    file !== undefined && html`<code>${file}${line === undefined ? '' : `:${line}`}</code>`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return html`<p class="pointer">${parts.map((part, index) => html`${index > 0 && ', '}${part}`)}</p>`;
}
