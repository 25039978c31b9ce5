import { MAX_FRAMES, type ParsedFrame } from '#src/stacktrace/contract.ts';

type Fields = Readonly<Record<string, unknown>>;

const FILE_KEYS = [
  'filename',
  'file',
  'fileName',
  'file_name',
  'filePath',
  'abs_path',
  'path',
  'source',
];
const LINE_KEYS = ['lineno', 'line', 'lineNumber', 'line_number', 'lineNo'];
const COLUMN_KEYS = ['colno', 'column', 'columnNumber', 'col'];
const FUNCTION_KEYS = [
  'function',
  'func',
  'method',
  'methodName',
  'functionName',
  'method_name',
  'name',
  'symbol',
];
const CLASS_KEYS = ['class', 'className', 'declaringClass', 'type'];
const PLACE = /^(.{1,600}):(\d{1,9})$/;

/** Frames with the language that their form is typical of. */
export type StructuredFrames = { language: string; frames: ParsedFrame[] };

/**
 * Frames that a logger wrote as a JSON array of objects (structlog, Sentry, ECS, zerolog, Monolog,
 * NLog…) or of `file:line` texts. @returns null when the array is something else
 */
export function structuredFrames(list: readonly unknown[]): StructuredFrames | null {
  const some = list.slice(0, MAX_FRAMES);
  const places = some.map((each) => (typeof each === 'string' ? PLACE.exec(each) : null));
  if (some.length > 0 && places.every((place) => place !== null)) {
    const frames = places.map((place) => ({
      file: place[1] ?? '',
      line: Number(place[2]),
      column: null,
      function: '<unknown>',
    }));
    return { language: languageOf(frames), frames };
  }
  const objects = some.filter((each): each is Fields => typeof each === 'object' && each !== null);
  if (objects.length === 0 || objects.length !== some.length) return null;
  const frames = objects.map(frameOf);
  if (frames.some((frame) => frame === null)) return null;
  const read = frames as ParsedFrame[];
  // Python and Sentry list the outermost frame first; they are known by `lineno`.
  if (objects.every((each) => 'lineno' in each)) read.reverse();
  return { language: languageOf(read), frames: read };
}

function frameOf(fields: Fields): ParsedFrame | null {
  const file = text(fields, FILE_KEYS);
  const line = number(fields, LINE_KEYS);
  const name = text(fields, FUNCTION_KEYS);
  if (file === null || (line === null && name === null)) return null;
  const owner = text(fields, CLASS_KEYS);
  const separator = /\.php$/.test(file) ? '::' : '.';
  return {
    file,
    line,
    column: number(fields, COLUMN_KEYS),
    function:
      owner && name && !name.startsWith(owner)
        ? `${owner}${separator}${name}`
        : (name ?? '<unknown>'),
  };
}

function text(fields: Fields, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') return value.slice(0, 1000);
  }
  return null;
}

function number(fields: Fields, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = fields[key];
    const parsed = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    if (typeof parsed === 'number' && Number.isSafeInteger(parsed)) return parsed;
  }
  return null;
}

const ENDINGS: Readonly<Record<string, string>> = {
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'javascript',
  tsx: 'javascript',
  jsx: 'javascript',
  java: 'java',
  kt: 'java',
  scala: 'java',
  go: 'go',
  rb: 'ruby',
  rs: 'rust',
  php: 'php',
  cs: 'dotnet',
  fs: 'dotnet',
  ex: 'elixir',
  exs: 'elixir',
  dart: 'dart',
  swift: 'swift',
  c: 'cpp',
  cc: 'cpp',
  cpp: 'cpp',
  h: 'cpp',
};

/** The parser whose language the file endings speak of most often. */
function languageOf(frames: readonly ParsedFrame[]): string {
  const counts = new Map<string, number>();
  for (const { file } of frames) {
    const language = ENDINGS[file.slice(file.lastIndexOf('.') + 1)];
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  let best = 'unknown';
  for (const [language, count] of counts) if (count > (counts.get(best) ?? 0)) best = language;
  return best;
}
