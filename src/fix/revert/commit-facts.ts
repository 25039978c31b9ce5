import { type CommitObject, parseCommitObject } from '#src/changes/repository/commit-object.ts';
import { undoingCommits } from '#src/changes/reverts.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';

/** How many newer commits are searched for one that has undone the suspect already. */
const NEWER_COMMITS = 400;

/** A commit that may be reverted, or the reason why it may not. */
export type Revertible =
  | { commit: CommitObject; parent: string; name: string }
  | { refusal: string };

/**
 * Looks at a suspect commit: it must be on the base branch, have exactly one parent, and not have
 * been undone since.
 * @param name the sha by which the evidence knows it
 */
export async function revertible(workshop: Workshop, name: string): Promise<Revertible> {
  const { git, base } = workshop;
  const short = name.slice(0, 10);
  const sha = await workshop.innerOf(name);
  if (sha === null) return { refusal: `commit ${short} is not in the repository` };
  const answer = await git.run(['cat-file', '--batch'], `${sha}\n`);
  const body = answer.stdout.subarray(answer.stdout.indexOf(10) + 1);
  const commit = parseCommitObject(sha, body);
  const [parent, another] = commit.parents;
  if (parent === undefined) {
    return {
      refusal: `commit ${short} is the first of its history: there is nothing to go back to`,
    };
  }
  if (another !== undefined) {
    return {
      refusal: `commit ${short} is a merge: which of its sides is to stay is for a person to say`,
    };
  }
  const isThere = await git.run(['merge-base', '--is-ancestor', sha, base.commit]);
  if (isThere.exitCode !== 0) return { refusal: `commit ${short} is not on the base branch` };
  const hasParent = await git.run(['rev-parse', '--verify', '--quiet', `${parent}^{commit}`]);
  if (hasParent.exitCode !== 0) {
    return { refusal: `the history is cut at commit ${short}: what was before is not known` };
  }
  const undone = await undoneBy(workshop, sha, name);
  if (undone) return { refusal: `commit ${short} has been undone already, by ${undone}` };
  return { commit, parent, name };
}

/** The commit that undid another by its own words, unless it was undone in turn. */
async function undoneBy(workshop: Workshop, sha: string, name: string): Promise<string | null> {
  const { view } = workshop;
  const log = await view.log({ limit: NEWER_COMMITS });
  const newer = log.slice(
    0,
    log.findIndex((commit) => commit.sha === name || commit.sha === sha) + 1,
  );
  const commits = newer.map((commit) => ({ ...commit, diff: null }));
  const undoing = undoingCommits(commits);
  const live = (undoing.get(name) ?? []).find((commit) => !undoing.has(commit.sha));
  return live ? live.sha.slice(0, 10) : null;
}
