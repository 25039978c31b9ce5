import { type AssembledRecord, RecordAssembler } from '#src/logs/records/assemble.ts';
import { createLineParser, type LineParser } from '#src/logs/records/parse-line.ts';
import type { ParsedLine } from '#src/logs/records/parsed-line.ts';
import { createTimePlacer, type TimePlacer } from '#src/logs/records/time/place-time.ts';
import { LineShape } from './line-shape.ts';
import { levelIndex, newCounts, note, type PatternCounts } from './pattern-stats.ts';
import type { ScanOptions } from './scan-options.ts';
import type { ScanTally } from './scan-tally.ts';
import { ShapeTable } from './shape-table.ts';
import { locateTime, type TimeLocator, timeAt } from './time-locator.ts';

/** What lines of one shape have in common. */
type Entry = {
  kind: 'start' | 'more';
  pattern: number;
  level: number;
  service: string | null;
  /** The state of its stream. */
  current: Current;
  time: TimeLocator | null;
  /** A trace may be inside the line itself. */
  holdsTrace: boolean;
};

/** The record that a stream is in. */
type Current = {
  stream: string;
  pattern: number;
  bytes: Buffer;
  start: number;
  end: number;
  at: number | null;
  service: string | null;
  more: string[];
  chars: number;
};

const NO_BYTES = Buffer.alloc(0);
const MAX_SHAPES = 100_000;
const SHAPE_REACH = 4096;
const TEXT_REACH = 32 * 1024;
const MAX_TRACE_CHARS = 128 * 1024;
const INSIDE_TRACE = /\\n|\n/;
const TRACE_WORDS =
  /\bat |File \\?"|panic|goroutine|Traceback|Exception|Error\b|\.(?:java|kt|go|rb|py|js|ts|php|rs|cs):\d/;

/**
 * Reads a log line by line and mines its templates. A line's shape decides how it is read: the first
 * line of a shape is parsed, all others are only hashed and their time is read.
 */
export class LogScanner {
  /** What is found, perhaps together with other logs. */
  readonly #tally: ScanTally;
  /** Lines of this log. */
  #lines = 0;

  readonly #options: ScanOptions;
  readonly #parse: LineParser;
  readonly #place: TimePlacer;
  readonly #shape = new LineShape();
  readonly #table = new ShapeTable(MAX_SHAPES);
  #entries: Entry[] = [];
  readonly #streams = new Map<string, Current>();
  /** Reads the lines of streams in which something is being put together. */
  readonly #assembler: RecordAssembler;

  constructor(options: ScanOptions, tally: ScanTally) {
    this.#options = options;
    this.#tally = tally;
    this.#parse = createLineParser(options.layout, options.time);
    this.#place = createTimePlacer(options.time);
    this.#assembler = new RecordAssembler(this.#parse, (record) => this.#takeJoined(record));
  }

