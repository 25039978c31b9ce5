import { createReadStream, readFileSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { InputError } from '#src/domain/errors.ts';
import { parseJson, reasonOfFs } from '#src/platform/json-file.ts';

const LONGEST_LINE = 256 * 1024 * 1024;
/** A file of so many bytes is read at once, which is several times faster than a stream. */
const SMALL_FILE = 4 * 1024 * 1024;

/**
 * Reads a file of one JSON value a line, in bounded memory. Blank lines are passed over.
 * @param check turns a parsed value into a record; throws InputError for a wrong form
 * @throws InputError that names file and line
 */
export async function readNdjson<T>(
  path: string,
  check: (value: unknown, where: string) => T,
): Promise<T[]> {
  const records: T[] = [];
  let number = 0;
  const take = (line: string): void => {
    number++;
    if (line.trim() === '') return;
    const where = `${path}:${number}`;
    records.push(check(parseLine(line, path, number), where));
  };
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    if (statSync(path).size <= SMALL_FILE) {
      for (const line of readFileSync(path, 'utf8').split('\n')) take(line);
      return records;
    }
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      const text = rest + decoder.write(chunk as Buffer);
      const lines = text.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) {
        throw new InputError('has a line longer than 256 MB', { where: `${path}:${number + 1}` });
      }
      lines.forEach(take);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, { where: path, cause: error });
  }
  take(rest + decoder.end());
  return records;
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return parseWithPlace(line, path, number);
  }
}

/** The slow path, which finds the column. */
function parseWithPlace(line: string, path: string, number: number): unknown {
  try {
    return parseJson(line, path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const column = /:1(:\d+)$/.exec(error.where ?? '')?.[1] ?? '';
    throw new InputError(error.message, {
      where: `${path}:${number}${column}`,
      ...(error.hint ? { hint: error.hint } : {}),
      cause: error.cause,
    });
  }
}
