import type { Candidate } from '#src/analysis/hypotheses/candidate.ts';

/** A candidate with its share of belief among all, 0..1. */
export type Weighed = Candidate & { share: number };

/** Log-odds of "something that nobody has thought of". */
const UNKNOWN_ODDS = -0.7;
/** How much a symptom loses where a cause for it is well supported. */
const EXPLAINED = 1.5;

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

/** A pool that is empty or a dependency that is slow is what a change or a surge looks like. */
function withExplainedSymptoms(candidates: readonly Candidate[]): Candidate[] {
  const isExplained = candidates.some(
    ({ kind, odds, signature }) =>
      (kind === 'change' && odds > 0.5) ||
      (kind === 'outside' && !signature?.isSymptom && odds > 0),
  );
  if (!isExplained) return [...candidates];
  return candidates.map((candidate) =>
    candidate.signature?.isSymptom || candidate.kind === 'unexplained'
      ? { ...candidate, odds: candidate.odds - EXPLAINED }
      : candidate,
  );
}
