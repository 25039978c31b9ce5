import { formatOf } from '#src/evidence/sources/log-files/log-format.ts';
import type { EntryReader } from '#src/evidence/sources/log-files/read-entries.ts';
import {
  type LogReading,
  megabytes,
  type ReadLogOptions,
  startReading,
  type Take,
} from '#src/evidence/sources/log-files/reading.ts';
import { readBytes } from '#src/logs/reading/byte-source.ts';
import { LineSplitter } from '#src/logs/reading/line-splitter.ts';
import type { LogFile } from '#src/logs/reading/rotated.ts';

/** How many bytes an archive may unpack to, in units of what is read of a plain file. */
const ARCHIVE_FACTOR = 4;
const SAMPLE_BYTES = 64 * 1024;

/** Ends the reading of an archive; never leaves this file. */
class Enough extends Error {}

/**
 * Reads a file that must be read from its beginning on: packed, or in UTF-16.
 * @returns the earliest time that was seen, or null
 */
export async function readArchive(
  file: LogFile,
  options: ReadLogOptions,
  reading: LogReading,
  take: Take,
): Promise<number | null> {
  const most = options.maxBytes * ARCHIVE_FACTOR;
  const opened: { reader: EntryReader; splitter: LineSplitter }[] = [];
  let bytes = 0;
  let isStopped = false;
  const stop = (): never => {
    isStopped = true;
    throw new Enough();
  };
  const open = (chunk: Buffer): LineSplitter => {
    const given = { ...options, modifiedAt: file.modifiedAt };
    const format = formatOf(chunk.subarray(0, SAMPLE_BYTES), Buffer.alloc(0), given);
    const reader = startReading(format, file, options, reading, false, take) ?? stop();
    const splitter = new LineSplitter(reader.line);
    opened.push({ reader, splitter });
    return splitter;
  };
  const outcome = await readBytes({ file: file.path }, (chunk) => {
    (opened[0]?.splitter ?? open(chunk)).push(chunk);
    bytes += chunk.length;
    if (bytes > most || options.signal.aborted) stop();
  });
  const [used] = opened;
  used?.splitter.end();
  used?.reader.end();
  if (bytes > most) {
    reading.problems.push(`only its first ${megabytes(most)} were read`);
  } else if (!isStopped && outcome.damage !== null) {
    reading.problems.push(`is damaged (${outcome.damage})`);
  }
  return used?.reader.earliest() ?? null;
}
