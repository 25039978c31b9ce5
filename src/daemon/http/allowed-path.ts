import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { HttpError } from '#src/daemon/http/http-error.ts';

/**
 * The real path of something that a caller wants read.
 * @param roots folders below which it may lie; links are followed first on both sides
 * @throws HttpError 403 when it lies elsewhere or is not there: the answer tells neither from the other
 */
export function allowedPath(path: string, roots: readonly string[]): string {
  const found = isAbsolute(path) ? real(path) : null;
  for (const root of roots) {
    const base = real(resolve(root));
    if (found === null || base === null) continue;
    const way = relative(base, found);
    if (way === '' || (!way.startsWith('..') && !isAbsolute(way))) return found;
  }
  throw new HttpError(403, 'a path of the request may not be read', {
    reason: 'path',
    hint:
      roots.length === 0
        ? 'Name folders in listen.readRoots of the configuration.'
        : 'Give an absolute path below one of listen.readRoots.',
  });
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
