import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogPosition, UnreadPart } from '#src/intake/watch/contract.ts';

export type Unread = {
  parts: UnreadPart[];
  position: LogPosition;
  /** Bytes that were passed over because there was too much. */
  skipped: number;
};

const NEWLINE = 10;
const BLOCK = 64 * 1024;
const HEAD_BYTES = 1024;
/** Read of one file in one look at the most. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A line that is longer is not waited for. */
const MOST_LINE = 256 * 1024;
const MOST_SIBLINGS = 2000;

/**
 * What has come to a log since the last look, also through rotation (another file under the name:
 * what was left of the old one is read where it is found beside) and truncation. A line that is not
 * ended yet is left for the next look.
 * @param known null at the first look, which begins `tail` lines before the end
 * @throws Error when the file cannot be read
 */
export async function findUnread(
  path: string,
  known: LogPosition | null,
  tail: number,
): Promise<Unread> {
  const file = await open(path, 'r');
  try {
    const { ino: inode, dev: device, size } = await file.stat();
    const isSame = known !== null && (await isFileOf(file, size, inode, device, known));
    const parts: UnreadPart[] = [];
    let from = 0;
    if (known === null) from = await tailStart(file, size, tail);
    else if (isSame) from = known.offset;
    else {
      const rest = await restOfRotated(path, known);
      if (rest) parts.push(rest);
    }
    const to = await lastLineEnd(file, from, size);
    const start = to - from > MOST_BYTES ? await lineStart(file, to - MOST_BYTES, to) : from;
    if (to > start) parts.push({ path, from: start, to, isFromMiddle: start > 0 });
    return {
      parts,
      position: {
        path,
        device,
        inode,
        offset: to,
        head: await headOf(file, Math.min(size, HEAD_BYTES)),
      },
      skipped: start - from,
    };
  } finally {
    await file.close();
  }
}

async function isFileOf(
  file: FileHandle,
  size: number,
  inode: number,
  device: number,
  known: LogPosition,
): Promise<boolean> {
  if (inode !== known.inode || device !== known.device || size < known.offset) return false;
  const length = Number(known.head.split(':', 1)[0]);
  return (await headOf(file, length)) === known.head;
}

async function headOf(file: FileHandle, length: number): Promise<string> {
  const bytes = await readAt(file, 0, length);
  return `${length}:${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}

/** The unread end of the file that had the name before, where it lies beside under another name. */
async function restOfRotated(path: string, known: LogPosition): Promise<UnreadPart | null> {
  const folder = dirname(path);
  const stem = basename(path).replace(/\.[^.]{1,10}$/, '');
  const names = await readdir(folder).catch(() => [] as string[]);
  const siblings = names.filter((name) => name.startsWith(stem) && name !== basename(path));
  for (const name of siblings.sort().slice(0, MOST_SIBLINGS)) {
    const candidate = join(folder, name);
    const found = await stat(candidate).catch(() => null);
    if (found?.ino !== known.inode || found.dev !== known.device) continue;
    const rest = await restOf(candidate, known);
    if (rest) return rest;
  }
  return null;
}

async function restOf(path: string, known: LogPosition): Promise<UnreadPart | null> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    if (!(await isFileOf(file, size, known.inode, known.device, known))) return null;
    if (size <= known.offset) return null;
    const isMuch = size - known.offset > MOST_BYTES;
    const from = isMuch ? await lineStart(file, size - MOST_BYTES, size) : known.offset;
    return { path, from, to: size, isFromMiddle: from > 0 };
  } finally {
    await file.close();
  }
}

/** The offset at which the last `lines` lines begin. */
async function tailStart(file: FileHandle, size: number, lines: number): Promise<number> {
  if (lines === 0) return size;
  let left = lines + 1;
  for (let end = size; end > 0 && size - end < MOST_BYTES; ) {
    const start = Math.max(0, end - BLOCK);
    const block = await readAt(file, start, end - start);
    for (let at = block.length - 1; at >= 0; at--) {
      if (block[at] !== NEWLINE) continue;
      if (--left === 0) return start + at + 1;
    }
    end = start;
  }
  return size > MOST_BYTES ? lineStart(file, size - MOST_BYTES, size) : 0;
}

/** The end of the last whole line between two offsets; `from` when there is none. */
async function lastLineEnd(file: FileHandle, from: number, size: number): Promise<number> {
  for (let end = size; end > from; ) {
    const start = Math.max(from, end - BLOCK);
    const found = (await readAt(file, start, end - start)).lastIndexOf(NEWLINE);
    if (found >= 0) return start + found + 1;
    if (size - start > MOST_LINE) return size;
    end = start;
  }
  return from;
}

/** The first beginning of a line at or behind `from`. */
async function lineStart(file: FileHandle, from: number, limit: number): Promise<number> {
  if (from === 0) return 0;
  // The byte before tells whether a line begins right here.
  for (let at = from - 1; at < limit; at += BLOCK) {
    const found = (await readAt(file, at, Math.min(BLOCK, limit - at))).indexOf(NEWLINE);
    if (found >= 0) return at + found + 1;
  }
  return limit;
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const block = Buffer.alloc(length);
  const { bytesRead } = await file.read(block, 0, length, at);
  return block.subarray(0, bytesRead);
}
