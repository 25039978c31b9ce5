import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GitHistory } from '#src/changes/repository/history.ts';
import { createShaNames } from '#src/changes/repository/sha-names.ts';
import { createGit, type GitLimits } from '#src/platform/git/git.ts';

/** A temporary bare repository of our own, with an empty folder beside it for git to stand in. */
export type BareRepository = {
  gitDir: string;
  emptyDir: string;
  /** For files that belong to neither. */
  scratchDir: string;
  close(): Promise<void>;
};

const CONFIG = '\tbare = true\n\tlogAllRefUpdates = false\n';

/**
 * Makes an empty bare repository by writing its four parts. `git init` would read templates.
 * @param parent the folder to make it in; the system's temporary folder when absent
 */
export async function createBareRepository(parent: string = tmpdir()): Promise<BareRepository> {
  await mkdir(parent, { recursive: true });
  const scratchDir = await mkdtemp(join(parent, 'incident-repo-'));
  const gitDir = join(scratchDir, 'git');
  const emptyDir = join(scratchDir, 'empty');
  await mkdir(join(gitDir, 'objects', 'pack'), { recursive: true });
  await mkdir(join(gitDir, 'refs', 'heads'), { recursive: true });
  await mkdir(emptyDir);
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(gitDir, 'config'), `[core]\n\trepositoryformatversion = 0\n${CONFIG}`);
  return {
    gitDir,
    emptyDir,
    scratchDir,
    close: () => rm(scratchDir, { recursive: true, force: true }),
  };
}

/**
 * Makes a repository of ours that has the refs and the objects of another one and nothing else of
 * it: no config, attributes, hooks, index or work tree of a stranger is read after this. Only
 * three plain questions go to the other one.
 */
export async function shadowRepository(
  gitDir: string,
  searchPath: string | undefined,
  limits: GitLimits,
): Promise<BareRepository & { objectDir: string }> {
  const shadow = await createBareRepository();
  try {
    const other = new GitHistory(
      createGit({ gitDir, emptyDir: shadow.emptyDir, searchPath, limits }),
      new Set(),
    );
    const format = await other.objectFormat();
    if (format !== 'sha1') {
      await writeFile(
        join(shadow.gitDir, 'config'),
        `[core]\n\trepositoryformatversion = 1\n${CONFIG}[extensions]\n\tobjectFormat = ${format}\n`,
      );
    }
    const refs = (await other.refs()).map(({ name, sha }) => `${sha} ${name}\n`);
    await writeFile(join(shadow.gitDir, 'packed-refs'), refs.join(''));
    const head = await other.commitOf('HEAD', createShaNames(new Map()));
    if (head) await writeFile(join(shadow.gitDir, 'HEAD'), `${head}\n`);
    const common = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => '.');
    const commonDir = resolve(gitDir, common.trim());
    const shallow = await readFile(join(commonDir, 'shallow')).catch(() => null);
    if (shallow) await writeFile(join(shadow.gitDir, 'shallow'), shallow);
    return { ...shadow, objectDir: join(commonDir, 'objects') };
  } catch (error) {
    await shadow.close();
    throw error;
  }
}
