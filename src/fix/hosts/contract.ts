import type { HostFacts } from '#src/fix/contract.ts';
import type { FileChange } from '#src/fix/workshop/tree-change.ts';

/** Where a change is to go. */
export type Target = {
  /** Null for the default branch of the place. */
  baseBranch: string | null;
  /** The branch that is written, e.g. `incident/inc-1a2b3c4d5e-6f708192`. */
  branch: string;
  /** What the branches of this incident begin with, and what all of ours do. */
  incidentPrefix: string;
  ownPrefix: string;
  /** Milliseconds since the epoch. */
  now: number;
};

/** A change as it is handed to a code host. */
export type Draft = {
  target: Target;
  base: { commit: string; tree: string };
  /** The whole tree after it. */
  tree: string;
  changes: readonly FileChange[];
  message: string;
  author: { name: string; email: string };
  /** RFC 3339; fixed, so that the same change is the same commit however often it is made. */
  date: string;
  title: string;
  body: string;
  labels: readonly string[];
  /** Names of people, and of teams as `org/team`. */
  reviewers: readonly string[];
};

export type Delivered = {
  branch: string;
  /** Null where there are no pull requests. */
  pullRequest: { url: string; number: number; branch: string; draft: boolean } | null;
  /** What could not be done and does not matter much, as sentences. */
  notes: string[];
};

/** A place that takes changes. Whatever is there already is found again and brought up to date. */
export type CodeHost = {
  readonly name: string;
  /** Reads only. @throws UpstreamError */
  facts(target: Target): Promise<HostFacts>;
  /** @throws UpstreamError, RefusedError when the branch holds somebody else's work */
  deliver(draft: Draft): Promise<Delivered>;
};
