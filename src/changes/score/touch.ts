import type { Factor } from '#src/changes/contract.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect, Touched } from '#src/changes/score/suspect.ts';
import { type TermIndex, termTouch } from '#src/changes/score/touch-terms.ts';
import { messageTouch, numberTouch } from '#src/changes/score/touch-text.ts';
import { blameTouch, traceTouch } from '#src/changes/score/touch-trace.ts';

/** Do stack traces, messages, names and numbers of the incident lead to what it changed? */
export function judgeTouch(
  suspect: Suspect,
  facts: CaseFacts,
  index: TermIndex,
  rarity: (term: string) => number,
): { factors: Factor[]; touched: Touched[] } {
  const found = [
    traceTouch(suspect, facts),
    blameTouch(suspect, facts),
    messageTouch(suspect, facts),
    termTouch(suspect, facts, index, rarity),
    numberTouch(suspect, facts),
  ].filter((touch) => touch !== null);
  return {
    factors: found.map(({ factor }) => factor),
    touched: found.flatMap(({ touched }) => touched),
  };
}
