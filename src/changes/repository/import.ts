import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { type BareRepository, createBareRepository } from '#src/changes/repository/bare.ts';
import { CUT_PREFIX } from '#src/changes/repository/cut-refs.ts';
import { readFastStream } from '#src/changes/repository/fast-stream.ts';
import { GitHistory } from '#src/changes/repository/history.ts';
import { DEFAULT_LIMITS } from '#src/changes/repository/limits.ts';
import { type OpenOptions, type OpenRepository, viewOf } from '#src/changes/repository.ts';
import { IncidentError, InputError, messageOf } from '#src/domain/errors.ts';
import { parseTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';
import { createGit, type GitOptions } from '#src/platform/git/git.ts';
import { streamGit } from '#src/platform/git/stream.ts';

export type ImportOptions = OpenOptions & {
  /** Folder in which the temporary repository is made; the system's temporary folder when absent. */
  tmp?: string | undefined;
  /** Bytes of the stream; 1 GiB when absent. */
  maxBytes?: number;
};

/** Commands and options that are passed on; the others are dropped or, where they read back, refused. */
const PASSED =
  /^(?:$|blob$|commit |tag |reset |mark :|original-oid |author |committer |tagger |encoding |from |merge |M |D |C |R |N |deleteall$|alias$|to |done$|feature done$|gpgsig |#)/;
const DROPPED = /^(?:progress|checkpoint|option |feature date-format=raw)/;

/**
 * Imports a `git fast-export` stream into a temporary bare repository, which `close` removes, and
 * opens it. Where the stream has original ids, the view speaks of those shas.
 * @throws InputError when the file cannot be read, is no such stream, is cut or is too large
 */
export async function importFastExport(
  streamFile: string,
  options: ImportOptions = {},
): Promise<OpenRepository> {
  const bare = await createBareRepository(options.tmp);
  try {
    const names = await load(streamFile, bare, options);
    const git = createGit(gitOptions(bare, options));
    const history = new GitHistory(git, new Set());
    const refs = await history.refs();
    const cutAt = new Set(
      refs.flatMap(({ name, sha }) => (name.startsWith(CUT_PREFIX) ? [sha] : [])),
    );
    const head = await defaultHead(
      history,
      refs.filter(({ name }) => !name.startsWith(CUT_PREFIX)),
    );
    return await viewOf({ ...bare, prefix: '', where: streamFile, names, cutAt, head }, options);
  } catch (error) {
    await bare.close();
    if (error instanceof IncidentError && error.where !== undefined) throw error;
    throw new InputError(`the fast-export stream cannot be imported: ${messageOf(error)}`, {
      where: streamFile,
      hint: 'Make it again with git fast-export --all --show-original-ids',
      cause: error,
    });
  }
}

/** Feeds the stream to git. @returns sha here → original sha */
async function load(
  streamFile: string,
  bare: BareRepository,
  options: ImportOptions,
): Promise<Map<string, string>> {
  const marksFile = join(bare.scratchDir, 'marks');
  const git = streamGit(gitOptions(bare, options), [
    'fast-import',
    '--quiet',
    '--date-format=raw-permissive',
    `--export-marks=${marksFile}`,
  ]);
  const originals = new Map<string, string>();
  try {
    git.stdout.resume();
    await feed(streamFile, git.stdin, originals, options.maxBytes ?? 1024 ** 3);
    git.stdin.end();
  } catch (error) {
    git.kill();
    await git.done.catch(() => {});
    throw error;
  }
  const { exitCode, stderr } = await git.done;
  if (exitCode !== 0)
    throw new InputError(/^(?:fatal|error): (.*)/m.exec(stderr)?.[1] ?? 'git failed');
  const names = new Map<string, string>();
  for (const line of (await readFile(marksFile, 'utf8').catch(() => '')).split('\n')) {
    const [mark = '', sha = ''] = line.split(' ');
    const original = originals.get(mark);
    if (original !== undefined && original !== sha) names.set(sha, original);
  }
  return names;
}

/** Copies the stream, notes the original id of each marked commit, and lets no other command through. */
async function feed(
  streamFile: string,
  stdin: Writable,
  originals: Map<string, string>,
  maxBytes: number,
): Promise<void> {
  let bytes = 0;
  const note = originalNoter(originals);
  const write = async (part: Buffer): Promise<void> => {
    bytes += part.length;
    if (bytes > maxBytes) throw new InputError('the stream is too large', { where: streamFile });
    if (stdin.destroyed || stdin.closed) return;
    if (!stdin.write(part)) await drained(stdin);
  };
  for await (const item of readFastStream(createReadStream(streamFile))) {
    if (item.kind === 'part') await write(item.bytes);
    else if (item.kind === 'data') await write(Buffer.from(`data ${item.size}\n`));
    else {
      const line = item.bytes.toString('latin1');
      if (DROPPED.test(line)) continue;
      if (!PASSED.test(line)) {
        throw new InputError(`unexpected command ${JSON.stringify(line.slice(0, 60))}`);
      }
      note(line);
      await write(item.bytes);
      await write(NEWLINE);
    }
  }
}

/** Notes `original-oid` under the mark of the commit that is being read. */
function originalNoter(originals: Map<string, string>): (line: string) => void {
  let inCommit = false;
  let mark = '';
  return (line) => {
    if (/^(?:blob$|commit |tag |reset )/.test(line)) {
      inCommit = line.startsWith('commit ');
      mark = '';
    } else if (inCommit && line.startsWith('mark :')) mark = line.slice(5);
    else if (inCommit && mark !== '') {
      const original = /^original-oid ([0-9a-f]{40}|[0-9a-f]{64})$/.exec(line)?.[1];
      if (original !== undefined) originals.set(mark, original);
    }
  };
}

const NEWLINE = Buffer.from('\n');

function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stdin.off('drain', go).off('close', go).off('error', go);
      resolve();
    };
    stdin.once('drain', go).once('close', go).once('error', go);
  });
}

const USUAL_BRANCHES = ['main', 'master', 'trunk', 'develop', 'production', 'release'];

/** The branch that a stream most likely means: a usual name, else the one with the newest commit. */
async function defaultHead(
  history: GitHistory,
  refs: readonly { name: string; sha: string }[],
): Promise<string | null> {
  for (const branch of USUAL_BRANCHES) {
    const ref = refs.find(({ name }) => name === `refs/heads/${branch}`);
    if (ref) return ref.sha;
  }
  const branches = refs.filter(({ name }) => name.startsWith('refs/heads/'));
  const candidates = branches.length > 0 ? branches : refs;
  const commits = await history.commits(candidates.map(({ sha }) => sha));
  const newest = commits.sort(
    (a, b) =>
      (parseTime(b.timestamp) ?? 0) - (parseTime(a.timestamp) ?? 0) || compareText(a.sha, b.sha),
  )[0];
  return newest?.sha ?? null;
}

function gitOptions(bare: BareRepository, options: ImportOptions): GitOptions {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    gitDir: bare.gitDir,
    emptyDir: bare.emptyDir,
    searchPath: options.searchPath,
    limits: { timeoutMs: limits.timeoutMs * 4, maxBytes: limits.maxOutputBytes },
  };
}
