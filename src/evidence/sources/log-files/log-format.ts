import type { FileHandle } from 'node:fs/promises';
import { readBlock } from '#src/evidence/sources/log-files/tail-segments.ts';
import { learnLayout } from '#src/logs/records/layout.ts';
import { createLineParser, type LineParser, unwrapLine } from '#src/logs/records/parse-line.ts';

const SAMPLE_BYTES = 64 * 1024;
const SAMPLE_LINES = 400;
/** A file that was written to so lately is taken as one that is being written. Milliseconds. */
const LIVE_MS = 5 * 60_000;
const HALF_HOUR = 30 * 60_000;
const HOUR = 60 * 60_000;
const MOST_OFFSET = 14 * HOUR;
/** The zones off by half an hour, in hours (IANA tz database). */
const HALF_HOUR_ZONES = new Set([-9.5, -3.5, 3.5, 4.5, 5.5, 6.5, 9.5, 10.5]);
/** How far the last line may lie from the file's last change, zones aside. Milliseconds. */
const SLACK_MS = 45_000;

/** What a look at the ends of a file tells. */
export type LogFormat = {
  /** A parser for this file's lines; each call makes a fresh one. */
  parser(): LineParser;
  isBinary: boolean;
  /** The zone that was found where the registry names none and the lines neither, or null. */
  foundZone: string | null;
};

export type FormatOptions = {
  /** IANA zone of the registry. */
  timeZone: string | undefined;
  /** When the file was last written, milliseconds since the epoch. */
  modifiedAt: number;
  /** Milliseconds since the epoch. */
  now: number;
};

/** Learns how the lines of a file are written from its beginning and its end. */
export async function learnFormat(
  file: FileHandle,
  size: number,
  options: FormatOptions,
): Promise<LogFormat> {
  const head = await readBlock(file, 0, Math.min(size, SAMPLE_BYTES));
  const tail = await readBlock(
    file,
    Math.max(0, size - SAMPLE_BYTES),
    Math.min(size, SAMPLE_BYTES),
  );
  return formatOf(head, tail, options);
}

/** {@link learnFormat} of samples that are at hand; the tail may be empty. */
export function formatOf(head: Buffer, tail: Buffer, options: FormatOptions): LogFormat {
  const lines = [...linesOf(head, false), ...linesOf(tail, true)];
  const layout = learnLayout(lines.map(unwrapLine));
  const reference = options.modifiedAt;
  const parserIn = (timeZone: string | undefined): LineParser =>
    createLineParser(layout, { timeZone, reference });
  const foundZone = options.timeZone === undefined ? zoneByClock(lines, parserIn, options) : null;
  const timeZone = options.timeZone ?? foundZone ?? undefined;
  return {
    parser: () => parserIn(timeZone),
    isBinary: isBinary(tail.length > 0 ? tail : head),
    foundZone,
  };
}

function linesOf(bytes: Buffer, fromMiddle: boolean): string[] {
  const lines = bytes.toString('utf8').split(/\r?\n/);
  if (fromMiddle) lines.shift();
  else lines.pop();
  const some = fromMiddle ? lines.slice(-SAMPLE_LINES) : lines.slice(0, SAMPLE_LINES);
  return some.map((line) => line.slice(0, 4096));
}

/** More than a few bytes that no text holds. */
function isBinary(bytes: Buffer): boolean {
  let odd = 0;
  for (const byte of bytes) {
    if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) odd++;
  }
  return odd > bytes.length * 0.1;
}

/**
 * A file that is being written ends with the time of its last change: where its last line is off
 * by whole half hours, the writer's clock shows another zone than UTC.
 */
function zoneByClock(
  lines: readonly string[],
  parserIn: (timeZone: string) => LineParser,
  { modifiedAt, now }: FormatOptions,
): string | null {
  if (Math.abs(now - modifiedAt) > LIVE_MS) return null;
  const parse = parserIn('UTC');
  for (const line of lines.toReversed().slice(0, 50)) {
    const { at, written } = parse(line);
    if (at === null || !written) continue;
    if (written.time.zone !== null || !written.time.hasDate) return null;
    const ahead = at - modifiedAt;
    const offset = Math.round(ahead / HALF_HOUR) * HALF_HOUR;
    const isZone = Math.abs(ahead - offset) <= SLACK_MS && Math.abs(offset) <= MOST_OFFSET;
    return isZone && isUsualOffset(offset) ? zoneName(offset) : null;
  }
  return null;
}

function isUsualOffset(offset: number): boolean {
  const hours = offset / HOUR;
  return (Number.isInteger(hours) && hours !== 0) || HALF_HOUR_ZONES.has(hours);
}

function zoneName(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
