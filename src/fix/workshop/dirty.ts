import { copyFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findGitDir } from '#src/platform/git/discover.ts';
import { createGit, type Git } from '#src/platform/git/git.ts';

/**
 * The tracked files of a working tree that differ from what is committed, at most a hundred.
 * The question goes to a repository of ours with a copy of the tree's index, so that neither the
 * tree's config (filters, fsmonitor) nor its own index has a part in it.
 * @param git a workshop's git, which knows the objects of the repository
 * @returns null where it cannot be told; an empty list for a bare repository
 */
export async function dirtyFiles(git: Git, dir: string): Promise<string[] | null> {
  const found = await findGitDir(dir);
  if (!found) return null;
  const tree = rootOf(found.gitDir, dir, found.prefix);
  if (tree === null) return [];
  try {
    const index = join(git.options.gitDir, 'status-index');
    await copyFile(join(found.gitDir, 'index'), index);
    for (const name of await readdir(found.gitDir)) {
      if (!name.startsWith('sharedindex.')) continue;
      await copyFile(join(found.gitDir, name), join(git.options.gitDir, name));
    }
    const variables = { GIT_WORK_TREE: tree, GIT_INDEX_FILE: index };
    const answer = await createGit({ ...git.options, variables }).run([
      ...['status', '--porcelain=v1', '-z', '--untracked-files=no', '--ignore-submodules=all'],
      '--no-renames',
    ]);
    if (answer.exitCode !== 0) return null;
    const records = answer.stdout.toString('utf8').split('\0');
    return records
      .filter((record) => record.length > 3)
      .map((record) => record.slice(3))
      .slice(0, 100);
  } catch {
    return null;
  }
}

/** The root of the working tree, or null for a bare repository. */
function rootOf(gitDir: string, dir: string, prefix: string): string | null {
  if (gitDir === dir) return null;
  return prefix
    .split('/')
    .filter((part) => part !== '')
    .reduce((at) => dirname(at), dir);
}
