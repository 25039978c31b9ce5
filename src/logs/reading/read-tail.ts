import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '#src/domain/errors.ts';
import { LineSplitter } from './line-splitter.ts';

const NEWLINE = 10;
const BLOCK = 64 * 1024;

/**
 * The lines in the last `bytes` bytes of a file (whole lines only: a line that begins before is left
 * out), in order. An archive has no end to begin from: read it with `readLines`.
 * @throws InputError when the file cannot be opened
 */
export async function readTail(
  path: string,
  options: { bytes: number; maxLines?: number },
): Promise<string[]> {
  return withFile(path, async (file, size) => {
    const from = Math.max(0, size - options.bytes);
    const start = from === 0 ? 0 : await nextLineStart(file, from - 1, size);
    const lines = await linesBetween(file, start, size);
    return options.maxLines === undefined ? lines : lines.slice(-options.maxLines);
  });
}

/**
 * The offset of the first line whose time is not before `since`, found by bisection over the file: lines
 * must be about in order of time. Reads a few dozen blocks, whatever the size.
 * @param timeOf the time of a line in epoch milliseconds, or null for lines without one
 */
export async function offsetSince(
  path: string,
  since: number,
  timeOf: (line: string) => number | null,
): Promise<number> {
  return withFile(path, async (file, size) => {
    let low = 0;
    let high = size;
    while (high - low > BLOCK) {
      const middle = low + Math.floor((high - low) / 2);
      const found = await firstTime(file, middle, high, timeOf);
      if (found === null || found.at >= since) high = middle;
      else low = found.offset;
    }
    return low === 0 ? 0 : await nextLineStart(file, low - 1, size);
  });
}

/** The whole lines that begin between two offsets (a line that begins before is left out), in order. */
export async function linesFrom(path: string, from: number, to: number): Promise<string[]> {
  return withFile(path, async (file, size) => {
    const end = Math.min(to, size);
    const start = from === 0 ? 0 : await nextLineStart(file, from - 1, end);
    return linesBetween(file, start, end);
  });
}

/** The time of the first dated line at or behind `from`, and where the line begins. */
async function firstTime(
  file: FileHandle,
  from: number,
  limit: number,
  timeOf: (line: string) => number | null,
): Promise<{ at: number; offset: number } | null> {
  let offset = await nextLineStart(file, from, limit);
  while (offset < limit) {
    const block = await readBlock(file, offset, Math.min(BLOCK, limit - offset));
    if (block.length === 0) return null;
    let start = 0;
    let end = block.indexOf(NEWLINE);
    while (end >= 0) {
      const at = timeOf(block.toString('utf8', start, end));
      if (at !== null) return { at, offset: offset + start };
      start = end + 1;
      end = block.indexOf(NEWLINE, start);
    }
    offset = start > 0 ? offset + start : await nextLineStart(file, offset + block.length, limit);
  }
  return null;
}

/** The offset behind the first line break at or behind `from`. */
async function nextLineStart(file: FileHandle, from: number, limit: number): Promise<number> {
  for (let at = from; at < limit; at += BLOCK) {
    const block = await readBlock(file, at, Math.min(BLOCK, limit - at));
    const found = block.indexOf(NEWLINE);
    if (found >= 0) return at + found + 1;
    if (block.length === 0) break;
  }
  return limit;
}

/** The lines from one offset to another, the last one perhaps cut. */
async function linesBetween(file: FileHandle, from: number, to: number): Promise<string[]> {
  const lines: string[] = [];
  const splitter = new LineSplitter((bytes, start, end) =>
    lines.push(bytes.toString('utf8', start, end)),
  );
  for (let at = from; at < to; ) {
    const block = await readBlock(file, at, Math.min(1 << 20, to - at));
    if (block.length === 0) break;
    splitter.push(block);
    at += block.length;
  }
  splitter.end();
  return lines;
}

async function readBlock(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(block, 0, length, at);
  return block.subarray(0, bytesRead);
}

async function withFile<T>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw new InputError('the log cannot be read', {
      where: path,
      hint: 'Check that it exists and that you may read it.',
      cause,
    });
  }
  try {
    const { size } = await file.stat();
    return await use(file, size);
  } finally {
    await file.close();
  }
}
