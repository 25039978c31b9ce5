import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Verdict } from '#src/domain/result.ts';

/** The share of belief from which an explanation is named, and from which it counts as proven. */
const LIKELY = 0.5;
const CONFIRMED = 0.85;
/** Kinds of evidence that must agree before anything is confirmed. */
const KINDS_TO_CONFIRM = 2;

/** Verdict and confidence, computed from the recorded support and contradiction alone. */
export function decide(hypotheses: readonly Weighed[]): { verdict: Verdict; confidence: number } {
  const [top] = hypotheses;
  if (!top) return { verdict: 'inconclusive', confidence: 0 };
  const confidence = top.share;
  if (confidence < LIKELY) return { verdict: 'inconclusive', confidence };
  const kinds = new Set(
    top.reasons
      .filter(({ weight }) => weight > 0)
      .flatMap(({ cites }) => cites.map(({ id }) => id.charAt(0))),
  );
  const isConfirmed = confidence >= CONFIRMED && kinds.size >= KINDS_TO_CONFIRM;
  return { verdict: isConfirmed ? 'confirmed' : 'likely', confidence };
}
