import type { Level } from './level.ts';
import type { LineParser } from './parse-line.ts';
import type { Fields, ParsedLine } from './parsed-line.ts';

/** One record of a log: a line with its wrappers taken off and the lines that continue it. */
export type AssembledRecord = {
  /** Epoch milliseconds, or null. */
  at: number | null;
  level: Level | null;
  /** The first line without its head: what templates are mined from. */
  message: string;
  /** All lines without their wrappers. */
  text: string;
  service: string | null;
  fields: Fields;
  /** Number of the first line, from 1. */
  lineNumber: number;
  lineCount: number;
  /** What kept its lines apart from others written in between. */
  stream: string;
  /** Its lines as runs of line numbers, `[first, how many]`. */
  runs: [number, number][];
};

type Open = { record: AssembledRecord; parts: string[]; chars: number };
/** Lines that are one line or one document and are read when whole. */
type Joined = {
  first: ParsedLine;
  parts: string[];
  chars: number;
  runs: [number, number][];
  kind: 'part' | 'open';
};

const MAX_CHARS = 256 * 1024;
const MAX_LINES = 5000;
const MAX_STREAMS = 1000;

/**
 * Makes records of parsed lines. Streams that are written into one file in turns (containers, pods,
 * standard output and error) are put together apart. Memory is bounded per record and in streams.
 */
export class RecordAssembler {
  readonly #parse: LineParser;
  readonly #emit: (record: AssembledRecord) => void;
  readonly #open = new Map<string, Open>();
  readonly #joined = new Map<string, Joined>();

  /** @param emit takes each record when it is whole; records of different streams may change order */
  constructor(parse: LineParser, emit: (record: AssembledRecord) => void) {
    this.#parse = parse;
    this.#emit = emit;
  }

  push(line: string, lineNumber: number): void {
    this.pushParsed(this.#parse(line), lineNumber);
  }

  pushParsed(parsed: ParsedLine, lineNumber: number): void {
    const joined = this.#joined.get(parsed.stream);
    if (joined) {
      this.#join(joined, parsed, lineNumber);
      return;
    }
    if (parsed.kind === 'part' || parsed.kind === 'open') {
      this.#joined.set(parsed.stream, {
        first: parsed,
        parts: [parsed.text],
        chars: parsed.text.length,
        runs: [[lineNumber, 1]],
        kind: parsed.kind,
      });
      return;
    }
    const open = this.#open.get(parsed.stream);
    if (parsed.kind === 'more' && open) this.#extend(open, parsed.text, [[lineNumber, 1]]);
    else this.#begin(parsed, [[lineNumber, 1]]);
  }

  /** Whether a line or document is being put together, in a stream or in any. */
  isJoining(stream?: string): boolean {
    return stream === undefined ? this.#joined.size > 0 : this.#joined.has(stream);
  }

  /** Gives what is still open. */
  flush(): void {
    for (const joined of [...this.#joined.values()]) this.#finishJoined(joined);
    for (const stream of [...this.#open.keys()]) this.#close(stream);
  }

  #join(joined: Joined, parsed: ParsedLine, lineNumber: number): void {
    const full = joined.chars > MAX_CHARS || joined.parts.length > MAX_LINES;
    if (joined.kind === 'open' && parsed.kind === 'start' && !full) {
      // A document is indented up to its end; this is none, so each line stands for itself.
      this.#finishJoined(joined);
      this.pushParsed(parsed, lineNumber);
      return;
    }
    if (joined.chars <= MAX_CHARS) joined.parts.push(parsed.text);
    joined.chars += parsed.text.length;
    append(joined.runs, [[lineNumber, 1]]);
    const ends = joined.kind === 'part' ? parsed.kind !== 'part' : /^[}\]]/.test(parsed.text);
    if (ends || full) this.#finishJoined(joined);
  }

  #finishJoined(joined: Joined): void {
    const { first, kind, runs } = joined;
    this.#joined.delete(first.stream);
    const text = joined.parts.join(kind === 'part' ? '' : '\n');
    const whole = this.#parse(text);
    const parsed: ParsedLine = {
      ...whole,
      kind: whole.kind === 'more' ? 'more' : 'start',
      at: whole.at ?? first.at,
      level: whole.level ?? first.level,
      service: whole.service ?? first.service,
      stream: first.stream,
      text: kind === 'open' ? text : whole.text,
    };
    const open = this.#open.get(first.stream);
    if (parsed.kind === 'more' && open) this.#extend(open, parsed.text, runs);
    else this.#begin(parsed, runs);
  }

  #begin(parsed: ParsedLine, runs: [number, number][]): void {
    this.#close(parsed.stream);
    if (this.#open.size >= MAX_STREAMS)
      for (const stream of [...this.#open.keys()].slice(0, MAX_STREAMS / 2)) this.#close(stream);
    const { at, level, message, text, service, fields, stream } = parsed;
    const lineNumber = runs[0]?.[0] ?? 0;
    const record = {
      at,
      level,
      message,
      text,
      service,
      fields,
      stream,
      lineNumber,
      lineCount: 0,
      runs,
    };
    this.#open.set(parsed.stream, { record, parts: [text], chars: text.length });
  }

  #extend(open: Open, text: string, runs: readonly [number, number][]): void {
    append(open.record.runs, runs);
    if (open.chars > MAX_CHARS || open.parts.length > MAX_LINES) return;
    open.parts.push(text);
    open.chars += text.length + 1;
  }

  #close(stream: string): void {
    const open = this.#open.get(stream);
    if (!open) return;
    this.#open.delete(stream);
    while (open.parts.length > 1 && open.parts[open.parts.length - 1] === '') open.parts.pop();
    open.record.text = open.parts.join('\n');
    open.record.lineCount = open.record.runs.reduce((sum, [, count]) => sum + count, 0);
    this.#emit(open.record);
  }
}

/** Appends runs of line numbers; what follows on is one run. */
function append(runs: [number, number][], more: readonly [number, number][]): void {
  for (const [first, count] of more) {
    const last = runs[runs.length - 1];
    if (last && last[0] + last[1] === first) last[1] += count;
    else runs.push([first, count]);
  }
}
