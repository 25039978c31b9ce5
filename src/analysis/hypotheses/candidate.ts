import type { ChangeAssessment } from '#src/changes/contract.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Category, Remediation } from '#src/domain/result.ts';
import type { Signature } from '#src/knowledge/contract.ts';

/** What a reason speaks of: each is weighed on its own scale (weights.ts). */
export type About =
  | 'time'
  | 'reach'
  | 'touch'
  | 'trace'
  | 'kind'
  | 'risk'
  | 'other'
  | 'age'
  | 'spread'
  | 'silence'
  | 'fit'
  | 'when'
  | 'place'
  | 'event'
  | 'arrival'
  | 'unseen'
  | 'symptom'
  | 'signals'
  | 'explained';

/** A reason for or against an explanation: log-odds before scaling, in words, with what it rests on. */
export type Reason = { about: About; weight: number; text: string; cites: Cite[] };

/** A competing explanation of the incident, before the verdict. */
export type Candidate = {
  /** The same for the same evidence. */
  key: string;
  kind: 'change' | 'outside' | 'unexplained' | 'nothing';
  /** One sentence. */
  statement: string;
  category: Category;
  remediation: Remediation;
  /** Where the cause lies; null where no service does it. */
  service: string | null;
  commit: string | null;
  location: { file: string; line: number } | null;
  /** Log-odds by its own evidence alone: {@link oddsOf} its reasons. */
  odds: number;
  reasons: Reason[];
  /** What would settle it. */
  test: string;
  nextSteps: readonly string[];
  change?: ChangeAssessment;
  /** Who shows it, where that is another than where the cause lies. */
  shownBy?: string;
  signature?: Signature;
  /** It only says which service of one's own is in trouble, not why. */
  isPointer?: true;
};

/** Log-odds of a probability, kept within ±6. */
export function logit(probability: number): number {
  const bounded = Math.min(0.9975, Math.max(0.0025, probability));
  return Math.log(bounded / (1 - bounded));
}
