import type { ParsedTrace, StackTraceParser } from '#src/stacktrace/contract.ts';
import { Block, type StreamLine } from '#src/stacktrace/reading/block.ts';
import { detached } from '#src/stacktrace/reading/detached.ts';
import type { HintTest } from '#src/stacktrace/reading/hints.ts';

/** Receives each trace as soon as it is complete, with the time of its first line. */
export type TraceSink = (trace: ParsedTrace, at: number | null) => void;

/** Lines that are kept to find heads in, and how much of each. */
const KEPT_LINES = 64;
const KEPT_CHARS = 2000;
/** Traces that may be open at once in one stream (interleaved threads). */
const MAX_OPEN = 6;
/** A longer line is read only so far. */
const MAX_LINE = 16_384;

/** Finds the stack traces in one stream of lines. Memory and time per line are bounded. */
export class TraceAssembler {
  readonly #parsers: readonly StackTraceParser[];
  readonly #mayHold: HintTest;
  readonly #sink: TraceSink;
  #before: StreamLine[] = [];
  /** Open traces, the one that took a line last at the end. */
  #open: Block[] = [];

  constructor(parsers: readonly StackTraceParser[], mayHold: HintTest, sink: TraceSink) {
    this.#mayHold = mayHold;
    this.#parsers = parsers;
    this.#sink = sink;
  }

  push(given: StreamLine): void {
    const line =
      given.text.length > MAX_LINE ? { ...given, text: given.text.slice(0, MAX_LINE) } : given;
    if (!this.#isTaken(line) && !this.#begins(line)) this.note(line);
  }

  /** Keeps a line in which a head may stand, without looking for a trace in it. */
  note(line: StreamLine): void {
    this.#before.push(kept(line));
    if (this.#before.length > 2 * KEPT_LINES) this.#before = this.#before.slice(-KEPT_LINES);
  }

  #isTaken(line: StreamLine): boolean {
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const block = this.#open[at] as Block;
      const reading = block.read(line);
      if (reading === 'foreign') continue;
      this.#open.splice(at, 1);
      if (reading === 'taken' && !block.isFull) this.#open.push(block);
      else this.#close(block);
      if (reading === 'taken') return true;
    }
    return false;
  }

  #begins(line: StreamLine): boolean {
    if (!this.#mayHold(line.text)) return false;
    for (const parser of this.#parsers) {
      if (!parser.hints.some((hint) => line.text.includes(hint))) continue;
      const anchor = parser.anchor(line.text);
      if (!anchor) continue;
      const block = new Block(parser, anchor, line, this.#before.slice(-KEPT_LINES));
      // Lines of other threads may hold the head of another trace.
      this.#before = this.#before.filter((each) => !block.owns(each));
      this.#open.push(block);
      if (this.#open.length > MAX_OPEN) this.#close(this.#open.shift() as Block);
      return true;
    }
    return false;
  }

  #close(block: Block): void {
    for (const trace of block.finish()) this.#sink(trace, block.at);
  }

  /** Ends every open trace. */
  flush(): void {
    for (const block of this.#open) this.#close(block);
    this.#open = [];
    this.#before = [];
  }
}

function kept(line: StreamLine): StreamLine {
  if (line.text.length <= KEPT_CHARS) return line;
  return { ...line, text: detached(line.text.slice(0, KEPT_CHARS)) };
}
