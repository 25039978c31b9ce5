import type { StackTrace } from '#src/domain/stack-trace.ts';
import type { ParsedTrace, StackTraceParser } from '#src/stacktrace/contract.ts';
import { TraceAssembler } from '#src/stacktrace/reading/assembler.ts';
import { detached } from '#src/stacktrace/reading/detached.ts';
import { tracesInRecord } from '#src/stacktrace/reading/embedded.ts';
import { escapedTexts } from '#src/stacktrace/reading/escaped.ts';
import { unflattened } from '#src/stacktrace/reading/flattened.ts';
import { type HintTest, hintTest } from '#src/stacktrace/reading/hints.ts';
import { lineTime, recordTime } from '#src/stacktrace/reading/line-time.ts';
import { type Unwrapped, unwrap, withoutColours } from '#src/stacktrace/reading/unwrap.ts';
import { STACK_TRACE_PARSERS } from '#src/stacktrace/registry.ts';
import { type FrameDetails, TraceBook } from '#src/stacktrace/trace-book.ts';

/** A piece of a log: one line, or one record of several lines. */
export type TraceRecord = {
  text: string;
  /** Milliseconds since the epoch; taken from the text where null. */
  at: number | null;
  service: string | null;
  /** Tells streams of one service apart (a pod, a file), so that their lines do not mix. */
  stream?: string;
};

export type ExtractOptions = {
  /** Prefixes of paths (`/app/`) or of qualified names (`com.acme.`) that are a service's own code. */
  ownCode?: (service: string | null) => readonly string[];
};

/** Stack traces, and what is known of their frames beyond the domain's fields. */
export type TraceReading = { traces: StackTrace[]; details: FrameDetails };

const MAX_STREAMS = 256;
const MAX_PARTIAL = 1 << 20;
/** From this length on, a record's lines are copied, so that a kept line does not keep the record. */
const LARGE_RECORD = 8192;

type Stream = { assembler: TraceAssembler; partial: string; at: number | null };

/**
 * Reads log records one at a time and collects their stack traces, in whatever the lines are
 * wrapped. Memory is bounded however long the log is.
 */
export class TraceCollector {
  readonly #parsers: readonly StackTraceParser[] = Object.values(STACK_TRACE_PARSERS);
  readonly #mayHold: HintTest = hintTest(this.#parsers);
  readonly #book: TraceBook;
  readonly #streams = new Map<string, Stream>();
  #record = 0;
  #lastKey = '';

  constructor(options: ExtractOptions = {}) {
    const byLanguage = new Map<string, StackTraceParser>();
    for (const parser of this.#parsers) {
      byLanguage.set(parser.id, parser);
      for (const language of parser.languages) byLanguage.set(language, parser);
    }
    this.#book = new TraceBook(byLanguage, options.ownCode ?? (() => []));
  }

  add(record: TraceRecord): void {
    this.#record += 1;
    const { text } = record;
    const isMany = text.includes('\n');
    // A JSON record may be printed over several lines.
    if (isMany && /^\s{0,20}\{/.test(text) && /\}\s{0,20}$/.test(text.slice(-40))) {
      const whole = unwrap(text);
      if (whole.fields) {
        this.#line(record, whole);
        return;
      }
    }
    for (let start = 0; start <= text.length; ) {
      const next = text.indexOf('\n', start);
      const end = next < 0 ? text.length : next;
      const line = isMany ? text.slice(start, end) : text;
      this.#line(record, unwrap(text.length > LARGE_RECORD && isMany ? detached(line) : line));
      start = end + 1;
    }
  }

