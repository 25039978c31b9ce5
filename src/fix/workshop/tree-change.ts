import { join } from 'node:path';
import { UpstreamError } from '#src/domain/errors.ts';
import { gitWithInput } from '#src/platform/git/bytes.ts';
import { createGit, type Git, type GitAnswer } from '#src/platform/git/git.ts';

/** A file of a tree: its mode such as `100644`, and its blob. */
export type TreeFile = { mode: string; oid: string };

/** What is to stand at a path afterwards; null for nothing. */
export type FileChange = { path: string; after: { mode: string; bytes: Buffer } | null };

/** What differs between two trees at a path. */
export type TreeDifference = {
  status: 'added' | 'deleted' | 'modified' | 'renamed';
  oldPath: string;
  newPath: string;
  before: TreeFile | null;
  after: TreeFile | null;
};

const ABSENT = /^0+$/;

/** The file at a path of a tree or commit, or null. Links and submodules count, folders do not. */
export async function fileAt(git: Git, tree: string, path: string): Promise<TreeFile | null> {
  const answer = await git.run(['ls-tree', '-r', '-z', '--full-tree', tree, '--', path]);
  for (const record of ok('ls-tree', answer).toString('utf8').split('\0')) {
    const match = /^(\d{6}) \w+ ([0-9a-f]+)\t/.exec(record);
    if (match && record.slice(match[0].length) === path) {
      return { mode: match[1] ?? '', oid: match[2] ?? '' };
    }
  }
  return null;
}

/** The bytes of a blob. */
export async function readBlob(git: Git, oid: string): Promise<Buffer> {
  return ok('cat-file', await git.run(['cat-file', 'blob', oid]));
}

/** Writes a blob into the workshop's own store. @returns its sha */
export async function writeBlob(git: Git, bytes: Buffer): Promise<string> {
  const answer = await gitWithInput(git.options, ['hash-object', '-w', '--stdin'], bytes);
  return ok('hash-object', answer).toString('latin1').trim();
}

/** Everything that differs from one tree or commit to another, renames found, by path. */
export async function treeDifferences(
  git: Git,
  from: string,
  to: string,
): Promise<TreeDifference[]> {
  const answer = await git.run(['diff-tree', '-r', '-z', '-M', '-l400', from, to]);
  const tokens = ok('diff-tree', answer).toString('utf8').split('\0');
  const found: TreeDifference[] = [];
  for (let i = 0; i < tokens.length; ) {
    const match = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d{0,3}$/.exec(tokens[i] ?? '');
    if (!match) {
      i++;
      continue;
    }
    const [, oldMode = '', newMode = '', oldOid = '', newOid = '', letter] = match;
    const isRename = letter === 'R' || letter === 'C';
    const oldPath = tokens[i + 1] ?? '';
    const newPath = isRename ? (tokens[i + 2] ?? '') : oldPath;
    i += isRename ? 3 : 2;
    found.push({
      status:
        letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : isRename ? 'renamed' : 'modified',
      oldPath,
      newPath,
      before: ABSENT.test(oldOid) ? null : { mode: oldMode, oid: oldOid },
      after: ABSENT.test(newOid) ? null : { mode: newMode, oid: newOid },
    });
  }
  return found;
}

/**
 * The tree that comes of a tree when files of it are changed, made in an index of our own: the one
 * that the variables of `git` name, else one beside its objects.
 * @returns the sha of the new tree
 */
export async function writeTree(
  git: Git,
  tree: string,
  changes: readonly FileChange[],
): Promise<string> {
  const lines: string[] = [];
  const none = '0'.repeat(tree.length);
  for (const { path, after } of changes) {
    const oid = after === null ? none : await writeBlob(git, after.bytes);
    lines.push(`${after === null ? '0' : after.mode} ${oid}\t${path}\0`);
  }
  return withIndex(git, tree, async (indexed) => {
    const input = Buffer.from(lines.join(''));
    ok(
      'update-index',
      await gitWithInput(indexed.options, ['update-index', '-z', '--index-info'], input),
    );
  });
}

/** Applies a unified diff to a tree. @returns the new tree, or why the diff does not apply */
export async function applyDiff(
  git: Git,
  tree: string,
  diff: string,
): Promise<{ tree: string } | { refusal: string }> {
  let refusal: string | null = null;
  const made = await withIndex(git, tree, async (indexed) => {
    const args = ['apply', '--cached', '--recount', '--whitespace=nowarn', '-'];
    const answer = await gitWithInput(indexed.options, args, Buffer.from(diff));
    if (answer.exitCode !== 0) refusal = answer.stderr.trim().slice(0, 600) || 'it does not apply';
  });
  return refusal === null ? { tree: made } : { refusal };
}

async function withIndex(
  git: Git,
  tree: string,
  work: (indexed: Git) => Promise<void>,
): Promise<string> {
  const { options } = git;
  const variables = { GIT_INDEX_FILE: join(options.gitDir, 'work-index'), ...options.variables };
  const indexed = createGit({ ...options, variables });
  ok('read-tree', await indexed.run(['read-tree', tree]));
  await work(indexed);
  return ok('write-tree', await indexed.run(['write-tree']))
    .toString('latin1')
    .trim();
}

/** The unified diff between two trees, as git writes it. */
export async function diffOfTrees(git: Git, from: string, to: string): Promise<string> {
  const answer = await git.run([
    ...['diff-tree', '-p', '-r', '-M', '-l400', '-U3', '--full-index'],
    ...['--no-ext-diff', '--no-textconv', '--no-color', '--diff-algorithm=histogram'],
    ...['--src-prefix=a/', '--dst-prefix=b/', '--submodule=short'],
    from,
    to,
  ]);
  return ok('diff-tree', answer).toString('utf8');
}

/** The output of a command that must succeed. @throws UpstreamError with its first line of complaint */
export function ok(
  command: string,
  answer: Pick<GitAnswer, 'stdout' | 'stderr' | 'exitCode'>,
): Buffer {
  if (answer.exitCode === 0) return answer.stdout;
  throw new UpstreamError(
    `git ${command} failed: ${answer.stderr.split('\n', 1)[0]?.slice(0, 300)}`,
  );
}
