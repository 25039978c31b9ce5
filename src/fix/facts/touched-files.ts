import { type FileDiff, parseDiff, pathOf } from '#src/changes/diff.ts';
import type { Patch } from '#src/fix/contract.ts';
import type { TouchedFile } from '#src/fix/guards/contract.ts';
import {
  readBlob,
  type TreeDifference,
  type TreeFile,
  treeDifferences,
} from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';

/** Of a file: where generators leave their mark. */
const HEAD_BYTES = 4096;
/** Files beyond this number are told of without what is in them; a guard refuses so many anyway. */
const MOST_READ = 200;

/** What a patch does to each file, from the trees and not from the diff alone. */
export async function touchedFiles({ git, base }: Workshop, patch: Patch): Promise<TouchedFile[]> {
  const diffs = new Map(parseDiff(patch.diff).map((file) => [pathOf(file), file]));
  const differences = await treeDifferences(git, base.tree, patch.tree);
  const files: TouchedFile[] = [];
  for (const [index, difference] of differences.entries()) {
    const texts = index < MOST_READ ? await textsOf(git, difference) : [];
    files.push(touchedFile(difference, diffs.get(difference.newPath), texts));
  }
  return files;
}

type Git = Workshop['git'];

async function textsOf(git: Git, { before, after }: TreeDifference): Promise<Buffer[]> {
  const files = [before, after].filter((file): file is TreeFile => isFile(file));
  return Promise.all(files.map(({ oid }) => readBlob(git, oid)));
}

function isFile(file: TreeFile | null): boolean {
  return file?.mode.startsWith('100') === true;
}

function touchedFile(
  { oldPath, newPath, before, after }: TreeDifference,
  diff: FileDiff | undefined,
  texts: readonly Buffer[],
): TouchedFile {
  const lines = diff?.hunks.flatMap((hunk) => hunk.lines) ?? [];
  const of = (kind: string): string[] =>
    lines.flatMap((line) => (line.kind === kind ? [line.text] : []));
  return {
    path: newPath,
    oldPath,
    oldMode: before?.mode ?? null,
    newMode: after?.mode ?? null,
    isBinary: diff === undefined || diff.isBinary || texts.some((text) => text.includes(0)),
    added: of('added'),
    removed: of('removed'),
    head: texts.map((text) => text.toString('utf8', 0, HEAD_BYTES)).join('\n'),
  };
}
