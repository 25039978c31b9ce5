import type { CommitObject } from '#src/changes/repository/commit-object.ts';
import type { GitHistory } from '#src/changes/repository/history.ts';
import type { ShaNames } from '#src/changes/repository/sha-names.ts';
import type { Commit } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';

/** How far back commits are looked for. */
const MOST_COMMITS = 20_000;

/**
 * Finds commits that the evidence knows under another sha than the repository (an import that lost
 * signatures, a rebased or squashed mirror): same subject, and same author or time. One that fits
 * two commits is left alone.
 * @returns inner sha → the evidence's sha
 */
export async function aliasCommits(
  history: GitHistory,
  head: string,
  known: readonly Commit[],
  names: ShaNames,
): Promise<Map<string, string>> {
  const unknown: Commit[] = [];
  for (const commit of known) {
    if (commit.sha !== '' && !(await history.commitOf(commit.sha, names))) unknown.push(commit);
  }
  const aliases = new Map<string, string>();
  if (unknown.length === 0) return aliases;
  const candidates = new Map<string, CommitObject[]>();
  const shas = await history.revisions(head, { limit: MOST_COMMITS });
  for (const commit of await history.commits(shas)) {
    const subject = subjectOf(commit.message);
    const same = candidates.get(subject);
    if (same) same.push(commit);
    else candidates.set(subject, [commit]);
  }
  for (const commit of unknown) {
    const fitting = (candidates.get(subjectOf(commit.message)) ?? []).filter((candidate) =>
      isSame(commit, candidate),
    );
    const [only] = fitting;
    if (fitting.length === 1 && only && !aliases.has(only.sha)) aliases.set(only.sha, commit.sha);
  }
  return aliases;
}

function isSame(commit: Commit, candidate: CommitObject): boolean {
  const at = parseTime(commit.timestamp);
  if (at === null) return false;
  const seconds = Math.trunc(at / 1000);
  const sameTime =
    seconds === candidate.authoredAt ||
    seconds === Math.trunc((parseTime(candidate.timestamp) ?? 0) / 1000);
  if (!sameTime) return false;
  if (commit.author === '') return true;
  const wanted = commit.author.toLowerCase();
  const has = candidate.author.toLowerCase();
  return has.includes(wanted) || wanted.includes(has.replace(/ ?<.*$/, ''));
}

function subjectOf(message: string): string {
  return (message.trimStart().split('\n', 1)[0] ?? '').trim();
}
