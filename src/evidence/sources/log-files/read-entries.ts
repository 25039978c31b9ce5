import type { LogEntry } from '#src/evidence/sources/log-files/keep-entries.ts';
import { accessOfText } from '#src/logs/records/access.ts';
import { type AssembledRecord, RecordAssembler } from '#src/logs/records/assemble.ts';
import type { LineParser } from '#src/logs/records/parse-line.ts';

/** A record, with the level that its wrapper names where the text has lost it. */
export type ReadEntry = Omit<LogEntry, 'labels' | 'rank'> & { level: string | null };

export type EntryReaderOptions = {
  /** Milliseconds since the epoch. */
  since: number;
  until: number;
  /** The first lines may be the rest of a record that began before. */
  isFromMiddle: boolean;
  /** When the lines were written at the latest, where none names a time. */
  undatedAt: number;
  /** Told when no line named a time, with how many were kept. */
  onUndated(kept: number): void;
  take(entry: ReadEntry): void;
};

/** Makes records of the lines of one file. */
export type EntryReader = {
  line(bytes: Buffer, start: number, end: number, dropped: number): void;
  end(): void;
  /** The earliest time that was seen, also before `since`; milliseconds since the epoch. */
  earliest(): number | null;
};

/** Characters of a record that are kept. */
const MOST_CHARS = 32 * 1024;
/** Records of a file without any time that are kept. */
const MOST_UNDATED = 1000;

/**
 * Lines are put together to records and given out in the order of the file, when they are of the
 * span. A record without a time is of the time of the one before it.
 */
export function createEntryReader(parse: LineParser, options: EntryReaderOptions): EntryReader {
  let number = 0;
  let last: number | null = null;
  let earliest: number | null = null;
  let skipsRest = options.isFromMiddle;
  let undated: ReadEntry[] = [];
  const unwrapped = new Set<number>();
  const longer = new Map<number, number>();

  const give = (record: AssembledRecord): void => {
    const text = textOf(record, longer);
    const isError = isErrorRecord(record);
    // What a wrapper said of the level is not in the text any more.
    const level = unwrapped.delete(record.lineNumber) ? record.level : null;
    if (record.at !== null) {
      last = record.at;
      if (earliest === null || record.at < earliest) earliest = record.at;
    }
    if (last === null) {
      undated.push({ at: options.undatedAt, text, isError, level });
      if (undated.length > 2 * MOST_UNDATED) undated = undated.slice(-MOST_UNDATED);
      return;
    }
    if (last >= options.since && last < options.until) {
      options.take({ at: last, text, isError, level });
    }
  };
  const assembler = new RecordAssembler(parse, give);

  return {
    line: (bytes, start, end, dropped) => {
      number++;
      const line = bytes.toString('utf8', start, end);
      if (line === '' && !assembler.isJoining()) return;
      const parsed = parse(line);
      if (skipsRest && parsed.kind === 'more') return;
      skipsRest = false;
      if (parsed.kind === 'start' && parsed.text !== line) unwrapped.add(number);
      if (dropped > 0) longer.set(number, dropped);
      assembler.pushParsed(parsed, number);
    },
    end: () => {
      assembler.flush();
      const isOfSpan = options.undatedAt >= options.since && options.undatedAt < options.until;
      // Lines before the first dated one are the end of what was there before.
      if (last !== null || undated.length === 0 || !isOfSpan) return;
      const kept = undated.slice(-MOST_UNDATED);
      kept.forEach(options.take);
      options.onUndated(kept.length);
    },
    earliest: () => earliest,
  };
}

function textOf(record: AssembledRecord, longer: Map<number, number>): string {
  const text = record.text.replaceAll('\0', '');
  const dropped = longer.get(record.lineNumber) ?? 0;
  longer.delete(record.lineNumber);
  const over = Math.max(0, text.length - MOST_CHARS);
  if (over + dropped === 0) return text;
  return `${text.slice(0, MOST_CHARS)} … ${over + dropped} more characters`;
}

function isErrorRecord(record: AssembledRecord): boolean {
  if (record.level === 'error' || record.level === 'fatal') return true;
  // An access log has no levels: a 5xx answer is its error.
  return / 5\d\d\b/.test(record.message) && (accessOfText(record.message)?.status ?? 0) >= 500;
}
