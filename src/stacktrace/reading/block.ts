import type {
  Anchor,
  EarlierLine,
  ParsedTrace,
  Reading,
  StackTraceParser,
  TraceReader,
} from '#src/stacktrace/contract.ts';
import { type LinePrefix, linePrefix, looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';

/** A line of a stream with where and when it stood. */
export type StreamLine = {
  text: string;
  /** Milliseconds since the epoch, when known. */
  at: number | null;
  /** Number of the log record that holds the line. */
  record: number;
};

/** Lines of other records that may stand between two lines of a trace before it counts as over. */
const MAX_GAP = 64;
/** Characters that one trace may take up. */
const MAX_CHARS = 512 * 1024;

/** Lines looked at for the width of the separator, and its usual limit. */
const NEAR = 12;
const MAX_SEPARATOR = 2;

/** A trace that is being read from a stream in which other lines may stand between its own. */
export class Block {
  readonly at: number | null;
  readonly #reader: TraceReader;
  readonly #prefix: LinePrefix;
  /** Whether the lines after the first carry the prefix too; unknown until one was read. */
  #mode: 'prefixed' | 'bare' | null = null;
  #gap = 0;
  #lastRecord: number;
  #chars = 0;

  constructor(
    parser: StackTraceParser,
    anchor: Anchor,
    line: StreamLine,
    before: readonly StreamLine[],
  ) {
    this.#prefix = prefixOf(anchor, line.text, before);
    this.#reader = parser.open(before.map((each) => this.#earlier(each)));
    this.at = line.at;
    this.#lastRecord = line.record;
    this.#take(
      line,
      this.#reader.read(
        line.text.slice(anchor.isHead ? anchor.column : this.#contentAt(line.text)),
        false,
      ),
    );
  }

  #contentAt(text: string): number {
    return Math.max(0, this.#prefix.strip(text));
  }

  #earlier(line: StreamLine): EarlierLine {
    const column = this.#prefix.strip(line.text);
    const text = line.text.slice(column < 0 ? this.#prefix.stripFront(line.text) : column);
    return { text, isRecord: column < 0 || looksLikeRecord(text) };
  }

  /** Offers the next line of the stream. `done` means that the trace ended before it. */
  read(line: StreamLine): Reading {
    const reading = this.#reading(line);
    if (reading !== 'done') this.#take(line, reading);
    if (reading === 'foreign' && this.#gap > MAX_GAP) return 'done';
    return reading;
  }

  #reading(line: StreamLine): Reading {
    const sameRecord = line.record === this.#lastRecord;
    const column = this.#prefix.strip(line.text);
    if (this.#prefix.text === '') return this.#reader.read(line.text, sameRecord);
    if (column >= 0) {
      // When the first line alone carries the prefix, a further one begins another record.
      if (this.#mode === 'bare') return 'foreign';
      const reading = this.#reader.read(line.text.slice(column), sameRecord);
      if (reading === 'taken') this.#mode = 'prefixed';
      return reading;
    }
    if (this.#mode === 'prefixed') return 'foreign';
    const front = this.#prefix.stripFront(line.text);
    const content = front > 0 ? line.text.slice(front) : line.text;
    if (looksLikeRecord(content)) return 'foreign';
    const reading = this.#reader.read(content, sameRecord);
    if (reading === 'taken') this.#mode = 'bare';
    return reading === 'taken' ? 'taken' : 'foreign';
  }

  #take(line: StreamLine, reading: Reading): void {
    if (reading !== 'taken') {
      this.#gap += 1;
      return;
    }
    this.#gap = 0;
    this.#lastRecord = line.record;
    this.#chars += line.text.length;
  }

  /** Whether a line before the trace carries the same prefix, and so is no head of another one. */
  owns(line: StreamLine): boolean {
    return this.#prefix.strip(line.text) >= 0;
  }

  /** Whether the trace has grown beyond what is kept of one. */
  get isFull(): boolean {
    return this.#chars > MAX_CHARS;
  }

  finish(): ParsedTrace[] {
    return this.#reader.finish();
  }
}

/**
 * The prefix of the log before the first line that was found of a trace. Before a frame it ends where
 * the frame's indentation begins, which the lines before tell: the least indented one has none.
 */
function prefixOf(anchor: Anchor, line: string, before: readonly StreamLine[]): LinePrefix {
  const front = line.slice(0, anchor.column);
  if (anchor.isHead) return linePrefix(front);
  const body = linePrefix(front.trimEnd());
  if (body.text === '') return body;
  let blanks = front.length - body.text.length;
  for (const { text } of before.slice(-NEAR)) {
    const column = body.strip(text);
    const content = column < 0 ? '' : text.slice(column);
    if (content.trim() !== '')
      blanks = Math.min(blanks, content.length - content.trimStart().length);
  }
  return linePrefix(front.slice(0, body.text.length + Math.min(blanks, MAX_SEPARATOR)));
}
