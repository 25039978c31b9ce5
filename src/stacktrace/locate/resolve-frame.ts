import type { StackFrame } from '#src/domain/stack-trace.ts';
import type { FileIndex, FileMatch } from '#src/stacktrace/locate/file-index.ts';
import { classNames, classPath, plainFramePath } from '#src/stacktrace/locate/frame-path.ts';
import { definitionOf } from '#src/stacktrace/locate/function-extent.ts';
import { bareFunctionName } from '#src/stacktrace/locate/function-name.ts';
import { originalPlace } from '#src/stacktrace/locate/source-map.ts';
import type { SourceReader } from '#src/stacktrace/locate/source-reader.ts';

/** A frame's place in a revision of the repository. */
export type ResolvedFrame = {
  file: string;
  line: number;
  /** Bare name of the function, where the frame names one. */
  function: string | null;
  /** How sure the file is, 0..1. */
  certainty: number;
};

/** What frames are resolved against. */
export type ResolveContext = {
  index: FileIndex;
  reader: SourceReader;
  revision: string;
  /** Prefix of a path in the container → path in the repository. */
  pathMap: Readonly<Record<string, string>>;
};

/** Finds the file and line of a frame; null when the repository holds no such file. */
export async function resolveFrame(
  frame: StackFrame,
  column: number | null,
  context: ResolveContext,
): Promise<ResolvedFrame | null> {
  const name = bareFunctionName(frame.function);
  const match = fileOf(frame, context);
  if (!match) return byName(frame, name, context);
  if (frame.line === null) return inFile(match, name, context);
  const original = await fromSourceMap(match, frame.line, column, context);
  return original ?? { ...match, line: frame.line, function: name };
}

function fileOf(frame: StackFrame, { index, pathMap }: ResolveContext): FileMatch | null {
  const mapped = mappedPath(frame.file, pathMap);
  if (mapped !== null && index.has(mapped)) return { file: mapped, certainty: 1 };
  const byClass = classPath(frame);
  if (byClass !== null) return bySuffixes(byClass, index);
  const path = plainFramePath(frame.file);
  if (path === null) return null;
  if (index.has(path)) return { file: path, certainty: 0.98 };
  return index.bySuffix(mapped ?? path) ?? index.bySuffix(path);
}

/** Kotlin may leave out folders that all files share, so shorter packages are tried too. */
function bySuffixes(path: string, index: FileIndex): FileMatch | null {
  const parts = path.split('/');
  for (let from = 0; from < parts.length; from += 1) {
    const match = index.bySuffix(parts.slice(from).join('/'));
    if (match && (match.certainty > 0.6 || parts.length === 1)) return match;
  }
  return null;
}

/** The longest prefix of the path map that fits, on the boundary of a folder. */
function mappedPath(file: string, pathMap: Readonly<Record<string, string>>): string | null {
  const path = file.replaceAll('\\', '/').replace(/^file:\/\//, '');
  let best: string | null = null;
  for (const prefix of Object.keys(pathMap)) {
    const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
    if (path.startsWith(folder) && (best === null || prefix.length > best.length)) best = prefix;
  }
  if (best === null) return null;
  const rest = path.slice(best.replace(/\/$/, '').length + 1);
  const folder = (pathMap[best] ?? '').replace(/^\.?\/?/, '').replace(/\/$/, '');
  return folder === '' ? rest : `${folder}/${rest}`;
}

async function fromSourceMap(
  match: FileMatch,
  line: number,
  column: number | null,
  { index, reader, revision }: ResolveContext,
): Promise<ResolvedFrame | null> {
  if (!/\.(?:[cm]?js|jsx|ts|tsx|bundle)$/.test(match.file)) return null;
  const place = await originalPlace(match.file, line, column, (file) =>
    reader.text(file, revision),
  );
  const path = place && plainFramePath(place.source);
  if (!place || !path) return null;
  const source = index.has(path) ? { file: path, certainty: 1 } : index.bySuffix(path);
  // The names in the trace are those of the bundler.
  return (
    source && { file: source.file, line: place.line, function: null, certainty: match.certainty }
  );
}

const BUILT = /(?:^|\/)(?:dist|build|out|lib|target|\.next\/server|compiled|public|es|cjs|esm)\//;

/** The file is not in the repository: a build's output, or a frame that only names its class. */
async function byName(
  frame: StackFrame,
  name: string | null,
  context: ResolveContext,
): Promise<ResolvedFrame | null> {
  for (const stem of stemsOf(frame)) {
    const files = context.index
      .byStem(stem)
      .filter((file) => SOURCE.test(file) && !TEST.test(file));
    const [file] = files;
    if (files.length !== 1 || !file) continue;
    const found = await inFile({ file, certainty: 0.5 }, name, context);
    if (found) return found;
  }
  return null;
}

const SOURCE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|cs|fs|vb|java|kt|scala|groovy|cpp|cc|cxx|c|h|hpp|rs|go|swift|dart)$/;
const TEST = /(?:^|[/._-])(?:tests?|specs?|__tests__|mocks?)(?:[/._-]|$)/i;

function stemsOf(frame: StackFrame): string[] {
  const path = plainFramePath(frame.file);
  if (path === null) return classNames(frame);
  if (!BUILT.test(path)) return [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [name.replace(/\.(?:[cm]?js|jsx|mjs)$/, '')];
}

/** Only the function is known: where it is defined. */
async function inFile(
  match: FileMatch,
  name: string | null,
  { reader, revision }: ResolveContext,
): Promise<ResolvedFrame | null> {
  if (name === null) return null;
  const extent = definitionOf(await reader.lines(match.file, revision), name);
  return (
    extent && { ...match, line: extent.from, function: name, certainty: match.certainty * 0.7 }
  );
}
