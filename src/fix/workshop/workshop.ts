import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBareRepository } from '#src/changes/repository/bare.ts';
import type { OpenRepository } from '#src/changes/repository.ts';
import { InputError } from '#src/domain/errors.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import { createGit, type Git } from '#src/platform/git/git.ts';

/** The commit that a change is made for and proven on. */
export type Base = {
  /** The sha by which git knows it in the workshop. */
  commit: string;
  /** The sha by which everybody else knows it. */
  name: string;
  tree: string;
};

/**
 * Where a change is made: a repository of ours that reads the objects of the service's one and
 * writes into its own store. Nothing in the service's folder is written, no config, hook or
 * attribute of it is obeyed.
 */
export type Workshop = {
  git: Git;
  /** The same history for reading, in everybody's shas. */
  view: RepositoryView;
  base: Base;
  /** Folder of the service below the root of the repository; `''` at the root. */
  prefix: string;
  /** True when the history is cut, as in a shallow clone. */
  isShallow: boolean;
  /** The workshop's sha of a revision, or null. */
  innerOf(revision: string): Promise<string | null>;
  /** A folder of ours for whatever does not belong into git. */
  scratchDir: string;
  /** Removes everything. */
  close(): Promise<void>;
};

export type WorkshopOptions = {
  /** PATH for finding git. */
  searchPath?: string | undefined;
  /** Folder for the temporary files; the system's when absent. */
  tmp?: string | undefined;
};

const LIMITS = { timeoutMs: 60_000, maxBytes: 64 * 1024 * 1024 };

/**
 * Opens a workshop beside a repository, at the revision that the repository shows by default.
 * The repository must stay open for as long as the workshop is.
 */
export async function openWorkshop(
  repository: OpenRepository,
  options: WorkshopOptions = {},
): Promise<Workshop> {
  const { gitDir, objectDir } = repository.place;
  const bare = await createBareRepository(options.tmp);
  try {
    // The format of the objects stands in the config, which is ours as well.
    await copyFile(join(gitDir, 'config'), join(bare.gitDir, 'config'));
    await borrowObjects(bare.gitDir, objectDir ?? join(gitDir, 'objects'));
    // What the service's folder has checked out, for telling what was changed there.
    await copyFile(join(gitDir, 'HEAD'), join(bare.gitDir, 'HEAD'));
    const shallow = await readFile(join(gitDir, 'shallow')).catch(() => null);
    if (shallow) await writeFile(join(bare.gitDir, 'shallow'), shallow);
    const git = createGit({
      gitDir: bare.gitDir,
      emptyDir: bare.emptyDir,
      searchPath: options.searchPath,
      limits: LIMITS,
    });
    const commit = (await repository.innerOf(repository.head)) ?? repository.head;
    return {
      git,
      view: repository,
      base: { commit, name: repository.head, tree: await treeOf(git, commit) },
      prefix: repository.prefix,
      isShallow: shallow !== null || repository.cutAt.length > 0,
      innerOf: (revision) => repository.innerOf(revision),
      scratchDir: bare.scratchDir,
      close: bare.close,
    };
  } catch (error) {
    await bare.close();
    throw error;
  }
}

/** Lets a repository read the objects of another (gitrepository-layout(5), objects/info/alternates). */
async function borrowObjects(gitDir: string, objectDir: string): Promise<void> {
  if (/[\n"]/.test(objectDir)) {
    throw new InputError('the path of the repository holds a newline or a quotation mark', {
      where: objectDir,
      hint: 'Move the repository to a plain path',
    });
  }
  await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${objectDir}\n`);
}

/** The tree of a commit. */
export async function treeOf(git: Git, commit: string): Promise<string> {
  const answer = await git.run(['rev-parse', '--verify', '--quiet', `${commit}^{tree}`]);
  const sha = answer.stdout.toString('latin1').trim();
  if (answer.exitCode !== 0 || sha === '') {
    throw new InputError('the commit has no tree; the repository is damaged', { where: commit });
  }
  return sha;
}
