import type { FileHandle } from 'node:fs/promises';

/** Bytes looked at for a dated line. */
const PROBE = 256 * 1024;
/** Bytes read at one go; the newest are read first. */
const SEGMENT = 8 * 1024 * 1024;
const NEWLINE = 10;

type TimeOf = (line: string) => number | null;
/** Bytes from `from` up to `to`; both at beginnings of records, as far as lines bear times. */
export type Segment = { from: number; to: number };

/**
 * Where to begin to read so that everything from `since` on is seen: steps backward from the end,
 * each twice as long as the one before, until a line is older. Lines must be about in order of time.
 * @param most bytes before the end that are looked at
 * @param timeOf the time of a line in milliseconds since the epoch, or null
 * @returns offset of the beginning of a line; `isCut` when the time was not reached
 */
export async function findTailStart(
  file: FileHandle,
  size: number,
  since: number,
  most: number,
  timeOf: TimeOf,
): Promise<{ offset: number; isCut: boolean }> {
  const oldest = Math.max(0, size - most);
  for (let back = PROBE; size - back > oldest; back *= 2) {
    const found = await datedLine(file, size - back, timeOf);
    if (found && found.at < since) return { offset: found.offset, isCut: false };
  }
  if (oldest === 0) return { offset: 0, isCut: false };
  return { offset: await recordStart(file, oldest, size, timeOf), isCut: true };
}

/** The parts of a file from `start` to its end, newest first. */
export async function* segmentsBackward(
  file: FileHandle,
  start: number,
  size: number,
  timeOf: TimeOf,
): AsyncGenerator<Segment> {
  for (let to = size; to > start; ) {
    const wanted = to - SEGMENT;
    const near = wanted <= start ? start : await recordStart(file, wanted, to, timeOf);
    // A line longer than a segment has no beginning in it.
    const from = near >= to ? start : near;
    yield { from, to };
    to = from;
  }
}

async function recordStart(
  file: FileHandle,
  from: number,
  limit: number,
  timeOf: TimeOf,
): Promise<number> {
  return (await datedLine(file, from, timeOf))?.offset ?? (await nextLine(file, from, limit));
}

/** The first dated line that begins behind `from`, within some reach. */
async function datedLine(
  file: FileHandle,
  from: number,
  timeOf: TimeOf,
): Promise<{ at: number; offset: number } | null> {
  const block = await readBlock(file, from, PROBE);
  let start = block.indexOf(NEWLINE) + 1;
  if (start === 0) return null;
  let end = block.indexOf(NEWLINE, start);
  while (end >= 0) {
    const at = timeOf(block.toString('utf8', start, Math.min(end, start + 4096)));
    if (at !== null) return { at, offset: from + start };
    start = end + 1;
    end = block.indexOf(NEWLINE, start);
  }
  return null;
}

/** Where the line behind the next line break begins, or `limit`. */
async function nextLine(file: FileHandle, from: number, limit: number): Promise<number> {
  for (let at = from; at < limit; at += PROBE) {
    const block = await readBlock(file, at, Math.min(PROBE, limit - at));
    const found = block.indexOf(NEWLINE);
    if (found >= 0) return at + found + 1;
    if (block.length === 0) break;
  }
  return limit;
}

/** Up to `length` bytes from `at` on; fewer at the end of the file. */
export async function readBlock(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(block, filled, length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return block.subarray(0, filled);
}
