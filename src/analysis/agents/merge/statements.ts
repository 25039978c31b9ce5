import { foldMarks } from '#src/analysis/agents/fence.ts';
import type { SaidStatement } from '#src/analysis/agents/forms.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import type { CheckContext, Claim } from '#src/analysis/verify/contract.ts';
import { verifyClaim } from '#src/analysis/verify/verify.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Statement } from '#src/domain/result.ts';
import { parseTime } from '#src/domain/time.ts';

const MOST_CITES = 8;
const LONGEST = 600;

export type Dropped = { text: string; why: string };
export type Taken = { kept: Statement[]; dropped: Dropped[] };

/** Keeps the statements that hold, in their order, the same one once. */
export function takeStatements(
  said: readonly SaidStatement[],
  most: number,
  context: CheckContext,
  guards: Guards,
): Taken {
  const kept: Statement[] = [];
  const dropped: Dropped[] = [];
  for (const one of said.slice(0, 40)) {
    const claim = claimOf(one, guards);
    const isKnown = kept.some(({ text }) => text === claim.text);
    const why =
      verifyClaim(claim, context, guards.checks) ??
      (isKnown ? 'it was said before' : kept.length >= most ? 'there are enough' : null);
    if (why === null) kept.push({ text: claim.text, cites: [...claim.cites] });
    else dropped.push({ text: claim.text.slice(0, 200), why });
  }
  return { kept, dropped };
}

/** Ids between brackets in the text count as citations, as small models write them. */
const MARKED = /\s?[[(]((?:[A-Z]\d{1,4})(?:\s?[,;]\s?[A-Z]\d{1,4}){0,10})[\])]/g;

function claimOf({ text, cites }: SaidStatement, guards: Guards): Claim {
  const marked = [...text.matchAll(MARKED)].flatMap((match) => (match[1] ?? '').split(/[,;]\s?/));
  const given = cites.map(
    (cite): Cite =>
      typeof cite === 'string' ? { id: guards.bound(cite, 20) } : clean(cite, guards),
  );
  const ids = new Set(given.map(({ id }) => id));
  const more = marked.map((id) => id.trim()).filter((id) => !ids.has(id));
  const plain = guards.bound(guards.inert(foldMarks(text.replace(MARKED, ''))), LONGEST);
  return {
    text: plain,
    cites: [...given, ...[...new Set(more)].map((id) => ({ id }))].slice(0, MOST_CITES),
  };
}

/** Without what was left empty. */
function clean(cite: { [Key in keyof Cite]: Cite[Key] | undefined }, guards: Guards): Cite {
  const { id, quote, value, at, file, line } = cite;
  return {
    id: (id ?? '').replace(/^\[|\]$/g, '').trim(),
    ...(quote ? { quote: guards.inert(foldMarks(quote)) } : {}),
    ...(value === undefined ? {} : { value }),
    ...(at && parseTime(at) !== null ? { at } : {}),
    ...(file ? { file } : {}),
    ...(line === undefined ? {} : { line }),
  };
}
