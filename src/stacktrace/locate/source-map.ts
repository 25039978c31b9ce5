import { SourceMap, type SourceMapPayload } from 'node:module';
import { posix } from 'node:path';

/** A place in a source that was compiled or bundled. Line is 1-based. */
export type OriginalPlace = { source: string; line: number; name: string | null };

const INLINE =
  /\/\/[#@] ?sourceMappingURL=data:application\/json[^,]{0,60},([A-Za-z0-9+/=%]{1,20000000})\s*$/;
const LINKED = /\/\/[#@] ?sourceMappingURL=([^\s'"]{1,500})\s*$/;
const MAX_MAP = 20 << 20;

/** Reads a file of the repository. */
type ReadFile = (file: string) => Promise<string | null>;

/**
 * Where a place of a compiled file comes from, by its source map (ECMA-426, version 3, also with
 * sections): inline, named by the file's last line, or beside it as `.map`.
 * @param line 1-based
 * @param column 1-based; null looks at the first mapping of the line
 * @returns the source's path as resolved from the map's folder, or null without a map
 */
export async function originalPlace(
  file: string,
  line: number,
  column: number | null,
  readFile: ReadFile,
): Promise<OriginalPlace | null> {
  const found = await mapOf(file, readFile);
  if (!found) return null;
  const entry = entryAt(found.payload, line, column);
  if (!entry) return null;
  const { sourceRoot } = found.payload as { sourceRoot?: unknown };
  const root =
    typeof sourceRoot === 'string' && sourceRoot !== '' ? `${sourceRoot.replace(/\/$/, '')}/` : '';
  const source = `${root}${entry.source}`;
  const isAbsolute = /^[a-z][\w+.-]{1,30}:|^\//.test(source);
  return {
    ...entry,
    source: isAbsolute ? source : posix.join(posix.dirname(found.mapFile), source),
  };
}

async function mapOf(
  file: string,
  readFile: ReadFile,
): Promise<{ mapFile: string; payload: SourceMapPayload } | null> {
  const text = (await readFile(file)) ?? '';
  const tail = text.slice(-1024);
  const inline = text.length <= MAX_MAP ? INLINE.exec(text.slice(text.lastIndexOf('\n//'))) : null;
  if (inline?.[1]) {
    const payload = parsed(Buffer.from(decodeURIComponent(inline[1]), 'base64').toString('utf8'));
    return payload && { mapFile: file, payload };
  }
  const linked = LINKED.exec(tail)?.[1];
  const names = linked && !linked.includes(':') ? [posix.join(posix.dirname(file), linked)] : [];
  for (const mapFile of [...names, `${file}.map`]) {
    const payload = parsed(await readFile(mapFile));
    if (payload) return { mapFile, payload };
  }
  return null;
}

function parsed(text: string | null): SourceMapPayload | null {
  if (text === null || text.length > MAX_MAP) return null;
  try {
    // A line that keeps the map from being run as a script is allowed before it.
    const value: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]{0,100}\n/, ''));
    return typeof value === 'object' && value !== null ? (value as SourceMapPayload) : null;
  } catch {
    return null;
  }
}

function entryAt(
  payload: SourceMapPayload,
  line: number,
  column: number | null,
): OriginalPlace | null {
  try {
    const map = new SourceMap(payload);
    const entry = map.findEntry(line - 1, Math.max(0, (column ?? 1) - 1));
    if (!('originalSource' in entry) || typeof entry.originalSource !== 'string') return null;
    // A line without mappings of its own gives the last entry before it, which is another line's.
    if (entry.generatedLine !== line - 1) return null;
    const name = (entry as { name?: unknown }).name;
    return {
      source: entry.originalSource,
      line: entry.originalLine + 1,
      name: typeof name === 'string' && name !== '' ? name : null,
    };
  } catch {
    // A broken map is no map.
    return null;
  }
}
