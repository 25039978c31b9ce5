import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { InputError, messageOf } from '#src/domain/errors.ts';

/** Where a log comes from; standard input is an iterable. */
export type LogSource =
  | { file: string }
  | { iterable: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>; name?: string };

/** What happened to the bytes on their way. */
export type SourceOutcome = {
  /** Bytes of the log itself, after decompression. */
  bytes: number;
  /** Why the rest could not be read (a damaged archive, a disk error), or null. */
  damage: string | null;
};

const CHUNK = 1 << 20;
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/**
 * Hands the bytes of a source to `take`, chunk by chunk, decompressing gzip (also several members
 * one after the other, also cut off) and zstd, and turning UTF-16 with a byte order mark into UTF-8.
 * @throws InputError when a file cannot be opened at all
 */
export async function readBytes(
  source: LogSource,
  take: (chunk: Buffer) => void,
): Promise<SourceOutcome> {
  const outcome: SourceOutcome = { bytes: 0, damage: null };
  try {
    for await (const chunk of await chunksOf(source)) {
      const bytes =
        typeof chunk === 'string'
          ? Buffer.from(chunk)
          : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      outcome.bytes += bytes.length;
      take(bytes);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    outcome.damage = messageOf(error);
  }
  return outcome;
}

async function chunksOf(source: LogSource): Promise<AsyncIterable<Uint8Array | string>> {
  if ('file' in source) return fileChunks(source.file);
  return plainChunks(Readable.from(source.iterable, { objectMode: true }));
}

async function fileChunks(path: string): Promise<AsyncIterable<Uint8Array>> {
  const head = await headOf(path);
  return decoded(() => createReadStream(path, { highWaterMark: CHUNK }), head);
}

async function headOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (stat.isDirectory())
        throw new InputError('is a folder, not a log file', {
          where: path,
          hint: 'Name the files in it.',
        });
      // A pipe's bytes would be lost by looking at them.
      if (!stat.isFile()) return Buffer.alloc(0);
      const head = Buffer.alloc(4);
      const { bytesRead } = await file.read(head, 0, 4, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('the log cannot be read', {
      where: path,
      hint: 'Check that it exists and that you may read it.',
      cause: error,
    });
  }
}

async function* plainChunks(
  stream: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Uint8Array | string> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const head = Buffer.from(first.value as Uint8Array | string as string);
  const rest = (async function* () {
    yield head;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
    }
  })();
  yield* await decoded(() => Readable.from(rest, { objectMode: true }), head);
}

/** The stream is opened when all that listens to its errors is at hand. */
async function decoded(
  openStream: () => Readable,
  head: Uint8Array,
): Promise<AsyncIterable<Uint8Array>> {
  if (startsWith(head, GZIP)) {
    const { constants, createGunzip } = await import('node:zlib');
    const stream = openStream();
    // A member that is cut off gives what it has instead of an error.
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK });
    stream.on('error', (error) => gunzip.destroy(error));
    return stream.pipe(gunzip);
  }
  if (startsWith(head, ZSTD)) {
    const { createZstdDecompress } = await import('node:zlib');
    const stream = openStream();
    const unzstd = createZstdDecompress({ chunkSize: CHUNK });
    stream.on('error', (error) => unzstd.destroy(error));
    return stream.pipe(unzstd);
  }
  const stream = openStream();
  if (startsWith(head, [0xff, 0xfe])) return recoded(stream, 'utf-16le');
  if (startsWith(head, [0xfe, 0xff])) return recoded(stream, 'utf-16be');
  return stream;
}

async function* recoded(
  stream: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of stream) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function startsWith(head: Uint8Array, mark: readonly number[]): boolean {
  return head.length >= mark.length && mark.every((byte, at) => head[at] === byte);
}
