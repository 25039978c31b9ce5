import { placeOf } from '#src/analysis/agents/merge/place-of.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { RootCause } from '#src/domain/result.ts';

/**
 * What a model holds for the cause where the rules hold something else: both with what settles it.
 * All words are code's own, those of the explanations too.
 * @returns null where they agree, or where the model names nothing that competes
 */
export function disagreement(
  said: string,
  hypotheses: readonly Weighed[],
  cause: RootCause,
  model: string,
): string | null {
  const index = placeOf(said);
  const chosen = hypotheses[index];
  if (!chosen || isSame(chosen, hypotheses, cause)) return null;
  const [top] = hypotheses;
  const strip = (text: string): string => text.replace(/\.$/, '');
  const rules =
    cause.category === 'none' || !top ? 'that nothing is wrong' : `H1 (${strip(top.statement)})`;
  return `The rules hold ${rules}; ${model} holds H${index + 1} (${strip(chosen.statement)}). To settle it: ${chosen.test || top?.test || 'look again'}`;
}

/** It comes to the same: the same change, or the same kind of trouble in the same place. */
function isSame(chosen: Weighed, hypotheses: readonly Weighed[], cause: RootCause): boolean {
  if (cause.verdict === 'inconclusive') return chosen === hypotheses[0];
  if (chosen.commit !== cause.commit) return false;
  return chosen.category === cause.category && chosen.service === cause.service;
}
