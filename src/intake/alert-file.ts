import { readFileSync } from 'node:fs';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import { InputError } from '#src/domain/errors.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { parseJson, reasonOfFs } from '#src/platform/json-file.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads `--alert-file`: an Alertmanager webhook payload in a file, or on stdin for `-`.
 * @throws InputError when it cannot be read, is too large, or does not have the form
 */
export async function readAlertFile(
  path: string,
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<AlertGroup> {
  const where = path === '-' ? 'standard input' : path;
  const text = path === '-' ? await readAll(stdin, where) : readText(path);
  return parseAlertmanagerPayload(parseJson(text, where), where);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, { where: path, cause: error });
  }
}

async function readAll(stream: AsyncIterable<Uint8Array | string>, where: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_BYTES) throw new InputError('is larger than 32 MB', { where });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
