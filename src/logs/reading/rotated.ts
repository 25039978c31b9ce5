import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { compareText } from '#src/platform/compare.ts';

export type LogFile = { path: string; size: number; modifiedAt: number; compressed: boolean };

/** What rotation puts behind a log's name: a number or a date, and perhaps an archive's ending. */
const SUFFIX =
  /^[.-](?:\d{1,3}|\d{4}-?\d{2}-?\d{2}(?:[-_T]?\d{2,6})?(?:[.-]\d{1,3})?|old|bak|prev)?(?:\.(?:gz|zst))?$/;

/**
 * A log and its rotated forerunners (`app.log.1`, `app.log-20240205.gz`, `app-2024-02-05.log`…), oldest first,
 * the log itself last. Files that vanish meanwhile are left out.
 */
export async function rotatedFiles(path: string): Promise<LogFile[]> {
  const name = basename(path);
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => [] as string[]);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const ending = dot > 0 ? name.slice(dot) : '';
  const older = names.filter((other) => other !== name && isRotated(other, name, stem, ending));
  const files = await Promise.all([...older, name].map((other) => fileOf(join(folder, other))));
  return files
    .filter((file) => file !== null)
    .sort(
      (a, b) =>
        Number(a.path === path) - Number(b.path === path) ||
        a.modifiedAt - b.modifiedAt ||
        compareText(b.path, a.path),
    );
}

function isRotated(other: string, name: string, stem: string, ending: string): boolean {
  if (other.startsWith(name)) return SUFFIX.test(other.slice(name.length));
  if (ending === '' || !other.startsWith(stem)) return false;
  const rest = other.slice(stem.length).replace(/\.(?:gz|zst)$/, '');
  return (
    rest.endsWith(ending) &&
    rest.length > ending.length &&
    SUFFIX.test(rest.slice(0, -ending.length))
  );
}

async function fileOf(path: string): Promise<LogFile | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  return {
    path,
    size: found.size,
    modifiedAt: found.mtimeMs,
    compressed: /\.(?:gz|zst)$/.test(path),
  };
}
