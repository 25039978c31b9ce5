import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import { type Conclusion, conclusionsOf } from '#src/analysis/root-cause/conclusions.ts';
import { confidenceOf } from '#src/analysis/root-cause/confidence.ts';
import type { Verdict } from '#src/domain/result.ts';

/** What a conclusion must reach to be named. */
export type Thresholds = {
  /** Share of belief, 0..1. */
  likely: number;
  /** How many times the belief in the next one. */
  lead: number;
};

const THRESHOLDS: Thresholds = { likely: 0.3, lead: 1.5 };
/** The confidence from which a conclusion counts as proven. */
const CONFIRMED = 0.9;
/**
 * Where it is clear that no change did it, the best of the other explanations is named even if
 * it is not alone: it must hold half of what speaks for them.
 */
const NO_CHANGE = 0.6;
const LEADS_OTHERS = 0.5;
/** A change with so much belief is a rival of those who only say where it hurts. */
const RIVAL = 0.05;
/** Kinds of evidence that must agree before anything is confirmed. */
const KINDS_TO_CONFIRM = 2;

/** What is decided, computed from the recorded support and contradiction alone. */
export type Decision = { verdict: Verdict; confidence: number; conclusion: Conclusion | null };

export function decide(
  hypotheses: readonly Weighed[],
  { likely, lead }: Thresholds = THRESHOLDS,
): Decision {
  const [top, next] = conclusionsOf(hypotheses);
  if (!top) return { verdict: 'inconclusive', confidence: 0, conclusion: null };
  const isPossible = hypotheses.some(({ kind, share }) => kind === 'change' && share >= RIVAL);
  if (!isExplanation(top) && (isPossible || !namesAnother(top))) {
    return { verdict: 'inconclusive', confidence: top.share, conclusion: top };
  }
  const isAhead = top.share >= likely && top.share >= lead * rivalShare(top, next, hypotheses);
  if (!isAhead && !isClearlyNoChange(top, hypotheses)) {
    return { verdict: 'inconclusive', confidence: top.share, conclusion: top };
  }
  const confidence = confidenceOf(top.share);
  const kinds = new Set(
    top.members
      .flatMap(({ reasons }) => reasons.filter(({ weight }) => weight > 0))
      .flatMap(({ cites }) => cites.map(({ id }) => id.charAt(0))),
  );
  const isConfirmed = confidence >= CONFIRMED && kinds.size >= KINDS_TO_CONFIRM;
  return { verdict: isConfirmed ? 'confirmed' : 'likely', confidence, conclusion: top };
}

/** Only a notice speaks for it: nothing was seen of what it tells. */
function isByNotice({ members, share }: Conclusion): boolean {
  const seen = members
    .filter(
      ({ kind, reasons }) =>
        kind !== 'outside' || reasons.some(({ about, weight }) => about === 'fit' && weight > 0),
    )
    .reduce((sum, one) => sum + one.share, 0);
  return seen < share / 2;
}

/** The belief in the next conclusion; against a cause outside, that in all changes together. */
function rivalShare(
  top: Conclusion,
  next: Conclusion | undefined,
  hypotheses: readonly Weighed[],
): number {
  const changes = hypotheses
    .filter(({ kind }) => kind === 'change')
    .reduce((sum, { share }) => sum + share, 0);
  return top.best.kind === 'change' ? (next?.share ?? 0) : Math.max(next?.share ?? 0, changes);
}

/** A symptom that points at another is worth naming; one that is only described is not. */
function namesAnother({ best }: Conclusion): boolean {
  return best.kind !== 'outside' || (best.service !== null && best.service !== best.shownBy);
}

/** Where it hurts is no answer to why, as long as a change may be the reason. */
function isExplanation({ members }: Conclusion): boolean {
  return members.some(
    ({ kind, signature, isPointer, share }) =>
      kind === 'change' ||
      (kind === 'outside' && !signature?.isSymptom && !isPointer && share >= RIVAL),
  );
}

function isClearlyNoChange(top: Conclusion, hypotheses: readonly Weighed[]): boolean {
  if (top.best.kind === 'change' || isByNotice(top)) return false;
  const others = hypotheses
    .filter(({ kind }) => kind !== 'change')
    .reduce((sum, { share }) => sum + share, 0);
  return others >= NO_CHANGE && top.share >= others * LEADS_OTHERS;
}
