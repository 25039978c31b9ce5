import type { Candidate } from '#src/fix/contract.ts';
import { type Revertible, revertible } from '#src/fix/revert/commit-facts.ts';
import { partsAt } from '#src/fix/revert/parts.ts';
import { undoCommit } from '#src/fix/revert/whole.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** The ways to undo a commit, the first one to be tried first; or why there is none. */
export type Reverts = { candidates: Candidate[]; refusals: string[] };

/**
 * How a suspect commit can be undone on the base branch: as a whole where that goes without a
 * collision, and by the parts at the place where it broke.
 * @param name sha of the suspect commit, as the evidence knows it
 * @param place where the code broke, if that is known
 */
export async function revertCandidates(
  workshop: Workshop,
  name: string,
  place: { file: string; line: number } | null,
): Promise<Reverts> {
  const found = await revertible(workshop, name);
  if ('refusal' in found) return { candidates: [], refusals: [found.refusal] };
  const { commit, parent } = found;
  const { changes, stuck } = await undoCommit(workshop, commit.sha, parent);
  const refusals: string[] = [];
  const candidates: Candidate[] = [];
  if (stuck.length > 0) refusals.push(stuckText(found, stuck));
  else if (changes.length === 0) {
    return { candidates, refusals: [`nothing of commit ${name.slice(0, 10)} is left to undo`] };
  } else candidates.push(wholeRevert(found, changes));
  for (const part of place ? await partsAt(workshop, commit.sha, parent, place) : []) {
    candidates.push(partRevert(found, part));
  }
  return { candidates, refusals };
}

function wholeRevert(found: Found, changes: Candidate['changes']): Candidate {
  return {
    strategy: 'revert',
    title: `Revert "${subjectOf(found)}"`,
    changes,
    why: `Commit ${found.name.slice(0, 10)} can be undone as a whole.`,
    risk: 'What else the commit brought is lost as well.',
    test: null,
  };
}

function partRevert(found: Found, part: Awaited<ReturnType<typeof partsAt>>[number]): Candidate {
  const { groups, of, change } = part;
  return {
    strategy: 'revert',
    title: `Undo a part of "${subjectOf(found)}"`,
    changes: [change],
    why: `Only ${groups} of the ${of} changes of commit ${found.name.slice(0, 10)} to ${change.path} are undone: those at the place where it broke.`,
    risk: 'The rest of the commit stays and may rely on what is undone.',
    test: null,
  };
}

type Found = Exclude<Revertible, { refusal: string }>;

function subjectOf({ commit }: Found): string {
  return oneLine(commit.message.split('\n', 1)[0] ?? '').slice(0, 80);
}

function stuckText(found: Found, stuck: readonly { path: string; why: string }[]): string {
  const files = stuck.slice(0, 3).map(({ path, why }) => `${oneLine(path)}: ${why}`);
  const more = stuck.length > 3 ? ` and ${stuck.length - 3} more` : '';
  return `commit ${found.name.slice(0, 10)} cannot be undone as a whole (${files.join('; ')}${more})`;
}
