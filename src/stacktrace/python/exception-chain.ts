import {
  extendMessage,
  MAX_CHAIN,
  MAX_MESSAGE_LINES,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';

/** Source lines and carets that follow one frame; 3.13 prints up to a handful. */
const MAX_DETAILS = 40;

/**
 * The exceptions of one traceback, or of one member of an exception group: Python prints the cause
 * first and the exception that was raised last at the end.
 */
export class ExceptionChain {
  #frames: ParsedFrame[] = [];
  #frameIndent = 0;
  #details = 0;
  #notes = 0;
  #isNoteEnded = false;
  #current: ParsedTrace | null = null;
  #isLinked = false;
  #length = 0;

  /** Nothing was read yet. */
  get isEmpty(): boolean {
    return this.#frames.length === 0 && this.#current === null;
  }

  /** The exception's own line was read and no further one was announced. */
  get isComplete(): boolean {
    return this.#current !== null && !this.#isLinked;
  }

  /** A line between two tracebacks announced that the next one follows from this one. */
  get isLinked(): boolean {
    return this.#isLinked && this.#frames.length === 0;
  }

  frame(frame: ParsedFrame, indent: number): void {
    pushFrame(this.#frames, frame);
    this.#frameIndent = indent;
    this.#details = 0;
  }

  /** A source line, carets, or `[Previous line repeated n more times]`. */
  detail(line: string): boolean {
    const frame = this.#frames.at(-1);
    const text = line.trimStart();
    const indent = line.length - text.length;
    if (!frame || this.#details >= MAX_DETAILS) return false;
    if (indent <= this.#frameIndent && !text.startsWith('[Previous line repeated ')) return false;
    if (indent === 0) return false;
    if (this.#details === 0) frame.source = text.slice(0, 400);
    this.#details += 1;
    return true;
  }

  /** The line of the exception itself. */
  complete(type: string, message: string): void {
    const trace = newTrace('python', type, message);
    trace.frames = this.#frames.reverse();
    if (this.#current && this.#length < MAX_CHAIN) {
      trace.causes = [this.#current];
      this.#length += 1;
    }
    this.#current = trace;
    this.#frames = [];
    this.#isLinked = false;
    this.#notes = 0;
    this.#isNoteEnded = false;
  }

  /** Further lines of the message, or notes. @returns false when the message has grown too long */
  note(text: string): boolean {
    if (!this.#current || this.#isNoteEnded || this.#notes >= MAX_MESSAGE_LINES) return false;
    this.#notes += 1;
    extendMessage(this.#current, text);
    return true;
  }

  /** An empty line ends the message, if no further traceback is announced after it. */
  blank(): void {
    this.#isNoteEnded = true;
  }

  /** The next traceback has what was read so far as its cause. */
  link(): void {
    this.#isLinked = this.#current !== null;
  }

  member(trace: ParsedTrace): void {
    if (this.#current && this.#current.causes.length < MAX_CHAIN) {
      this.#current.causes.push(trace);
    }
  }

  /** The exception that was raised last, with the others as its causes; null when nothing was read. */
  finish(): ParsedTrace | null {
    if (this.#frames.length > 0) this.complete(UNKNOWN_TYPE, '');
    return this.#current;
  }
}
