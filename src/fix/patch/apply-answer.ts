import type { Candidate, ReproducingTest } from '#src/fix/contract.ts';
import type { PatchAnswer } from '#src/fix/patch/form.ts';
import { isTestPath } from '#src/fix/paths/test-path.ts';
import { isSafePath } from '#src/fix/workshop/safe-path.ts';
import {
  applyDiff,
  type FileChange,
  fileAt,
  readBlob,
  treeDifferences,
} from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** A file longer than this is not edited. */
const MAX_BYTES = 1024 * 1024;

/**
 * Does what a model wrote to the base branch. Nothing is guessed: each search text must be in its
 * file exactly once, a diff must apply, a test must be a new file in a test path.
 * @returns the candidate, or what is wrong with the answer, for the model to mend
 */
export async function applyAnswer(
  workshop: Workshop,
  answer: PatchAnswer,
): Promise<Candidate | { refusal: string }> {
  const changed = await changesOf(workshop, answer);
  if ('refusal' in changed) return changed;
  const test = await testOf(workshop, answer.test);
  if (test !== null && 'refusal' in test) return test;
  const changes = [...changed.changes];
  if (test) changes.push({ path: test.file, after: plain(test.text) });
  return {
    strategy: 'patch',
    title: `Fix: ${oneLine(answer.explanation).slice(0, 60)}`,
    changes,
    why: `Written by a model: ${oneLine(answer.explanation)}`,
    risk: oneLine(answer.risk) || 'The patch was written by a model.',
    test,
  };
}

type Changes = { changes: FileChange[] } | { refusal: string };

async function changesOf(workshop: Workshop, answer: PatchAnswer): Promise<Changes> {
  if (answer.edits.length > 0) return applyEdits(workshop, answer.edits);
  const { diff } = answer;
  if (diff === null || diff.trim() === '') {
    return { refusal: 'the answer has neither edits nor a diff' };
  }
  const { git, base } = workshop;
  const applied = await applyDiff(git, base.tree, diff.endsWith('\n') ? diff : `${diff}\n`);
  if ('refusal' in applied) return { refusal: `the diff does not apply: ${applied.refusal}` };
  const changes: FileChange[] = [];
  for (const { oldPath, newPath, before, after } of await treeDifferences(
    git,
    base.tree,
    applied.tree,
  )) {
    if (after === null || oldPath !== newPath) changes.push({ path: oldPath, after: null });
    if (after === null) continue;
    // git would follow a diff that makes links or programs of files; a model has no need of those.
    if (after.mode !== (before?.mode ?? '100644')) return { refusal: `${newPath}: modes stay` };
    const bytes = await readBlob(git, after.oid);
    changes.push({ path: newPath, after: { mode: after.mode, bytes } });
  }
  return { changes };
}

async function applyEdits(workshop: Workshop, edits: PatchAnswer['edits']): Promise<Changes> {
  const { git, base } = workshop;
  const texts = new Map<string, { mode: string; text: string }>();
  for (const { file, search, replace } of edits) {
    const name = JSON.stringify(file.slice(0, 200));
    if (!isSafePath(file)) return { refusal: `${name} is no path of the repository` };
    let now = texts.get(file);
    if (now === undefined) {
      const found = await fileAt(git, base.tree, file);
      if (!found?.mode.startsWith('100')) return { refusal: `${name} is not in the repository` };
      const bytes = await readBlob(git, found.oid);
      const text = bytes.toString('utf8');
      if (bytes.length > MAX_BYTES || !Buffer.from(text).equals(bytes)) {
        return { refusal: `${name} is too large or no text` };
      }
      now = { mode: found.mode, text };
    }
    const at = search === '' ? -1 : now.text.indexOf(search);
    if (at < 0) return { refusal: `a search text is not in ${name} exactly as written` };
    if (now.text.indexOf(search, at + 1) >= 0) {
      return { refusal: `a search text is in ${name} more than once: take more lines` };
    }
    const text = now.text.slice(0, at) + replace + now.text.slice(at + search.length);
    texts.set(file, { mode: now.mode, text });
  }
  const changes = Array.from(texts, ([path, { mode, text }]) => ({
    path,
    after: { mode, bytes: Buffer.from(text) },
  }));
  return { changes };
}

async function testOf(
  { git, base }: Workshop,
  test: PatchAnswer['test'],
): Promise<ReproducingTest | { refusal: string } | null> {
  if (test === null || test.text.trim() === '') return null;
  const name = JSON.stringify(test.file.slice(0, 200));
  if (!isSafePath(test.file) || !isTestPath(test.file)) {
    return { refusal: `${name} is not where tests are` };
  }
  if ((await fileAt(git, base.tree, test.file)) !== null) {
    return { refusal: `the test ${name} exists: give it a new file` };
  }
  return { file: test.file, text: test.text };
}

function plain(text: string): { mode: string; bytes: Buffer } {
  return { mode: '100644', bytes: Buffer.from(text.endsWith('\n') ? text : `${text}\n`) };
}
