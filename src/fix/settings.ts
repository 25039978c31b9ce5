import type { ProofLevel } from '#src/fix/contract.ts';

/** The slice of the configuration that fixes take; `docs/fix.md` says what each means. */
export type FixSettings = {
  switch: 'on' | 'off';
  guards: GuardSettings;
  commands: CommandSettings;
  pullRequest: PullRequestSettings;
};

export type GuardSettings = {
  verdict: 'confirmed' | 'likely';
  /** From 0 to 1: for a pull request, and for showing anything at all. */
  confidence: number;
  showConfidence: number;
  proof: ProofLevel;
  maxFiles: number;
  /** Added and removed lines together. */
  maxLines: number;
  /** Patterns as in CODEOWNERS, without the owners. */
  allowedPaths: readonly string[];
  forbiddenPaths: readonly string[];
  maxPullRequestsPerDay: number;
  allowDirty: boolean;
  allowShallow: boolean;
};

export type CommandSettings = {
  timeoutSeconds: number;
  /** Of output kept of a command: its beginning and its end. */
  maxOutputKilobytes: number;
  /** Of data memory of one process. */
  memoryMegabytes: number;
  /** Of any one file that a command writes. */
  maxFileMegabytes: number;
  /** Of a tree that is laid out. */
  maxFiles: number;
  maxMegabytes: number;
  network: 'none' | 'allowed';
  /** Further variables of the commands, by name. */
  environment: Readonly<Record<string, string>>;
  /** Paths of the service's own folder, untracked there, that are lent to the commands for reading. */
  lend: readonly string[];
};

export type PullRequestSettings = {
  branchPrefix: string;
  labels: readonly string[];
  author: { name: string; email: string };
  /** Of one request to the code host. */
  timeoutSeconds: number;
  /** The longest wait for a rate limit. */
  maxWaitSeconds: number;
};
