import { join } from 'node:path';
import type { ProofStep } from '#src/domain/fix.ts';
import { type Outcome, outcomeOf } from '#src/fix/proof/outcome.ts';
import { syntaxCheckOf } from '#src/fix/proof/syntax.ts';
import type { Room } from '#src/fix/sandbox/room.ts';
import { fileAt } from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';

/** Files looked at, at the most. */
const MOST_FILES = 20;

/** Whether the changed files can be read by their languages, each beside how it was before. */
export async function proveParses(
  { git, base }: Workshop,
  room: Room,
  trees: { before: string; after: string },
  patch: { tree: string; files: readonly string[] },
): Promise<{ step: ProofStep; isRefuted: boolean; failure: string | null }> {
  let seconds = 0;
  let checked = 0;
  const broken: string[] = [];
  const brokenBefore: string[] = [];
  let failure: string | null = null;
  const look = async (tree: string, file: string): Promise<Outcome> => {
    const check = syntaxCheckOf(file);
    const outcome = await outcomeOf(room, tree, '', [...(check?.command ?? []), join(tree, file)]);
    seconds += outcome.seconds;
    return outcome;
  };
  const known = patch.files.filter((file) => syntaxCheckOf(file) !== null).slice(0, MOST_FILES);
  for (const file of known) {
    const now = await fileAt(git, patch.tree, file);
    if (now === null || !now.mode.startsWith('100')) continue;
    const after = await look(trees.after, file);
    if (after.kind === 'unavailable') continue;
    checked++;
    if (after.kind === 'passed') continue;
    const wasThere = await fileAt(git, base.tree, file);
    const before = wasThere === null ? null : await look(trees.before, file);
    if (before?.kind === 'failed') brokenBefore.push(file);
    else {
      broken.push(file);
      failure ??= after.tail;
    }
  }
  const isOk = broken.length === 0 && checked > brokenBefore.length;
  const after =
    broken.length > 0
      ? `cannot be read: ${broken.slice(0, 3).join(', ')}`
      : checked === 0
        ? 'not checked: no tool here for these files'
        : brokenBefore.length === checked
          ? 'cannot be read, as before'
          : `${checked} of ${patch.files.length} files read`;
  const step: ProofStep = { step: 'parses', ok: isOk, before: null, after, seconds };
  return { step, isRefuted: broken.length > 0, failure };
}
