import type { FileHandle } from 'node:fs/promises';
import { type LogFormat, learnFormat } from '#src/evidence/sources/log-files/log-format.ts';
import type { EntryReader } from '#src/evidence/sources/log-files/read-entries.ts';
import {
  type LogReading,
  megabytes,
  type ReadLogOptions,
  startReading,
  type Take,
} from '#src/evidence/sources/log-files/reading.ts';
import {
  findTailStart,
  readBlock,
  type Segment,
  segmentsBackward,
} from '#src/evidence/sources/log-files/tail-segments.ts';
import { LineSplitter } from '#src/logs/reading/line-splitter.ts';
import type { LogFile } from '#src/logs/reading/rotated.ts';

const BLOCK = 1024 * 1024;

/**
 * Reads a plain file from its end back to `since`, in parts of which the newest comes first.
 * @returns the earliest time that was seen, or null
 */
export async function readTail(
  handle: FileHandle,
  size: number,
  file: LogFile,
  options: ReadLogOptions,
  reading: LogReading,
  take: Take,
): Promise<number | null> {
  const format = await learnFormat(handle, size, { ...options, modifiedAt: file.modifiedAt });
  const timeOf = clockOf(format);
  const start = await findTailStart(handle, size, options.since, options.maxBytes, timeOf);
  let earliest: number | null = null;
  for await (const segment of segmentsBackward(handle, start.offset, size, timeOf)) {
    const reader = startReading(format, file, options, reading, segment.from > 0, take);
    if (!reader) return null;
    await readSegment(handle, segment, reader, options.signal);
    const reached = reader.earliest();
    if (reached !== null) earliest = Math.min(reached, earliest ?? reached);
    if (options.signal.aborted) {
      reading.problems.push('not read to its beginning within the deadline');
      return earliest;
    }
    // Without times there is nothing to tell what is of the span; the end of the file is enough.
    if (reached === null) break;
    reading.turn++;
  }
  if (start.isCut && (earliest ?? options.since) >= options.since) {
    reading.problems.push(`only its last ${megabytes(options.maxBytes)} were read`);
  }
  return earliest;
}

async function readSegment(
  handle: FileHandle,
  { from, to }: Segment,
  reader: EntryReader,
  signal: AbortSignal,
): Promise<void> {
  const splitter = new LineSplitter(reader.line);
  for (let at = from; at < to && !signal.aborted; ) {
    const block = await readBlock(handle, at, Math.min(BLOCK, to - at));
    if (block.length === 0) break;
    splitter.push(block);
    at += block.length;
  }
  splitter.end();
  reader.end();
}

function clockOf(format: LogFormat): (line: string) => number | null {
  const parse = format.parser();
  return (line) => parse(line).at;
}
