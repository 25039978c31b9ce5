import { mergeFile } from '#src/fix/revert/merge-file.ts';
import {
  type FileChange,
  fileAt,
  readBlob,
  type TreeDifference,
  type TreeFile,
  treeDifferences,
} from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';
import { compareText } from '#src/platform/compare.ts';

/** What undoing a commit comes to on the base branch. */
export type Undo = {
  changes: FileChange[];
  /** Files of the commit that cannot be undone as a whole, with the reason. */
  stuck: { path: string; why: string }[];
};

/**
 * Undoes a commit file by file on the base branch: what lies between the commit and its parent is
 * done to the file as it is today, wherever it has been moved since.
 */
export async function undoCommit(
  workshop: Workshop,
  commit: string,
  parent: string,
): Promise<Undo> {
  const { git, base } = workshop;
  const done = await treeDifferences(git, parent, commit);
  const since = await treeDifferences(git, commit, base.commit);
  const movedTo = new Map(
    since.flatMap((one) => (one.status === 'renamed' ? [[one.oldPath, one.newPath] as const] : [])),
  );
  const undo: Undo = { changes: [], stuck: [] };
  for (const difference of done) {
    const today = movedTo.get(difference.newPath) ?? difference.newPath;
    const outcome = await undoFile(workshop, difference, today);
    if (typeof outcome === 'string') undo.stuck.push({ path: today, why: outcome });
    else undo.changes.push(...outcome);
  }
  undo.changes.sort((a, b) => compareText(a.path, b.path));
  return undo;
}

type Outcome = FileChange[] | string;

/** @returns the changes of one file (none where it is as before already), or why it is stuck */
async function undoFile(
  workshop: Workshop,
  { before, after, oldPath, newPath }: TreeDifference,
  today: string,
): Promise<Outcome> {
  const now = await fileAt(workshop.git, workshop.base.commit, today);
  if (after === null) return before === null ? [] : undoDeletion(workshop, oldPath, before, now);
  if (before === null) return undoAddition(today, after, now);
  if (now === null) return 'it is gone by now';
  if ([before, after, now].some(({ mode }) => !mode.startsWith('100'))) {
    return now.oid === after.oid && now.mode === after.mode
      ? [{ path: today, after: await fileOf(workshop, before) }]
      : 'it is a link or a submodule and has been changed since';
  }
  // A move by the commit itself is undone where nobody has moved the file since.
  const target = today === newPath ? oldPath : today;
  return undoEdit(workshop, { before, after, now }, { today, target });
}

async function undoDeletion(
  workshop: Workshop,
  path: string,
  before: TreeFile,
  now: TreeFile | null,
): Promise<Outcome> {
  if (now === null) return [{ path, after: await fileOf(workshop, before) }];
  return now.oid === before.oid ? [] : 'another file stands there now';
}

function undoAddition(path: string, after: TreeFile, now: TreeFile | null): Outcome {
  if (now === null) return [];
  return now.oid === after.oid ? [{ path, after: null }] : 'it has been changed since it was added';
}

async function undoEdit(
  { git, base, scratchDir }: Workshop,
  { before, after, now }: { before: TreeFile; after: TreeFile; now: TreeFile },
  { today, target }: { today: string; target: string },
): Promise<Outcome> {
  if (target !== today && (await fileAt(git, base.commit, target)) !== null) {
    return 'another file has taken its former place';
  }
  const ours = await readBlob(git, now.oid);
  const merged = await mergeFile(git, scratchDir, {
    ours,
    base: await readBlob(git, after.oid),
    theirs: await readBlob(git, before.oid),
  });
  if (merged === null) return 'it has been changed since in the same lines';
  const mode = now.mode === after.mode ? before.mode : now.mode;
  const put: FileChange = { path: target, after: { mode, bytes: merged } };
  if (target !== today) return [{ path: today, after: null }, put];
  return mode === now.mode && merged.equals(ours) ? [] : [put];
}

async function fileOf({ git }: Workshop, file: TreeFile): Promise<{ mode: string; bytes: Buffer }> {
  // A submodule has no blob here; its path is refused by a guard in any case.
  const bytes = file.mode === '160000' ? Buffer.alloc(0) : await readBlob(git, file.oid);
  return { mode: file.mode, bytes };
}