  #line(record: TraceRecord, found: Unwrapped): void {
    const stream = this.#stream(
      `${record.service ?? ''}\u0000${record.stream ?? ''}\u0000${found.stream}`,
      record.service,
    );
    let { text } = found;
    if (found.isPartial && stream.partial.length + text.length < MAX_PARTIAL) {
      stream.partial += text;
      return;
    }
    if (stream.partial !== '') {
      text = stream.partial + text;
      stream.partial = '';
    }
    const at = record.at ?? found.at ?? (found.fields ? recordTime(found.fields) : lineTime(text));
    if (at !== null) stream.at = at;
    const time = at ?? stream.at;
    if (found.fields) {
      for (const trace of tracesInRecord(found.fields, (value) => this.#read(value))) {
        this.#book.add(trace, record.service, time);
      }
    }
    if (!text.includes('\n')) this.#single(stream, text, time, record.service);
    // The text of a JSON record was read with its other fields.
    else if (!found.fields) for (const line of text.split('\n')) this.#push(stream, line, time);
  }

  #single(stream: Stream, text: string, at: number | null, service: string | null): void {
    const inside = this.#inside(text);
    let found = 0;
    for (const each of inside) {
      for (const trace of this.#read(each)) {
        this.#book.add(trace, service, at);
        found += 1;
      }
    }
    // What was found inside the line must not be found again, but a head may stand in it.
    if (found > 0) stream.assembler.note({ text, at, record: this.#record });
    else this.#push(stream, text, at);
  }

  /** Texts of several lines that were written as one. */
  #inside(text: string): string[] {
    // Quotes inside are escaped too, so the hints are looked for in what is unescaped.
    if (text.includes('\\n')) return escapedTexts(text).filter(this.#mayHold);
    const broken = unflattened(text);
    return broken !== null && this.#mayHold(text) ? [broken] : [];
  }

  #push(stream: Stream, text: string, at: number | null): void {
    stream.assembler.push({ text, at, record: this.#record });
  }

  /** The traces in a text that stands by itself. */
  #read(text: string): ParsedTrace[] {
    if (!this.#mayHold(text)) return [];
    const traces: ParsedTrace[] = [];
    const assembler = new TraceAssembler(this.#parsers, this.#mayHold, (trace) =>
      traces.push(trace),
    );
    for (const line of withoutColours(text).split('\n')) {
      assembler.push({ text: line.endsWith('\r') ? line.slice(0, -1) : line, at: null, record: 0 });
    }
    assembler.flush();
    return traces;
  }

  #stream(key: string, service: string | null): Stream {
    const known = this.#streams.get(key);
    if (known && key === this.#lastKey) return known;
    this.#lastKey = key;
    if (known) {
      // The stream that was quiet for longest is given up first.
      this.#streams.delete(key);
      this.#streams.set(key, known);
      return known;
    }
    if (this.#streams.size >= MAX_STREAMS) {
      const [quietest] = this.#streams;
      quietest?.[1].assembler.flush();
      this.#streams.delete(quietest?.[0] ?? '');
    }
    const assembler = new TraceAssembler(this.#parsers, this.#mayHold, (trace, at) =>
      this.#book.add(trace, service, at),
    );
    const stream: Stream = { assembler, partial: '', at: null };
    this.#streams.set(detached(key), stream);
    return stream;
  }

  /** Ends the reading: the distinct traces by first appearance, numbered `K1`, `K2`… */
  finish(): TraceReading {
    for (const { assembler } of this.#streams.values()) assembler.flush();
    this.#streams.clear();
    return this.#book.finish();
  }
}

/**
 * The stack traces in a log, in whatever its lines are wrapped, each distinct one once.
 * @param records in the order of the log
 * @returns by first appearance, `frames[0]` where it was thrown, causes nested
 */
export async function extractStackTraces(
  records: Iterable<TraceRecord> | AsyncIterable<TraceRecord>,
  options: ExtractOptions = {},
): Promise<StackTrace[]> {
  return (await readStackTraces(records, options)).traces;
}

/** As {@link extractStackTraces}, with the details of frames that `locate` makes use of. */
export async function readStackTraces(
  records: Iterable<TraceRecord> | AsyncIterable<TraceRecord>,
  options: ExtractOptions = {},
): Promise<TraceReading> {
  const collector = new TraceCollector(options);
  for await (const record of records) collector.add(record);
  return collector.finish();
}
