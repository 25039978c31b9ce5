import type { TouchedFile } from '#src/fix/guards/contract.ts';
import { oneLine } from '#src/platform/sanitize.ts';

const MOST_NAMED = 3;

/** Every path that a patch touches, old and new. */
export function touchedPaths(files: readonly TouchedFile[]): string[] {
  return [...new Set(files.flatMap(({ oldPath, path }) => [oldPath, path]))];
}

/** The first few names with the verb, e.g. `a.ts, b.ts and 2 more are`. */
export function quoted(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).map((path) => oneLine(path).slice(0, 120));
  const more = paths.length - named.length;
  const list = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
  return `${list} ${paths.length === 1 ? 'is' : 'are'}`;
}
