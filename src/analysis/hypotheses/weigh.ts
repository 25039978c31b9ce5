import type { Candidate, Reason } from '#src/analysis/hypotheses/candidate.ts';
import { isStore } from '#src/analysis/hypotheses/stores.ts';
import { withReason } from '#src/analysis/hypotheses/weights.ts';
import type { ChangeAssessment } from '#src/changes/contract.ts';

/** A candidate with its share of belief among all, 0..1. */
export type Weighed = Candidate & { share: number };

/** Log-odds of "something that nobody has thought of". */
const UNKNOWN_ODDS = -0.7;
/** How much a symptom loses where a cause for it is well supported. */
const EXPLAINED = 1.5;
/** How much a failure of the world loses where a change of the same looks came just then. */
const COINCIDENCE = 1.4;
/** Log-odds from which a change may explain a symptom. */
const LEAST_VIABLE = -1.2;

/**
 * Belief shared out over all explanations and the unknown: softmax of the log-odds. Explanations
 * that say the same (one class of failure, seen by several services) are taken as one.
 * @returns best first
 */
export function weigh(candidates: readonly Candidate[]): Weighed[] {
  const best = new Map<string, Candidate>();
  for (const candidate of withExplainedSymptoms(candidates)) {
    const key = candidate.signature ? `class:${candidate.signature.id}` : candidate.key;
    const known = best.get(key);
    if (!known || candidate.odds > known.odds) best.set(key, candidate);
  }
  const all = [...best.values()].sort((a, b) => b.odds - a.odds || (a.key < b.key ? -1 : 1));
  const total = all.reduce((sum, { odds }) => sum + Math.exp(odds), Math.exp(UNKNOWN_ODDS));
  return all.map((candidate) => ({ ...candidate, share: Math.exp(candidate.odds) / total }));
}

/**
 * What only says where or how it hurts loses against what says why: a pool that is empty or a
 * dependency that is slow is what a change or a surge looks like, and the trouble of a service is
 * explained by a change that it got just then.
 */
function withExplainedSymptoms(candidates: readonly Candidate[]): Candidate[] {
  const changes = candidates.filter(({ kind, odds }) => kind === 'change' && odds > LEAST_VIABLE);
  const isExplained = candidates.some((candidate) => {
    const { kind, odds, signature, isPointer } = candidate;
    return (
      (kind === 'change' && (odds > 0.5 || (odds > 0 && isTimely(candidate) && fits(candidate)))) ||
      (kind === 'outside' && !signature?.isSymptom && !isPointer && odds > 0)
    );
  });
  return candidates.map((candidate) => {
    const own = changes.filter(
      ({ service }) =>
        service !== null &&
        (service === candidate.service ||
          service === candidate.shownBy ||
          // What a store suffers is done to it by those who use it.
          (candidate.service !== null && isStore(candidate.service))),
    );
    const reason = reasonAgainst(candidate, own, isExplained);
    return reason ? withReason(candidate, reason) : candidate;
  });
}

function reasonAgainst(
  candidate: Candidate,
  own: readonly Candidate[],
  isExplained: boolean,
): Reason | null {
  const { kind, signature, isPointer } = candidate;
  if (kind === 'change' || kind === 'nothing') return null;
  if (kind === 'unexplained' || signature?.isSymptom || isPointer) {
    if (!isExplained && !own.some(isTimely)) return null;
    return {
      about: 'explained',
      weight: -EXPLAINED,
      text: 'something else explains it',
      cites: [],
    };
  }
  // The world around it seldom breaks in the minute in which a change came that looks the same.
  const change = own.find((one) => isTimely(one) && fits(one));
  if (!change) return null;
  const text = 'a change that can produce the same went live just then';
  return { about: 'explained', weight: -COINCIDENCE, text, cites: [] };
}

const isTimely = ({ change }: Candidate): boolean =>
  change ? sumOf(change, 'time') >= 0.7 : false;
const fits = ({ change }: Candidate): boolean => (change ? sumOf(change, 'kind') >= 0.4 : false);

function sumOf({ factors }: ChangeAssessment, id: string): number {
  return factors.reduce((sum, factor) => (factor.id === id ? sum + factor.weight : sum), 0);
}
