/** A line of `git blame`: who last touched it. */
export type BlameLine = {
  line: number;
  sha: string;
  /** RFC 3339. */
  timestamp: string;
  text: string;
  /** True where the line is as old as the known history or older, so that `sha` accuses nobody. */
  boundary: boolean;
};

/** One commit of the log, without its diff. */
export type LoggedCommit = {
  sha: string;
  parents: string[];
  author: string;
  /** Committer time, RFC 3339. */
  timestamp: string;
  message: string;
  files: string[];
};

/** A hit of a text search in the tree of a revision. */
export type SearchHit = { file: string; line: number; text: string };

/**
 * Read-only view of a service's git history. Text that it returns is redacted. Every method
 * answers with null or an empty list for what does not exist, and throws only when git itself fails.
 */
export interface RepositoryView {
  /** The full sha of the revision that is looked at by default (the base branch or HEAD). */
  readonly head: string;
  /** Paths of all files at a revision, sorted. */
  listFiles(revision?: string): Promise<string[]>;
  /** Text of a file, or null when it is absent or binary. */
  readFile(file: string, revision?: string): Promise<string | null>;
  /** Who last touched lines `from`..`to` (1-based, inclusive) as of a revision. */
  blame(file: string, from: number, to: number, revision?: string): Promise<BlameLine[]>;
  /** Commits reachable from head, newest first. Times are RFC 3339. */
  log(options?: {
    limit?: number;
    since?: string;
    until?: string;
    paths?: string[];
  }): Promise<LoggedCommit[]>;
  /** Unified diff of a commit against its first parent, bounded in size; null when unknown. */
  diff(sha: string): Promise<string | null>;
  /** Full sha of a revision, abbreviated sha, tag or branch; null when unknown. */
  resolve(revision: string): Promise<string | null>;
  /** Lines that contain `text` literally, at a revision, bounded in number. */
  search(text: string, revision?: string): Promise<SearchHit[]>;
}
