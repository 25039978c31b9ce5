import { CUT_PREFIX } from '#src/changes/repository/cut-refs.ts';
import { readFastStream } from '#src/changes/repository/fast-stream.ts';
import { redactKeepingLines } from '#src/changes/repository/keep-lines.ts';

const BRANCH = 'refs/heads/main';
const MAX_BLOB = 2 * 1024 * 1024;

type Rewrite = {
  /** Commits that get a ref which says that they are cut. */
  cutAt: ReadonlySet<string>;
  redact: (text: string) => string;
  maxBytes: number;
  /** Counted while the stream runs. */
  tally: { bytes: number; commits: number; blobsLeftOut: number };
};

/**
 * Turns what `git fast-export` writes into what a bundle holds: one branch, redacted text, no
 * binaries and submodules, and a ref for every commit at which the history is cut.
 * @throws RangeError when the stream grows beyond `maxBytes`
 */
export async function* rewriteForExport(
  source: AsyncIterable<Buffer>,
  options: Rewrite,
): AsyncGenerator<Buffer> {
  const state = new ExportState(options);
  const counted = (bytes: Buffer): Buffer => {
    options.tally.bytes += bytes.length;
    if (options.tally.bytes > options.maxBytes) throw new RangeError('too large');
    return bytes;
  };
  for await (const item of readFastStream(source)) {
    if (item.kind === 'line') {
      for (const out of state.line(item.bytes)) yield counted(out);
    } else if (item.kind === 'data') {
      for (const out of state.data(item.size)) yield counted(out);
    } else for (const out of state.part(item.bytes)) yield counted(out);
  }
  for (const out of state.end()) yield counted(out);
}

type ObjectKind = 'blob' | 'commit' | 'other' | 'left-out';

class ExportState {
  readonly #options: Rewrite;
  readonly #leftOut = new Set<string>();
  readonly #cutMarks = new Map<string, string>();
  #header: Buffer[] = [];
  #object: ObjectKind = 'other';
  #mark = '';
  #parts: Buffer[] = [];
  #left = 0;
  #tooLarge = false;

  constructor(options: Rewrite) {
    this.#options = options;
  }

  *line(bytes: Buffer): Generator<Buffer> {
    const text = bytes.toString('utf8');
    if (text === 'blob') this.#begin('blob');
    else if (text.startsWith('commit ')) {
      this.#begin('commit');
      this.#options.tally.commits++;
      yield toLine(`commit ${BRANCH}`);
      return;
    } else if (text.startsWith('reset ')) {
      this.#begin('other');
      yield toLine(`reset ${BRANCH}`);
      return;
    }
    if (this.#object === 'left-out') return;
    if (text.startsWith('mark ')) this.#mark = text.slice(5);
    if (this.#object === 'blob') {
      // Held back until the content is known.
      this.#header.push(toLine(bytes));
      return;
    }
    const original = /^original-oid (\w+)$/.exec(text)?.[1];
    if (original !== undefined && this.#options.cutAt.has(original)) {
      this.#cutMarks.set(original, this.#mark);
    }
    if (/^(?:author|committer|tagger) /.test(text)) yield toLine(this.#person(text));
    else if (text.startsWith('M ')) yield* this.#modify(bytes);
    else yield toLine(bytes);
  }

  *data(size: number): Generator<Buffer> {
    this.#left = size;
    this.#parts = [];
    this.#tooLarge = size > MAX_BLOB;
    if (size === 0) yield* this.#block();
  }

  *part(bytes: Buffer): Generator<Buffer> {
    this.#left -= bytes.length;
    if (!this.#tooLarge) this.#parts.push(bytes);
    if (this.#left === 0) yield* this.#block();
  }

  *end(): Generator<Buffer> {
    for (const [sha, mark] of this.#cutMarks) {
      yield toLine(`reset ${CUT_PREFIX}${sha}`);
      yield toLine(`from ${mark}`);
      yield toLine('');
    }
  }

  #begin(object: ObjectKind): void {
    this.#object = object;
    this.#mark = '';
    this.#header = [];
  }

  /** A data block is complete: a file's content or a message. */
  *#block(): Generator<Buffer> {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    const isBinary = this.#tooLarge || bytes.includes(0);
    if (this.#object === 'blob' && isBinary) {
      this.#leftOut.add(this.#mark);
      this.#options.tally.blobsLeftOut++;
      this.#begin('left-out');
      return;
    }
    const text = isBinary ? '' : bytes.toString('utf8');
    const clean = redactKeepingLines(text, this.#options.redact);
    // Bytes that are no UTF-8 stay as they are while nothing had to go.
    const out = clean === text && !isBinary ? bytes : Buffer.from(clean);
    yield* this.#header;
    yield toLine(`data ${out.length}`);
    yield out;
    yield toLine('');
    this.#header = [];
  }

  /** `M <mode> <mark> <path>`: what was left out is taken away instead. */
  *#modify(bytes: Buffer): Generator<Buffer> {
    const match = /^M (\d{6}) (\S{1,80}) /.exec(bytes.toString('latin1', 0, 120));
    if (!match) return;
    const [head, mode, what = ''] = match;
    if (mode === '160000' || this.#leftOut.has(what)) {
      yield Buffer.from('D ');
      yield toLine(bytes.subarray(head.length));
    } else yield toLine(bytes);
  }

  /** `author Name <mail> time zone`, with the name and the address redacted. */
  #person(text: string): string {
    const match = /^(\w+) (.*?) ?<([^<>]*)> (.*)$/.exec(text);
    if (!match) return text;
    const [, role, name = '', mail = '', when] = match;
    const clean = (part: string): string => this.#options.redact(part).replace(/[<>\n]/g, '_');
    return `${role} ${clean(name)} <${clean(mail)}> ${when}`.replace(/ {2}</, ' <');
  }
}

function toLine(content: string | Buffer): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return Buffer.concat([bytes, Buffer.from('\n')]);
}
