import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UpstreamError } from '#src/domain/errors.ts';
import type { Git } from '#src/platform/git/git.ts';

/**
 * Three-way merge of one file's text (git-merge-file(1)): what lies between `base` and `theirs` is
 * done to `ours`.
 * @returns the merged bytes, or null where the two collide or are no text
 */
export async function mergeFile(
  git: Git,
  scratchDir: string,
  sides: { ours: Buffer; base: Buffer; theirs: Buffer },
): Promise<Buffer | null> {
  const { ours, base, theirs } = sides;
  if (ours.equals(base)) return theirs;
  if (ours.equals(theirs) || base.equals(theirs)) return ours;
  if ([ours, base, theirs].some((side) => side.includes(0))) return null;
  const dir = await mkdtemp(join(scratchDir, 'merge-'));
  try {
    const names = ['ours', 'base', 'theirs'].map((name) => join(dir, name));
    const [oursFile = '', baseFile = '', theirsFile = ''] = names;
    await writeFile(oursFile, ours);
    await writeFile(baseFile, base);
    await writeFile(theirsFile, theirs);
    const answer = await git.run(['merge-file', '-p', '-q', oursFile, baseFile, theirsFile]);
    // The exit code is the number of conflicts, or 255 when something went wrong.
    if (answer.exitCode === 255) throw new UpstreamError('git merge-file failed');
    return answer.exitCode === 0 ? answer.stdout : null;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
