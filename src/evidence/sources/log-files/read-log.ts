import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { readArchive } from '#src/evidence/sources/log-files/read-archive.ts';
import type { ReadEntry } from '#src/evidence/sources/log-files/read-entries.ts';
import { readTail } from '#src/evidence/sources/log-files/read-tail.ts';
import type { LogReading, ReadLogOptions, Take } from '#src/evidence/sources/log-files/reading.ts';
import { readBlock } from '#src/evidence/sources/log-files/tail-segments.ts';
import { type LogFile, rotatedFiles } from '#src/logs/reading/rotated.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';

/** Of a rotated log this many files are looked at. */
const MOST_FILES = 24;

/**
 * Reads a log and its rotated forerunners, newest first, until `since` is reached.
 * Whatever is in the way is told in `problems`; this never throws for a file.
 * @param take gets each record with its file and turn: of two turns the later one is the older one
 */
export async function readLog(
  path: string,
  options: ReadLogOptions,
  take: (entry: ReadEntry, file: LogFile, turn: number) => void,
): Promise<LogReading> {
  const reading: LogReading = { problems: [], foundZone: null, turn: 0 };
  const refused = await refusalOf(path);
  if (refused?.isFinal) return { ...reading, problems: [refused.why] };
  const files = (await rotatedFiles(path)).reverse().slice(0, MOST_FILES);
  if (refused && files.length === 0) return { ...reading, problems: [refused.why] };
  for (const file of files) {
    if (options.signal.aborted) {
      reading.problems.push('not read to its beginning within the deadline');
      break;
    }
    // A file that was last written before the span holds nothing of it, nor does an older one.
    if (file.modifiedAt < options.since) break;
    const earliest = await readFile(file, options, reading, (entry) =>
      take(entry, file, reading.turn),
    );
    reading.turn++;
    if (earliest !== null && earliest < options.since) break;
  }
  return reading;
}

async function refusalOf(path: string): Promise<{ why: string; isFinal: boolean } | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { why: 'is a folder, not a file', isFinal: true };
    // A pipe or a device would never end.
    return found.isFile() ? null : { why: 'is no regular file', isFinal: true };
  } catch (error) {
    // Its rotated forerunners may still be there.
    return { why: reasonOfFs(error), isFinal: false };
  }
}

/** @returns the earliest time seen in the file, or null */
async function readFile(
  file: LogFile,
  options: ReadLogOptions,
  reading: LogReading,
  take: Take,
): Promise<number | null> {
  let handle: FileHandle;
  try {
    // Without waiting, should it have become a pipe since it was looked at.
    handle = await open(file.path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    reading.problems.push(reasonOfFs(error));
    return null;
  }
  try {
    const { size } = await handle.stat();
    if (size === 0) return null;
    const head = await readBlock(handle, 0, 4);
    return isPlain(head)
      ? await readTail(handle, size, file, options, reading, take)
      : await readArchive(file, options, reading, take);
  } catch (error) {
    reading.problems.push(`cannot be read on (${reasonOfFs(error)})`);
    return null;
  } finally {
    await handle.close();
  }
}

/** Neither gzip nor zstd nor UTF-16: can be read from any place on. */
function isPlain(head: Buffer): boolean {
  return !['1f8b', '28b52ffd', 'fffe', 'feff'].some((mark) =>
    head.toString('hex').startsWith(mark),
  );
}