  /** Takes one line; the bytes must not be written to afterwards. */
  line(bytes: Buffer, start: number, end: number): void {
    this.#lines++;
    this.#tally.lines++;
    const reach = Math.min(end, start + SHAPE_REACH);
    this.#shape.load(bytes, start, reach);
    const { high, low } = this.#shape;
    const known = this.#assembler.isJoining() ? -1 : this.#table.get(high, low);
    if (known >= 0) {
      this.#take(this.#entries[known] as Entry, bytes, start, end);
      return;
    }
    const text = bytes.toString('utf8', start, Math.min(end, start + TEXT_REACH));
    const parsed = this.#parse(text);
    if (
      parsed.kind === 'part' ||
      parsed.kind === 'open' ||
      this.#assembler.isJoining(parsed.stream)
    ) {
      this.#assembler.pushParsed(parsed, this.#lines);
      // What continues a record that has been put together is read here.
      if (!this.#assembler.isJoining()) this.#assembler.flush();
      return;
    }
    const entry = this.#entryOf(parsed, text);
    if (this.#isShared(parsed, entry, bytes, start, reach)) this.#remember(high, low, entry);
    this.#take(entry, bytes, start, end, parsed.at);
  }

  /** Ends the reading of the log. */
  finish(): void {
    this.#assembler.flush();
    for (const current of this.#streams.values()) if (current.more.length > 0) this.#close(current);
    this.#streams.clear();
  }

  #takeJoined(record: AssembledRecord): void {
    const pattern = this.#tally.miner.patternOf(record.message);
    const bytes = Buffer.from(record.text.slice(0, TEXT_REACH));
    const current = this.#currentOf(record.stream);
    if (current.more.length > 0) this.#close(current);
    if (!this.#tally.counts[pattern]) this.#welcome(pattern, record.text.slice(0, 1000));
    this.#count(pattern, record.at, levelIndex(record.level), record.service);
    for (const [first, count] of record.runs) {
      for (let line = first; line < first + count; line++)
        this.#options.onAssigned?.(line - 1, pattern);
    }
    if (TRACE_WORDS.test(record.text))
      this.#offer(record.text, record.at, record.service, record.stream);
    const { at, service } = record;
    Object.assign(current, { pattern, bytes, start: 0, end: bytes.length, at, service });
  }

  #entryOf(parsed: ParsedLine, text: string): Entry {
    return {
      kind: parsed.kind === 'more' ? 'more' : 'start',
      pattern: parsed.kind === 'more' ? -1 : this.#tally.miner.patternOf(parsed.message),
      level: levelIndex(parsed.level),
      service: parsed.service,
      current: this.#currentOf(parsed.stream),
      time: null,
      holdsTrace:
        parsed.kind === 'start' &&
        INSIDE_TRACE.test(text.length > parsed.text.length ? text : parsed.text) &&
        TRACE_WORDS.test(text),
    };
  }

  /** Whether other lines of this shape can be read by this one's entry. */
  #isShared(
    parsed: ParsedLine,
    entry: Entry,
    bytes: Buffer,
    start: number,
    reach: number,
  ): boolean {
    if (/\d/.test(parsed.stream)) return false;
    if (parsed.at === null) return true;
    if (entry.kind === 'more') return true;
    entry.time = locateTime(this.#shape, bytes, start, reach, parsed.at, this.#place);
    return entry.time !== null;
  }

  #remember(high: number, low: number, entry: Entry): void {
    if (this.#table.isFull) {
      this.#table.clear();
      this.#entries = [];
    }
    this.#table.set(high, low, this.#entries.length);
    this.#entries.push(entry);
  }

  /** @param known the line's time where it was parsed */
  #take(entry: Entry, bytes: Buffer, start: number, end: number, known?: number | null): void {
    const { current } = entry;
    if (entry.kind === 'more' && current.pattern >= 0) {
      this.#options.onAssigned?.(this.#lines - 1, current.pattern);
      if (current.chars < MAX_TRACE_CHARS) {
        const text = bytes.toString('utf8', start, Math.min(end, start + TEXT_REACH));
        current.more.push(text);
        current.chars += text.length;
      }
      return;
    }
    if (entry.pattern < 0)
      entry.pattern = this.#tally.miner.patternOf(
        bytes.toString('utf8', start, Math.min(end, start + TEXT_REACH)).trim(),
      );
    if (current.more.length > 0) this.#close(current);
    let at = known ?? null;
    if (known === undefined && entry.time)
      at = timeAt(entry.time, this.#shape, bytes, start, end, this.#place);
    this.#options.onAssigned?.(this.#lines - 1, entry.pattern);
    if (!this.#tally.counts[entry.pattern])
      this.#welcome(entry.pattern, bytes.toString('utf8', start, Math.min(end, start + 1000)));
    this.#count(entry.pattern, at, entry.level, entry.service);
    if (entry.holdsTrace)
      this.#offer(
        bytes.toString('utf8', start, Math.min(end, start + MAX_TRACE_CHARS)),
        at,
        entry.service,
        current.stream,
      );
    current.pattern = entry.pattern;
    current.bytes = bytes;
    current.start = start;
    current.end = end;
    current.at = at;
    current.service = entry.service;
  }

  #currentOf(stream: string): Current {
    let current = this.#streams.get(stream);
    if (!current) {
      current = {
        stream,
        pattern: -1,
        bytes: NO_BYTES,
        start: 0,
        end: 0,
        at: null,
        service: null,
        more: [],
        chars: 0,
      };
      this.#streams.set(stream, current);
    }
    return current;
  }

  #welcome(pattern: number, sample: string): void {
    this.#tally.counts[pattern] = newCounts(sample);
  }

  #count(pattern: number, at: number | null, level: number, service: string | null): void {
    const tally = this.#tally;
    tally.records++;
    if (at !== null) {
      if (tally.first === null || at < tally.first) tally.first = at;
      if (tally.last === null || at > tally.last) tally.last = at;
    }
    const { window, baseline } = this.#options;
    const counts = tally.counts[pattern] as PatternCounts;
    if (at === null && window) tally.undated++;
    if (window && at !== null && (at < window.start || at >= window.end)) {
      if (!baseline || at < baseline.start || at >= baseline.end) return;
      counts.baselineCount++;
      tally.baselineCells.add(pattern, at);
      return;
    }
    counts.count++;
    this.#tally.miner.count(pattern, 1);
    note(counts, at, level, service);
    if (at !== null) tally.cells.add(pattern, at);
  }

  /** A record is whole: offers it where it has several lines. */
  #close(current: Current): void {
    const head = current.bytes.toString(
      'utf8',
      current.start,
      Math.min(current.end, current.start + TEXT_REACH),
    );
    this.#offer(`${head}\n${current.more.join('\n')}`, current.at, current.service, '');
    current.more = [];
    current.chars = 0;
  }

  #offer(text: string, at: number | null, service: string | null, stream: string): void {
    this.#options.onTraceCandidate?.({ text, at, service, stream });
  }
}
