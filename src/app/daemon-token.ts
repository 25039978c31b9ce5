import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '#src/config/schema.ts';
import { InputError } from '#src/domain/errors.ts';
import { writeFileAtomic } from '#src/platform/atomic-write.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';

const LEAST_LENGTH = 16;

/**
 * The secret of those who call the daemon: configured, in the file that the configuration names,
 * or made once and kept with the data, readable by its owner only.
 * @returns the token, and the file that holds it when it was not configured
 * @throws InputError when the named file cannot be read or holds too little
 */
export function daemonToken(
  { listen, dataDir }: Config,
  baseDir: string,
): { token: string; file: string | null } {
  if (listen.token !== undefined) return { token: listen.token, file: null };
  if (listen.tokenFile !== undefined) {
    const file = resolve(baseDir, listen.tokenFile);
    return { token: readToken(file), file };
  }
  const file = join(resolve(baseDir, dataDir), 'token');
  if (!existsSync(file)) writeFileAtomic(file, `${randomBytes(24).toString('base64url')}\n`);
  return { token: readToken(file), file };
}

function readToken(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, { where: file, cause: error });
  }
  if (token.length >= LEAST_LENGTH) return token;
  throw new InputError(`expected a token of at least ${LEAST_LENGTH} characters`, { where: file });
}
