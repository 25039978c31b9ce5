import { oneLine } from '#src/platform/sanitize.ts';

const MOST = 200;

/** A name from outside, fit to be a key and to be shown: one line, well-formed, not too long. */
export function cleanName(name: string): string {
  return oneLine(name.slice(0, 4 * MOST).toWellFormed())
    .slice(0, MOST)
    .toWellFormed();
}
