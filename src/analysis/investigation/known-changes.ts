import type { AnalysisOptions } from '#src/analysis/contract.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Commit } from '#src/domain/bundle.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';

/** Commits of one repository that are taken as suspects, newest first. */
const MOST_COMMITS = 60;
/** Commits older than this before the window are not looked for in repositories, in milliseconds. */
const REACH_MS = 21 * 86_400_000;

/** The commits that may have to do with it, and the histories they come from. */
export type KnownChanges = {
  /** With diffs where a repository has them, oldest first. */
  commits: Commit[];
  /** Open repositories by service. */
  repositories: Map<string, RepositoryView>;
  /** Shas of all histories, newest first. */
  history: string[];
};

/**
 * The commits that the bundle lists, completed from the repositories: missing diffs are filled in,
 * and commits that only a repository knows are added.
 */
export async function knownChanges(facts: Facts, options: AnalysisOptions): Promise<KnownChanges> {
  const { bundle, subject } = facts;
  const repositories = new Map<string, RepositoryView>();
  const commits = new Map(bundle.changes.commits.map((commit) => [commit.sha, commit]));
  const history: string[] = [];
  // One after the other, so that what is read is read in the same order every time.
  for (const { service } of bundle.repositories) {
    const repository = await options.openRepository(service);
    if (!repository) continue;
    repositories.set(service, repository);
    const logged = await repository.log({
      limit: MOST_COMMITS,
      since: formatTime(subject.window.start - REACH_MS),
      until: formatTime(subject.window.end),
    });
    const all = await repository.log({ limit: 1000 });
    history.push(...all.map(({ sha }) => sha));
    const isSmall = all.length <= MOST_COMMITS;
    for (const { sha, author, timestamp, message, files, parents } of isSmall ? all : logged) {
      // The first commit of a history stands for all that was before it: it accuses nobody.
      if (parents.length === 0) {
        commits.delete(sha);
        continue;
      }
      const known = commits.get(sha);
      if (known?.diff) continue;
      const diff = await repository.diff(sha);
      commits.set(sha, {
        ...(known ?? { sha, author, timestamp, message, files }),
        files: known && known.files.length > 0 ? known.files : files,
        diff,
        service: known?.service ?? service,
      });
    }
  }
  const ordered = [...commits.values()].sort(
    (a, b) =>
      (parseTime(a.timestamp) ?? 0) - (parseTime(b.timestamp) ?? 0) || (a.sha < b.sha ? -1 : 1),
  );
  return { commits: ordered, repositories, history };
}
