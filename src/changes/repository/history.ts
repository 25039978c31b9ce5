import { type CommitObject, parseCommitObject } from '#src/changes/repository/commit-object.ts';
import type { ShaNames } from '#src/changes/repository/sha-names.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import type { LoggedCommit } from '#src/domain/repository.ts';
import { isFullSha, isRevision } from '#src/platform/git/arguments.ts';
import type { Git, GitAnswer } from '#src/platform/git/git.ts';

/** An entry of a tree. */
export type TreeEntry = { mode: string; oid: string; size: number; path: string };

/** How many commits are asked of one `cat-file` process. */
const COMMITS_A_BATCH = 500;

/** The questions to git, in its own shas and unredacted. Plumbing commands only: porcelain obeys config. */
export class GitHistory {
  readonly #git: Git;
  /** Commits whose parents were left out when the history was cut. */
  readonly #cutAt: ReadonlySet<string>;

  constructor(git: Git, cutAt: ReadonlySet<string>) {
    this.#git = git;
    this.#cutAt = cutAt;
  }

  /** Full inner sha of a revision given by its outer or inner name, or null. */
  async commitOf(revision: string, names: ShaNames): Promise<string | null> {
    if (!isRevision(revision)) return null;
    const split = /[~^]/.exec(revision)?.index ?? revision.length;
    let base = revision.slice(0, split);
    if (/^[0-9a-f]{4,64}$/.test(base)) {
      const [only, another] = names.innerOfPrefix(base);
      if (only !== undefined && another === undefined) base = only;
    }
    const answer = await this.#git.run([
      'rev-parse',
      '--verify',
      '--quiet',
      `${base}${revision.slice(split)}^{commit}`,
    ]);
    const sha = answer.stdout.toString('utf8').trim();
    return answer.exitCode === 0 && isFullSha(sha) ? sha : null;
  }

  /** Blobs, links and submodules of a commit's tree, or the entry of one path. */
  async tree(commit: string, path?: string): Promise<TreeEntry[]> {
    const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', commit];
    const answer = await this.#ok(path === undefined ? args : [...args, '--', path]);
    // A record that was cut has no end and is left out.
    return answer.stdout
      .toString('utf8', 0, answer.stdout.lastIndexOf(0) + 1)
      .split('\0')
      .flatMap((record) => {
        const match = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t/.exec(record);
        if (!match) return [];
        const [head, mode = '', oid = '', size] = match;
        return [{ mode, oid, size: Number(size) || 0, path: record.slice(head.length) }];
      });
  }

  async blob(oid: string): Promise<Buffer> {
    return (await this.#ok(['cat-file', 'blob', oid])).stdout;
  }

  /** Shas reachable from a commit, newest first (parents never before children). Times in unix seconds. */
  async revisions(
    from: string,
    options: { limit: number; since?: number; until?: number; paths?: readonly string[] },
  ): Promise<string[]> {
    const answer = await this.#ok([
      'rev-list',
      '--date-order',
      `--max-count=${options.limit}`,
      ...(options.since === undefined ? [] : [`--max-age=${options.since}`]),
      ...(options.until === undefined ? [] : [`--min-age=${options.until}`]),
      from,
      '--',
      ...(options.paths ?? []),
    ]);
    return answer.stdout.toString('utf8').split('\n').filter(isFullSha);
  }

  /** Commit objects by sha, in the order asked; those that do not exist are left out. */
  async commits(shas: readonly string[]): Promise<CommitObject[]> {
    const found: CommitObject[] = [];
    for (let i = 0; i < shas.length; i += COMMITS_A_BATCH) {
      const part = shas.slice(i, i + COMMITS_A_BATCH);
      const answer = await this.#ok(['cat-file', '--batch'], `${part.join('\n')}\n`);
      for (const object of splitBatch(answer.stdout)) {
        if (object.type !== 'commit') continue;
        const commit = parseCommitObject(object.oid, object.data);
        found.push(this.#cutAt.has(commit.sha) ? { ...commit, parents: [] } : commit);
      }
    }
    return found;
  }

  /** Files that each commit changed against its first parent (all of them for a root commit). */
  async changedFiles(commits: readonly CommitObject[]): Promise<Map<string, string[]>> {
    const files = new Map<string, string[]>();
    for (let i = 0; i < commits.length; i += COMMITS_A_BATCH) {
      const part = commits.slice(i, i + COMMITS_A_BATCH).filter(({ sha }) => !this.#cutAt.has(sha));
      if (part.length === 0) continue;
      // A line with parents on it compares with those: the first one only.
      const input = part.map(({ sha, parents }) => [sha, ...parents.slice(0, 1)].join(' '));
      const waiting = new Set(part.map(({ sha }) => sha));
      const answer = await this.#ok(
        [
          'diff-tree',
          '--stdin',
          '--root',
          '-r',
          '-z',
          '--name-only',
          '--no-ext-diff',
          '--no-textconv',
        ],
        `${input.join('\n')}\n`,
      );
      let current: string[] = [];
      for (const token of answer.stdout.toString('utf8').split('\0')) {
        const sha = /^(?:[0-9a-f]{64}|[0-9a-f]{40})(?=$| )/.exec(token)?.[0];
        if (sha !== undefined && waiting.delete(sha)) {
          current = [];
          files.set(sha, current);
        } else if (token !== '') current.push(token);
      }
    }
    return files;
  }

  /** Unified diff of a commit against its first parent with renames found; null for a cut commit. */
  async diff(commit: CommitObject): Promise<Buffer | null> {
    if (this.#cutAt.has(commit.sha)) return null;
    const [parent] = commit.parents;
    const answer = await this.#ok([
      ...['diff-tree', '-p', '-r', '-M', '-l400', '-U3', '--no-commit-id', '--root'],
      ...['--no-ext-diff', '--no-textconv', '--no-color', '--diff-algorithm=histogram'],
      ...['--src-prefix=a/', '--dst-prefix=b/', '--submodule=short'],
      ...(parent === undefined ? [commit.sha] : [parent, commit.sha]),
    ]);
    return answer.stdout;
  }

  async blame(commit: string, file: string, from: number, to: number): Promise<GitAnswer> {
    const args = ['blame', '--porcelain', '--no-textconv', '-L', `${from},${to}`];
    return this.#git.run([...args, commit, '--', file]);
  }

  async grep(commit: string, text: string): Promise<Buffer> {
    const options = ['-z', '-n', '-I', '-F', '--no-color', '--full-name', '--no-textconv'];
    const answer = await this.#git.run(['grep', ...options, '-e', text, commit, '--']);
    // Exit code 1 says that nothing was found.
    if (answer.exitCode > 1) throw failed('grep', answer);
    return answer.stdout;
  }

  /** All refs with what they point to, tags not peeled. */
  async refs(): Promise<{ name: string; sha: string }[]> {
    const answer = await this.#ok(['for-each-ref', '--format=%(objectname) %(refname)']);
    return answer.stdout
      .toString('utf8')
      .split('\n')
      .flatMap((line) => {
        const [sha = '', name = ''] = line.split(' ');
        return name === '' ? [] : [{ name, sha }];
      });
  }

  /** `sha1` or `sha256`. */
  async objectFormat(): Promise<string> {
    const answer = await this.#git.run(['rev-parse', '--show-object-format']);
    return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : 'sha1';
  }

  async #ok(args: readonly string[], input?: string): Promise<GitAnswer> {
    const answer = await this.#git.run(args, input);
    if (answer.exitCode !== 0) throw failed(args[0] ?? '', answer);
    return answer;
  }
}

function failed(command: string, answer: GitAnswer): UpstreamError {
  const why = answer.stderr.split('\n', 1)[0] ?? '';
  return new UpstreamError(`git ${command} failed: ${why.slice(0, 300)}`, {
    hint: 'Check the repository with git fsck',
  });
}

/** Takes the answer of `cat-file --batch` apart: `<oid> <type> <size>\n<data>\n` for each. */
function* splitBatch(bytes: Buffer): Generator<{ oid: string; type: string; data: Buffer }> {
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return;
    const [oid = '', type = '', size] = bytes.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    const length = Number(size);
    yield { oid, type, data: bytes.subarray(at, at + length) };
    at += length + 1;
  }
}

/** A commit as the log gives it. */
export function loggedCommit(commit: CommitObject, files: readonly string[]): LoggedCommit {
  const { sha, parents, author, timestamp, message } = commit;
  return { sha, parents: [...parents], author, timestamp, message, files: [...files] };
}
