import { createWriteStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { shadowRepository } from '#src/changes/repository/bare.ts';
import { rewriteForExport } from '#src/changes/repository/export-rewrite.ts';
import { GitHistory } from '#src/changes/repository/history.ts';
import { DEFAULT_LIMITS } from '#src/changes/repository/limits.ts';
import { createShaNames } from '#src/changes/repository/sha-names.ts';
import { InputError, UpstreamError } from '#src/domain/errors.ts';
import { findGitDir } from '#src/platform/git/discover.ts';
import { createGit, type GitOptions } from '#src/platform/git/git.ts';
import { streamGit } from '#src/platform/git/stream.ts';

export type ExportOptions = {
  /** The file to write. */
  out: string;
  /** Commits with their own changes; older history is cut. */
  maxCommits: number;
  /** Branch, tag or sha; HEAD when absent or unknown. */
  head?: string | undefined;
  /** Applied to file contents, messages and names. */
  redact?: (text: string) => string;
  /** Bytes of the stream; with more, fewer commits are tried, then it is an error. 256 MiB when absent. */
  maxBytes?: number;
  searchPath?: string | undefined;
};

export type Exported = {
  head: string;
  /** Commits with their own changes. */
  commits: number;
  /** Commits at which the history was cut. */
  cutAt: string[];
  bytes: number;
  /** Blobs that were left out: binary, or beyond 2 MiB. */
  blobsLeftOut: number;
};

/**
 * Writes the last commits of a repository as a fast-export stream with original ids. The parents
 * of the oldest become roots with their whole tree, as in a shallow clone, so that blame gives the
 * same commits, and `boundary` where it would have gone further back. Text only: binary files and
 * submodules are left out, secrets are redacted line by line.
 * @throws InputError where there is no repository or no commit, or the stream stays too large
 */
export async function exportRepository(dir: string, options: ExportOptions): Promise<Exported> {
  const found = await findGitDir(dir);
  if (!found) throw new InputError('there is no git repository', { where: dir });
  const limits = {
    timeoutMs: DEFAULT_LIMITS.timeoutMs * 4,
    maxBytes: DEFAULT_LIMITS.maxOutputBytes,
  };
  const shadow = await shadowRepository(found.gitDir, options.searchPath, limits);
  try {
    const { gitDir, objectDir, emptyDir, scratchDir } = shadow;
    const git: GitOptions = { gitDir, objectDir, emptyDir, searchPath: options.searchPath, limits };
    const history = new GitHistory(createGit(git), new Set());
    const names = createShaNames(new Map());
    const asked = options.head === undefined ? null : await history.commitOf(options.head, names);
    const head = asked ?? (await history.commitOf('HEAD', names));
    if (!head) throw new InputError('the repository has no commit', { where: dir });
    for (let commits = Math.max(1, options.maxCommits); ; commits = Math.ceil(commits / 4)) {
      const exported = await exportOnce({ git, history, head, commits, options, scratchDir });
      if (exported) return exported;
      if (commits === 1) {
        throw new InputError('the repository is too large to export', { where: dir });
      }
    }
  } finally {
    await shadow.close();
  }
}

/** One attempt. @returns null when the stream got too large; the file is gone then */
async function exportOnce(attempt: {
  git: GitOptions;
  history: GitHistory;
  head: string;
  commits: number;
  options: ExportOptions;
  scratchDir: string;
}): Promise<Exported | null> {
  const { git, history, head, options } = attempt;
  const shas = await history.revisions(head, { limit: attempt.commits });
  const kept = new Set(shas);
  const parents = (await history.commits(shas)).flatMap((commit) => commit.parents);
  const cutAt = new Set(parents.filter((parent) => !kept.has(parent)));
  for (const sha of await alreadyShallow(git.gitDir)) if (kept.has(sha)) cutAt.add(sha);
  const shallowFile = join(attempt.scratchDir, 'shallow');
  await writeFile(shallowFile, [...cutAt].map((sha) => `${sha}\n`).join(''));
  const source = streamGit({ ...git, variables: { GIT_SHALLOW_FILE: shallowFile } }, [
    'fast-export',
    '--show-original-ids',
    '--signed-tags=strip',
    '--reencode=yes',
    head,
  ]);
  source.stdin.end();
  const tally = { bytes: 0, commits: 0, blobsLeftOut: 0 };
  const rewritten = rewriteForExport(source.stdout, {
    cutAt,
    redact: options.redact ?? ((text) => text),
    maxBytes: options.maxBytes ?? 256 * 1024 * 1024,
    tally,
  });
  try {
    await pipeline(rewritten, createWriteStream(options.out, { mode: 0o600 }));
  } catch (error) {
    source.kill();
    await rm(options.out, { force: true });
    if (error instanceof RangeError) return null;
    throw error;
  }
  const { exitCode, stderr } = await source.done;
  if (exitCode !== 0) {
    await rm(options.out, { force: true });
    throw new UpstreamError(`git fast-export failed: ${stderr.split('\n', 1)[0]?.slice(0, 300)}`);
  }
  return { head, ...tally, commits: shas.length, cutAt: [...cutAt].sort() };
}

/** Commits at which the repository itself is cut, as a shallow clone is. */
async function alreadyShallow(gitDir: string): Promise<string[]> {
  const text = await readFile(join(gitDir, 'shallow'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
