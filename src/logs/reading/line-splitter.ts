/**
 * Takes one line: the bytes from `start` up to `end`, without the line break. `dropped` counts bytes of the
 * line beyond the limit. The buffer is valid only during the call.
 */
export type LineSink = (bytes: Buffer, start: number, end: number, dropped: number) => void;

const NEWLINE = 10;
const RETURN = 13;

/** The longest line that is kept whole, in bytes. */
export const MAX_LINE_BYTES = 256 * 1024;

/**
 * Cuts chunks of bytes into lines ended by `\n` or `\r\n`. A line longer than the limit is given with
 * its beginning only, so that memory stays bounded whatever comes.
 */
export class LineSplitter {
  readonly #sink: LineSink;
  readonly #limit: number;
  /** The beginning of a line whose end has not come yet. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #dropped = 0;
  /** The last byte that was taken, kept or not. */
  #last = 0;

  constructor(sink: LineSink, limit = MAX_LINE_BYTES) {
    this.#sink = sink;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    let start = 0;
    let end = chunk.indexOf(NEWLINE);
    if (end >= 0 && (this.#heldBytes > 0 || this.#dropped > 0)) {
      this.#hold(chunk.subarray(0, end));
      this.#release();
      start = end + 1;
      end = chunk.indexOf(NEWLINE, start);
    }
    while (end >= 0) {
      this.#emit(chunk, start, end);
      start = end + 1;
      end = chunk.indexOf(NEWLINE, start);
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /** Gives the last line where no line break ends it. */
  end(): void {
    if (this.#heldBytes > 0 || this.#dropped > 0) this.#release();
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    const stop = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
    const kept = Math.min(stop, start + this.#limit);
    this.#sink(bytes, start, kept, stop - kept);
  }

  #hold(part: Buffer): void {
    const room = this.#limit + 1 - this.#heldBytes;
    const kept = Math.min(part.length, Math.max(0, room));
    // A copy: the chunk's memory is used again by the reader.
    if (kept > 0) this.#held.push(Buffer.from(part.subarray(0, kept)));
    this.#heldBytes += kept;
    this.#dropped += part.length - kept;
    if (part.length > 0) this.#last = part[part.length - 1] as number;
  }

  #release(): void {
    const line = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
    const length = line.length + this.#dropped - (this.#last === RETURN ? 1 : 0);
    const kept = Math.min(length, line.length, this.#limit);
    this.#sink(line, 0, kept, length - kept);
    this.#held = [];
    this.#heldBytes = 0;
    this.#dropped = 0;
    this.#last = 0;
  }
}
