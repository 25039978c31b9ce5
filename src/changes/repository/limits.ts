/** Bounds on what one question to a repository may cost. */
export type RepositoryLimits = {
  /** Milliseconds a git command may take. */
  timeoutMs: number;
  /** Bytes of output of one git command. */
  maxOutputBytes: number;
  /** Files beyond this many bytes are taken as absent. */
  maxFileBytes: number;
  /** Characters of a commit's diff, and of one file's part of it. */
  maxDiffChars: number;
  maxFileDiffChars: number;
  /** Commits of one log. */
  maxCommits: number;
  /** Lines of one search, and characters of a line of it. */
  maxHits: number;
  maxHitChars: number;
};

export const DEFAULT_LIMITS: RepositoryLimits = {
  timeoutMs: 30_000,
  maxOutputBytes: 32 * 1024 * 1024,
  maxFileBytes: 2 * 1024 * 1024,
  maxDiffChars: 512 * 1024,
  maxFileDiffChars: 128 * 1024,
  maxCommits: 10_000,
  maxHits: 200,
  maxHitChars: 400,
};
