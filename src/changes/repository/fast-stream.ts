import { InputError } from '#src/domain/errors.ts';

/**
 * The items of a fast-import stream (git-fast-import(1)): command lines without their newline, and
 * the data blocks between them in parts, so that a blob of any size passes through.
 */
export type StreamItem =
  | { kind: 'line'; bytes: Buffer }
  | { kind: 'data'; size: number }
  | { kind: 'part'; bytes: Buffer };

const MAX_LINE = 1024 * 1024;
const MAX_DELIMITED = 16 * 1024 * 1024;

/**
 * Takes a fast-import stream apart. `data <n>` gives a `data` item and then parts of n bytes
 * together; the delimited form `data <<END` gives the same with its size counted.
 * @throws InputError for a line beyond 1 MiB, or a stream that ends inside a data block
 */
export async function* readFastStream(source: AsyncIterable<Buffer>): AsyncGenerator<StreamItem> {
  const input = new ByteQueue(source);
  for (;;) {
    const line = await input.line(MAX_LINE);
    if (line === null) return;
    const text = line.length < 256 ? line.toString('latin1') : '';
    const counted = /^data (\d{1,15})$/.exec(text);
    const delimited = /^data <<(.{1,100})$/.exec(text);
    if (counted) {
      const size = Number(counted[1]);
      yield { kind: 'data', size };
      for (let left = size; left > 0; ) {
        const part = await input.upTo(left);
        if (part === null) throw new InputError('the stream ends inside a data block');
        left -= part.length;
        yield { kind: 'part', bytes: part };
      }
    } else if (delimited) {
      const body = await untilDelimiter(input, delimited[1] ?? '');
      yield { kind: 'data', size: body.length };
      if (body.length > 0) yield { kind: 'part', bytes: body };
    } else yield { kind: 'line', bytes: line };
  }
}

async function untilDelimiter(input: ByteQueue, delimiter: string): Promise<Buffer> {
  const lines: Buffer[] = [];
  for (let size = 0; ; ) {
    const line = await input.line(MAX_LINE);
    if (line === null) throw new InputError('the stream ends inside a data block');
    if (line.toString('latin1') === delimiter) return Buffer.concat(lines);
    lines.push(line, Buffer.from('\n'));
    size += line.length + 1;
    if (size > MAX_DELIMITED) throw new InputError('a delimited data block is too large');
  }
}

/** Bytes that have arrived and were not taken yet. */
class ByteQueue {
  readonly #source: AsyncIterator<Buffer>;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line, or null at the end. The last one may lack its newline. */
  async line(most: number): Promise<Buffer | null> {
    const pieces: Buffer[] = [];
    for (let length = 0; ; ) {
      if (this.#bytes.length === 0 && !(await this.#more())) {
        return pieces.length === 0 ? null : Buffer.concat(pieces);
      }
      const end = this.#bytes.indexOf(10);
      const piece = this.#take(end < 0 ? this.#bytes.length : end);
      if (end >= 0) this.#take(1);
      pieces.push(piece);
      length += piece.length;
      if (length > most) throw new InputError('a line of the stream is too long');
      if (end >= 0) return pieces.length === 1 ? piece : Buffer.concat(pieces);
    }
  }

  /** At least one and at most `most` bytes, or null at the end. */
  async upTo(most: number): Promise<Buffer | null> {
    if (this.#bytes.length === 0 && !(await this.#more())) return null;
    return this.#take(Math.min(most, this.#bytes.length));
  }

  #take(count: number): Buffer {
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  async #more(): Promise<boolean> {
    for (;;) {
      const next = await this.#source.next();
      if (next.done) return false;
      if (next.value.length > 0) {
        this.#bytes = next.value;
        return true;
      }
    }
  }
}
