import { aliasCommits } from '#src/changes/repository/aliases.ts';
import { shadowRepository } from '#src/changes/repository/bare.ts';
import { GitHistory } from '#src/changes/repository/history.ts';
import { DEFAULT_LIMITS, type RepositoryLimits } from '#src/changes/repository/limits.ts';
import { createShaNames, type ShaNames } from '#src/changes/repository/sha-names.ts';
import { gitView } from '#src/changes/repository/view.ts';
import type { Commit } from '#src/domain/bundle.ts';
import { InputError } from '#src/domain/errors.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import { findGitDir } from '#src/platform/git/discover.ts';
import { createGit } from '#src/platform/git/git.ts';

/** A view that holds a temporary folder until it is closed. */
export type OpenRepository = RepositoryView & {
  /** Where the opened folder lies below the root of its repository; `''` at the root. */
  readonly prefix: string;
  /** Oldest commits of a cut history: their own changes cannot be told from what was before. */
  readonly cutAt: readonly string[];
  /** Where git finds the objects: a folder of ours, and that of the objects if it is another. */
  readonly place: { gitDir: string; objectDir: string | undefined };
  /** The sha by which git knows a revision there; null when there is none. */
  innerOf(revision: string): Promise<string | null>;
  close(): Promise<void>;
};

export type OpenOptions = {
  /** Branch, tag or sha that is looked at by default; HEAD when absent or unknown. */
  head?: string | undefined;
  limits?: Partial<RepositoryLimits>;
  /** Applied to every text that the view returns; must keep the number of lines. */
  redact?: (text: string) => string;
  /**
   * Commits by the names under which the rest of the evidence knows them. One whose sha is not in
   * the repository is matched by author, time and subject, and the view then speaks of its sha.
   */
  commits?: readonly Commit[];
  /** PATH for finding git. */
  searchPath?: string | undefined;
};

/**
 * Opens a git working tree (or a folder in one), or a bare repository, for reading. The files on
 * disk are not looked at, only what is committed. Close it when done.
 * @throws InputError where there is no repository, or one without any commit
 */
export async function openRepository(
  dir: string,
  options: OpenOptions = {},
): Promise<OpenRepository> {
  const found = await findGitDir(dir);
  if (!found) {
    throw new InputError('there is no git repository', {
      where: dir,
      hint: 'Point repo_path at a git working tree',
    });
  }
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const shadow = await shadowRepository(found.gitDir, options.searchPath, {
    timeoutMs: limits.timeoutMs,
    maxBytes: limits.maxOutputBytes,
  });
  try {
    const place = { ...shadow, prefix: found.prefix, where: dir, names: new Map() };
    return await viewOf(place, options);
  } catch (error) {
    await shadow.close();
    throw error;
  }
}

/** Builds the view of a git directory; `names` maps shas of the repository to those it is known by. */
export async function viewOf(
  place: {
    gitDir: string;
    objectDir?: string;
    prefix: string;
    emptyDir: string;
    where: string;
    names: ReadonlyMap<string, string>;
    cutAt?: ReadonlySet<string>;
    head?: string | null;
    close: () => Promise<void>;
  },
  options: OpenOptions,
): Promise<OpenRepository> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const git = createGit({
    gitDir: place.gitDir,
    objectDir: place.objectDir,
    emptyDir: place.emptyDir,
    searchPath: options.searchPath,
    limits: { timeoutMs: limits.timeoutMs, maxBytes: limits.maxOutputBytes },
  });
  const history = new GitHistory(git, place.cutAt ?? new Set());
  let names: ShaNames = createShaNames(place.names);
  const wanted = options.head === undefined ? null : await history.commitOf(options.head, names);
  const head = wanted ?? place.head ?? (await history.commitOf('HEAD', names));
  if (!head) {
    throw new InputError('the repository has no commit', {
      where: place.where,
      hint: 'Check the branch or revision that is asked for',
    });
  }
  const aliases = await aliasCommits(history, head, options.commits ?? [], names);
  if (aliases.size > 0) names = createShaNames(new Map([...place.names, ...aliases]));
  const view = gitView({
    history,
    head,
    names,
    limits,
    redact: options.redact ?? ((text) => text),
  });
  return {
    ...view,
    prefix: place.prefix,
    cutAt: [...(place.cutAt ?? [])].map((sha) => names.outer(sha)).sort(),
    place: { gitDir: place.gitDir, objectDir: place.objectDir },
    innerOf: (revision) => history.commitOf(revision, names),
    close: place.close,
  };
}
