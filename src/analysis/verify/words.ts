import type { CheckContext, Claim } from '#src/analysis/verify/contract.ts';
import type { Evidence } from '#src/domain/evidence.ts';

/** What a claim cites, as far as it exists. */
export function citedEvidence({ cites }: Claim, { evidence }: CheckContext): Evidence[] {
  const ids = new Set(cites.map(({ id }) => id));
  return [...ids].flatMap((id) => evidence.get(id) ?? []);
}

const TOKEN = /[\p{L}\p{N}_$@][\p{L}\p{N}_$@.:/#-]{1,200}/gu;
/** Words that look like names and are none. */
const PLAIN =
  /^(?:e\.g|i\.e|etc|vs|a\.m|p\.m|p\d{1,3}(?:\.\d)?|[1-5]xx|https?|http\/[\d.]{1,3}|\d{1,3}(?:st|nd|rd|th)|and\/or|read\/write|utc|\d{1,15}(?:\.\d{1,9})?(?:ms|s|x|m|h|d|k|kb|mb|gb|kib|mib|gib)?)$/i;
const DATE = /^\d{4}-\d\d-\d\d|^\d\d?:\d\d/;

/** The words of a text that are names of something: identifiers, paths, hosts, shas, versions. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(TOKEN)]
    .map(([token]) => token.replace(/[.:/#-]{1,10}$/, ''))
    .filter((token) => isName(token) && !PLAIN.test(token) && !DATE.test(token));
}

function isName(token: string): boolean {
  if (/[_$@#]|[\p{L}\p{N}][.:/][\p{L}\p{N}]/u.test(token)) return true;
  if (/^[0-9a-f]{7,64}$/i.test(token) && /\d/.test(token)) return true;
  // camelCase and CamelCase; a capital at the beginning alone is a word.
  if (/\p{Ll}\p{Lu}/u.test(token)) return true;
  return /\p{L}/u.test(token) && /\d/.test(token);
}
