import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve, sep } from 'node:path';
import type { Gap, Runbook } from '#src/domain/bundle.ts';
import type { RunbookReference } from '#src/evidence/sources/runbooks/references.ts';
import { compareText } from '#src/platform/compare.ts';

const MOST_BYTES = 1024 * 1024;
const MOST_FILES = 500;
const MOST_OF_ALL = 16 * 1024 * 1024;
const MARKDOWN = /\.(?:md|markdown)$/i;

/**
 * A runbook by its path. The registry may name any; an alert only one that lies, links followed, in
 * the folder of runbooks.
 */
export function readRunbookFile(
  { where, isTrusted }: RunbookReference,
  dir: string | undefined,
): { runbook: Runbook } | { gap: Omit<Gap, 'source'> } {
  if (!isTrusted && (dir === undefined || isAbsolute(where))) {
    return {
      gap: {
        why: 'an alert names a runbook by a path that is not within the folder of runbooks',
        hint: 'Set runbooks.dir to the folder, and let alerts name files in it.',
      },
    };
  }
  const path = realpathSync(isTrusted ? where : resolve(dir ?? '', where));
  if (!isTrusted && !path.startsWith(realpathSync(dir ?? '') + sep)) {
    return { gap: { why: 'an alert names a runbook outside the folder of runbooks' } };
  }
  const stat = statSync(path);
  if (!stat.isFile() || stat.size > MOST_BYTES) {
    return { gap: { why: `${basename(path)} is no file of at most 1 MiB` } };
  }
  return { runbook: { name: basename(path), text: readFileSync(path, 'utf8') } };
}

/** The markdown files of a folder, without those below it; at most 500 and 16 MiB, by name. @throws Error */
export function folderRunbooks(dir: string): Runbook[] {
  let room = MOST_OF_ALL;
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && MARKDOWN.test(entry.name))
    .map(({ name }) => name)
    .sort(compareText)
    .slice(0, MOST_FILES)
    .filter((name) => {
      const { size } = statSync(join(dir, name));
      room -= size;
      return size <= MOST_BYTES && room >= 0;
    })
    .map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }));
}
