import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/**
 * Finds the git directory of a folder: a bare repository, a working tree (with a `.git` folder or,
 * for linked work trees and submodules, a `.git` file), or a folder inside a working tree.
 * Done without running git, which would refuse another user's folder and read its config first.
 * @returns the git directory and the folder's path below the root of the tree (`''` at the root,
 * `/` between names), or null where there is no repository
 */
export async function findGitDir(dir: string): Promise<{ gitDir: string; prefix: string } | null> {
  const start = resolve(dir);
  if (await isGitDir(start)) return { gitDir: start, prefix: '' };
  const below: string[] = [];
  for (let at = start; ; at = dirname(at)) {
    const gitDir = await gitDirOf(join(at, '.git'));
    if (gitDir) return { gitDir, prefix: below.join('/') };
    if (dirname(at) === at) return null;
    below.unshift(at.slice(dirname(at).length).replace(/^[/\\]/, ''));
  }
}

async function gitDirOf(path: string): Promise<string | null> {
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory()) return (await isGitDir(path)) ? path : null;
  if (!info?.isFile() || info.size > 8192) return null;
  const target = /^gitdir: ([^\r\n]+)/.exec(await readFile(path, 'utf8'))?.[1];
  if (target === undefined) return null;
  const gitDir = isAbsolute(target) ? target : resolve(dirname(path), target);
  return (await isGitDir(gitDir)) ? gitDir : null;
}

/** As git decides: a HEAD, and objects and refs, which a linked work tree has in its common folder. */
async function isGitDir(path: string): Promise<boolean> {
  if (!(await isFile(join(path, 'HEAD')))) return false;
  if (await isFile(join(path, 'commondir'))) return true;
  return (await isFolder(join(path, 'objects'))) && (await isFolder(join(path, 'refs')));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
