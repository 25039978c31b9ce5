import { once } from 'node:events';
import { lstatSync, writeFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { InputError, UpstreamError } from '#src/domain/errors.ts';
import { readObjects } from '#src/fix/workshop/object-stream.ts';
import { isSafePath, linkStaysInside } from '#src/fix/workshop/safe-path.ts';
import { ok } from '#src/fix/workshop/tree-change.ts';
import type { Git } from '#src/platform/git/git.ts';
import { streamGit } from '#src/platform/git/stream.ts';

export type ExtractLimits = {
  /** Files at the most; with more nothing is written. */
  maxFiles: number;
  /** Bytes of all files together. */
  maxBytes: number;
};

export type Extracted = {
  files: number;
  /** Links that would have led out of the folder; their text stands there as a plain file. */
  linksOut: number;
};

type Entry = { mode: string; oid: string; path: Buffer };

const MAX_LISTING = 512 * 1024 * 1024;
const LINK = '120000';
const SUBMODULE = '160000';

/**
 * Writes the files of a tree into an empty folder, byte by byte as they are stored. `git checkout`
 * would obey attributes, filters and hooks; this knows none. No file is written through a link:
 * links come last, and those that lead out of the folder become plain files.
 * @throws InputError for a tree with paths that git itself would refuse, or one that is too large
 */
export async function extractTree(
  git: Git,
  tree: string,
  dir: string,
  limits: ExtractLimits,
): Promise<Extracted> {
  const entries = await listTree(git, tree, limits.maxFiles);
  const folders = new Set<string>();
  for (const { path, mode } of entries) {
    const name = path.toString('latin1');
    const end = mode === SUBMODULE ? name.length : name.lastIndexOf('/');
    if (end > 0) folders.add(name.slice(0, end));
  }
  await mkdir(dir, { recursive: true });
  const root = Buffer.from(`${dir}/`);
  for (const folder of folders) {
    await mkdir(Buffer.concat([root, Buffer.from(folder, 'latin1')]), { recursive: true });
  }
  const blobs = entries.filter(({ mode }) => mode !== SUBMODULE);
  const links: { entry: Entry; target: Buffer }[] = [];
  let bytes = 0;
  const stream = streamGit(
    { ...git.options, limits: { ...git.options.limits, timeoutMs: 600_000 } },
    ['cat-file', '--batch'],
  );
  try {
    void ask(stream.stdin, blobs);
    let at = 0;
    for await (const data of readObjects(stream.stdout, limits.maxBytes)) {
      const entry = blobs[at++];
      if (!entry) break;
      bytes += data.length;
      if (bytes > limits.maxBytes) throw tooLarge(`more than ${limits.maxBytes} bytes`);
      if (entry.mode === LINK) links.push({ entry, target: data });
      else writeNew(Buffer.concat([root, entry.path]), data, entry.mode === '100755');
    }
    if (at < blobs.length) throw new UpstreamError('git cat-file ended before the last file');
  } finally {
    stream.kill();
    await stream.done.catch(() => {});
  }
  let linksOut = 0;
  for (const { entry, target } of links) {
    if (!(await writeLink(dir, entry, target))) linksOut++;
  }
  return { files: blobs.length, linksOut };
}

async function listTree(git: Git, tree: string, maxFiles: number): Promise<Entry[]> {
  const stream = streamGit(git.options, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  stream.stdin.end();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream.stdout as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_LISTING) {
      stream.kill();
      throw tooLarge('a listing beyond 512 MiB');
    }
    chunks.push(chunk);
  }
  const listing = ok('ls-tree', { stdout: Buffer.concat(chunks), ...(await stream.done) });
  const entries: Entry[] = [];
  for (let at = 0; at < listing.length; ) {
    const tab = listing.indexOf(9, at);
    const end = listing.indexOf(0, at);
    if (tab < 0 || end < 0) break;
    const [mode = '', , oid = ''] = listing.toString('latin1', at, tab).split(' ');
    const path = listing.subarray(tab + 1, end);
    if (!isSafePath(path.toString('utf8'))) {
      throw new InputError('the tree holds a path that cannot be written safely', {
        where: JSON.stringify(path.toString('utf8').slice(0, 200)),
        hint: 'Look at the repository: git refuses such paths as well',
      });
    }
    entries.push({ mode, oid, path });
    if (entries.length > maxFiles) throw tooLarge(`more than ${maxFiles} files`);
    at = end + 1;
  }
  return entries;
}

function tooLarge(what: string): InputError {
  return new InputError(`the repository is too large to be proven on: ${what}`, {
    hint: 'Raise fix.commands.maxFiles or fix.commands.maxMegabytes',
  });
}

/** Asks for blobs, no faster than they are read. */
async function ask(stdin: Writable, blobs: readonly Entry[]): Promise<void> {
  for (let at = 0; at < blobs.length; at += 1000) {
    const part = blobs.slice(at, at + 1000).map(({ oid }) => `${oid}\n`);
    // A pipe that breaks ends the reading as well, and that says why.
    if (!stdin.write(part.join(''))) await once(stdin, 'drain').catch(() => stdin.destroy());
    if (stdin.destroyed) return;
  }
  stdin.end();
}

/** Fails where anything is already, so that nothing is ever written through a link. */
function writeNew(path: Buffer | string, data: Buffer, isProgram: boolean): void {
  writeFileSync(path, data, { flag: 'wx', mode: isProgram ? 0o755 : 0o644 });
}

/** @returns false when the link would lead out of the folder and became a plain file */
async function writeLink(dir: string, entry: Entry, target: Buffer): Promise<boolean> {
  const path = entry.path.toString('utf8');
  const text = target.toString('utf8');
  const parents = path.split('/').slice(0, -1);
  const isInFolder = parents.every((_, depth) =>
    lstatSync(join(dir, ...parents.slice(0, depth + 1))).isDirectory(),
  );
  if (!isInFolder) return false;
  if (linkStaysInside(path, text)) {
    await symlink(target, Buffer.concat([Buffer.from(`${dir}/`), entry.path]));
    return true;
  }
  writeNew(join(dir, path), target, false);
  return false;
}
