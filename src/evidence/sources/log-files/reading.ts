import { formatTime } from '#src/domain/time.ts';
import type { LogFormat } from '#src/evidence/sources/log-files/log-format.ts';
import {
  createEntryReader,
  type EntryReader,
  type ReadEntry,
} from '#src/evidence/sources/log-files/read-entries.ts';
import type { LogFile } from '#src/logs/reading/rotated.ts';

export type ReadLogOptions = {
  /** Records of this span are wanted; milliseconds since the epoch. */
  since: number;
  until: number;
  maxBytes: number;
  timeZone: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  signal: AbortSignal;
};

/** A log that was read, and what was in the way. */
export type LogReading = {
  problems: string[];
  foundZone: string | null;
  /** Counts the parts that were read; later ones are older. */
  turn: number;
};

/** Takes a record of a file. */
export type Take = (entry: ReadEntry) => void;

/** A reader for (a part of) a file, or null for one that holds no text. */
export function startReading(
  format: LogFormat,
  file: LogFile,
  options: ReadLogOptions,
  reading: LogReading,
  isFromMiddle: boolean,
  take: Take,
): EntryReader | null {
  if (format.isBinary) {
    reading.problems.push('is binary');
    return null;
  }
  reading.foundZone ??= format.foundZone;
  return createEntryReader(format.parser(), {
    since: options.since,
    until: options.until,
    isFromMiddle,
    undatedAt: file.modifiedAt,
    onUndated: (kept) =>
      reading.problems.push(
        `its lines name no time; the last ${kept} are taken as of ${formatTime(Math.round(file.modifiedAt))}, when it was last written`,
      ),
    take,
  });
}

/** Bytes in whole megabytes, for people. */
export function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1024 / 1024))} MB`;
}
