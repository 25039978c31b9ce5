import type { About, Candidate, Reason } from '#src/analysis/hypotheses/candidate.ts';

/** Log-odds of an explanation of each kind before anything is known of it. */
const START: Readonly<Record<Candidate['kind'], number>> = {
  change: -2.4,
  outside: -2.2,
  unexplained: -1.2,
  nothing: 0,
};

/** How much each kind of reason counts. */
const SCALE: Readonly<Record<About, number>> = {
  time: 1,
  reach: 1,
  touch: 1,
  trace: 1,
  kind: 1,
  risk: 1,
  other: 1,
  age: 1,
  spread: 1,
  silence: 1,
  fit: 1,
  when: 1,
  place: 1,
  event: 1,
  arrival: 1,
  unseen: 1,
  symptom: 1,
  signals: 1,
  explained: 1,
};

/** Log-odds of an explanation by its reasons. */
export function oddsOf(kind: Candidate['kind'], reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { about, weight }) => sum + SCALE[about] * weight, START[kind]);
}

/** The explanation with one reason more. */
export function withReason(candidate: Candidate, reason: Reason): Candidate {
  const reasons = [...candidate.reasons, reason];
  return { ...candidate, reasons, odds: oddsOf(candidate.kind, reasons) };
}
