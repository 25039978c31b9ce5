import type { Cite, Evidence } from '#src/domain/evidence.ts';
import type { CitedText, CiteRef } from '#src/report/model/report.ts';
import { inline } from '#src/report/model/text.ts';

/**
 * Makes the sentences of a report. A sentence whose citation points at nothing, or quotes what does
 * not stand in the evidence, is left out and counted; it is never shown.
 */
export type Citations = {
  /** The sentence, or null when a citation of it does not hold. */
  cite(text: string, cites: readonly Cite[]): CitedText | null;
  /** Only the citations that hold, for what is shown as code and not as a sentence. */
  refs(cites: readonly Cite[]): CiteRef[];
  /** Citations that held, sentences that were left out, and what was quoted, by id. */
  readonly held: () => number;
  readonly dropped: () => number;
  readonly quoted: ReadonlyMap<string, ReadonlySet<string>>;
};

export function createCitations(evidence: readonly Evidence[]): Citations {
  const byId = new Map(evidence.map((one) => [one.id, one]));
  const texts = new Map<string, string>();
  const quoted = new Map<string, Set<string>>();
  const count = { held: 0, dropped: 0 };
  const textOf = (one: Evidence): string => {
    const known = texts.get(one.id) ?? everythingSaid(one);
    texts.set(one.id, known);
    return known;
  };
  const holds = ({ id, quote }: Cite): boolean => {
    const one = byId.get(id);
    if (!one) return false;
    return quote === undefined || textOf(one).includes(inline(quote));
  };
  const refs = (cites: readonly Cite[]): CiteRef[] => {
    const found = new Map<string, CiteRef>();
    for (const cite of cites.filter(holds)) {
      count.held++;
      const ref = found.get(cite.id) ?? { id: cite.id, quotes: [] };
      const quote = cite.quote === undefined ? '' : inline(cite.quote);
      if (quote !== '' && !ref.quotes.includes(quote)) ref.quotes.push(quote);
      found.set(cite.id, ref);
      quoted.set(cite.id, new Set([...(quoted.get(cite.id) ?? []), ...ref.quotes]));
    }
    return [...found.values()];
  };
  return {
    cite: (text, cites) => {
      if (cites.every(holds)) return { text: inline(text), cites: refs(cites) };
      count.dropped++;
      return null;
    },
    refs,
    held: () => count.held,
    dropped: () => count.dropped,
    quoted,
  };
}

/** Every text within the evidence, on one line; of a diff also its lines without their signs. */
function everythingSaid(evidence: Evidence): string {
  const texts = [evidence.summary, evidence.query, evidence.service ?? ''];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  walk(evidence.data);
  const { data } = evidence;
  if (data.type === 'source') texts.push(data.lines.join('\n'));
  if (data.type === 'change' && data.change.type === 'commit') {
    texts.push((data.change.diff ?? '').replace(/^[+\- ]/gm, ''));
  }
  return inline(texts.join('\n'));
}
