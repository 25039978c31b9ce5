import type { FileDiff } from '#src/changes/diff.ts';
import { parseDiff, pathOf } from '#src/changes/diff.ts';
import { type ChangeGroup, changeGroups, reverseGroups } from '#src/fix/revert/reverse-hunks.ts';
import { diffOfTrees, type FileChange, fileAt, readBlob } from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';

/** A part of a commit that can be undone by itself. */
export type Part = { change: FileChange; groups: number; of: number };

/** Files beyond this are not taken apart. */
const MAX_BYTES = 1024 * 1024;
/** How far from the place where it broke a change may be and still be the one that matters. */
const NEAR_LINES = 8;

/**
 * The parts of a commit that matter for a place in the code, the larger one first: all of its
 * changes to that file that can still be undone, and those right at the line. A part that does not
 * hold the changes nearest to the line is none.
 */
export async function partsAt(
  workshop: Workshop,
  commit: string,
  parent: string,
  place: { file: string; line: number },
): Promise<Part[]> {
  const { git, base } = workshop;
  const files = parseDiff(await diffOfTrees(git, parent, commit));
  const file = files.find((one) => pathOf(one) === place.file);
  const now = file === undefined ? null : await fileAt(git, base.commit, place.file);
  if (file === undefined || now === null || !isText(file) || !now.mode.startsWith('100')) return [];
  const bytes = await readBlob(git, now.oid);
  const text = bytes.toString('utf8');
  if (bytes.length > MAX_BYTES || !Buffer.from(text).equals(bytes)) return [];
  const groups = changeGroups(file.hunks);
  const near = nearest(groups, place.line);
  const parts: Part[] = [];
  for (const chosen of [groups, near]) {
    const { text: undoneText, undone, missed } = reverseGroups(text, chosen);
    if (undone.length === 0 || missed.some((group) => near.includes(group))) continue;
    if (parts.some((part) => part.change.after?.bytes.toString('utf8') === undoneText)) continue;
    const after = { mode: now.mode, bytes: Buffer.from(undoneText) };
    parts.push({ change: { path: place.file, after }, groups: undone.length, of: groups.length });
  }
  return parts;
}

function isText(file: FileDiff): boolean {
  return !file.isBinary && file.status !== 'added' && file.status !== 'deleted';
}

/** The groups at a line, or the nearest one where none is. */
function nearest(groups: readonly ChangeGroup[], line: number): ChangeGroup[] {
  const distance = (group: ChangeGroup): number => {
    const end = group.line + Math.max(0, group.to - group.from - 1);
    return line < group.line ? group.line - line : Math.max(0, line - end);
  };
  const least = Math.min(...groups.map(distance));
  return groups.filter((group) => distance(group) <= Math.max(NEAR_LINES, least));
}
