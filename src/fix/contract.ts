import type { GuardResult, ProofStep } from '#src/domain/fix.ts';
import type { FileChange } from '#src/fix/workshop/tree-change.ts';

/** How a patch was made. */
export type Strategy = 'revert' | 'patch';

/** What was asked for: a picture of what would be done, a draft pull request, or a pushed branch. */
export type Goal = 'show' | 'open-pr' | 'push';

/** A test that fails before the change and passes after it, or is meant to. */
export type ReproducingTest = {
  file: string;
  text: string;
};

/** A way to change the code, before anything is known of it but that it can be written down. */
export type Candidate = {
  strategy: Strategy;
  /** What it does, e.g. `revert 1a2b3c4d5e "Subject"`. */
  title: string;
  changes: readonly FileChange[];
  /** Why this way, as sentences. */
  why: string;
  /** What a reviewer should be afraid of, as sentences; empty when nothing is known. */
  risk: string;
  /** Comes with the patch; written only in test paths. */
  test: ReproducingTest | null;
};

/** A candidate written into the workshop. */
export type Patch = Candidate & {
  /** The whole tree after it. */
  tree: string;
  /** As git writes it. */
  diff: string;
  /** Paths that it touches, old and new, in order. */
  files: readonly string[];
};

/** How far a patch is proven, from nothing to the most: a test that failed before passes after. */
export const PROOF_LEVELS = ['none', 'applies', 'parses', 'builds', 'tests', 'reproduced'] as const;
export type ProofLevel = (typeof PROOF_LEVELS)[number];

export type Proof = {
  steps: ProofStep[];
  level: ProofLevel;
  /** True when something that worked before does not with the patch. */
  isRefuted: boolean;
  /** True when a command of the registry fails with the patch, whether or not it did before. */
  isRed: boolean;
  /** The end of what the failing command wrote, for a repair; null when nothing failed. */
  failure: string | null;
};

/** A guard's own words on a change. */
export type Verdict = Omit<GuardResult, 'id'>;

/** What a code host says about the place where a pull request is to go. */
export type HostFacts = {
  /** Head of the base branch and its tree. */
  base: { commit: string; tree: string };
  /** Branches of open pull requests for the same incident other than the one to be written. */
  otherOpen: readonly { url: string; branch: string }[];
  /** Pull requests of this program during the last 24 hours, without the one to be written. */
  openedToday: number;
};

/** A step of the work, for progress. */
export type FixStep = { step: 'revert' | 'patch' | 'prove' | 'guard' | 'deliver'; detail?: string };
