import type { Candidate, Patch } from '#src/fix/contract.ts';
import { diffOfTrees, treeDifferences, writeTree } from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';
import { compareText } from '#src/platform/compare.ts';

/** Writes a candidate into the workshop. @returns null when it changes nothing */
export async function makePatch(
  { git, base }: Workshop,
  candidate: Candidate,
): Promise<Patch | null> {
  const tree = await writeTree(git, base.tree, candidate.changes);
  if (tree === base.tree) return null;
  const differences = await treeDifferences(git, base.tree, tree);
  const paths = differences.flatMap(({ oldPath, newPath }) => [oldPath, newPath]);
  const files = [...new Set(paths)].sort(compareText);
  return { ...candidate, tree, files, diff: await diffOfTrees(git, base.tree, tree) };
}
