import { defuse, fence } from '#src/analysis/agents/fence.ts';
import { keepsVerdict } from '#src/analysis/agents/merge/keeps-verdict.ts';
import { linkWeight } from '#src/analysis/agents/merge/links.ts';
import {
  pathProblem,
  revisionProblem,
  serviceProblem,
} from '#src/analysis/agents/tools/confine.ts';
import { CHECKS, type Checks } from '#src/analysis/verify/verify.ts';
import { neutralize, oneLine } from '#src/platform/sanitize.ts';

/**
 * Everything that stands between hostile text and the answer. It is handed in as a whole so that a
 * test can take one guard away and see what it is there for; the program always uses {@link GUARDS}.
 */
export const GUARDS = {
  /** Makes outside text inert for eyes and for chat templates. */
  clean: (text: string): string => defuse(neutralize(text)),
  /** Keeps data apart from instructions. */
  fence,
  /** Makes a model's words fit for one line of a terminal. */
  inert: oneLine,
  /** Lengths of what goes into a prompt and of what comes out of an answer, in characters. */
  bound: (text: string, most: number): string =>
    text.length <= most ? text : `${text.slice(0, most)}…`,
  checks: CHECKS as Checks,
  /** What a pointer of a model weighs: nothing unless code sees the link itself. */
  linkWeight,
  /** All that a model can point at moves an explanation by no more than this, in log-odds. */
  mostShift: 0.8,
  /** Whether an answer of code stands whatever a model points at. */
  keepsVerdict,
  servicesOf: serviceProblem,
  paths: pathProblem,
  revisions: revisionProblem,
};

export type Guards = typeof GUARDS;
