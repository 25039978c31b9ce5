import type { ChangeAssessment } from '#src/changes/contract.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Category, Remediation } from '#src/domain/result.ts';
import type { Signature } from '#src/knowledge/contract.ts';

/** A reason for or against an explanation: log-odds, in words, with what it rests on. */
export type Reason = { weight: number; text: string; cites: Cite[] };

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
  /** Log-odds by its own evidence alone. */
  odds: number;
  reasons: Reason[];
  /** What would settle it. */
  test: string;
  nextSteps: readonly string[];
  change?: ChangeAssessment;
  signature?: Signature;
};

/** Log-odds of a probability, kept within ±6. */
export function logit(probability: number): number {
  const bounded = Math.min(0.9975, Math.max(0.0025, probability));
  return Math.log(bounded / (1 - bounded));
}
