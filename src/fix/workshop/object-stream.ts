import { InputError, UpstreamError } from '#src/domain/errors.ts';

/**
 * Reads what `git cat-file --batch` writes (`<oid> <type> <size>\n<data>\n` for each object), one
 * object at a time.
 * @param maxBytes of one object
 * @throws InputError for a larger one, UpstreamError for one that is missing
 */
export async function* readObjects(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let size = 0;
  /** Bytes below which there cannot be another whole object. */
  let wanted = 0;
  for await (const chunk of source) {
    kept.push(chunk);
    size += chunk.length;
    if (size < wanted) continue;
    let bytes = kept.length === 1 ? chunk : Buffer.concat(kept);
    for (;;) {
      const head = readHead(bytes, maxBytes);
      wanted = head === null ? 0 : head.end;
      if (head === null || bytes.length < head.end) break;
      yield bytes.subarray(head.start, head.end - 1);
      bytes = bytes.subarray(head.end);
    }
    kept = [bytes];
    size = bytes.length;
  }
}

/** Where the data of the first object begins, and where the next object does; null in half a head. */
function readHead(bytes: Buffer, maxBytes: number): { start: number; end: number } | null {
  const newline = bytes.indexOf(10);
  if (newline < 0) return null;
  const head = bytes.toString('latin1', 0, newline);
  const length = Number(head.split(' ')[2]);
  if (!Number.isInteger(length)) throw new UpstreamError(`git has no object: ${head.slice(0, 80)}`);
  if (length > maxBytes) throw new InputError('a file of the repository is too large');
  return { start: newline + 1, end: newline + length + 2 };
}
