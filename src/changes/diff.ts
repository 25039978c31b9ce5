import { type Hunk, isFileHeader, parseHunk } from '#src/changes/diff-hunk.ts';
import { headerPaths, plainPath } from '#src/changes/diff-path.ts';

/** What a diff does to one file. */
export type FileDiff = {
  /** Path before, null for a new file. */
  oldPath: string | null;
  /** Path after, null for a deleted file. */
  newPath: string | null;
  status: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied';
  /** File modes such as `100755`, where the diff tells them. */
  oldMode: string | null;
  newMode: string | null;
  isBinary: boolean;
  hunks: Hunk[];
};

/** The path by which a file of a diff is known: the new one, for a deleted file the old one. */
export function pathOf(file: FileDiff): string {
  return file.newPath ?? file.oldPath ?? '';
}

/**
 * Reads a unified diff: git's (renames, copies, modes, binary files, quoted names, combined diffs
 * of merges), plain `diff -u`, and Subversion's. What stands around it is skipped. Counts in hunk
 * headers may be wrong, the end may be cut, anything may be garbage: never throws, takes time
 * linear in the text, and gives what could be read.
 */
export function parseDiff(text: string): FileDiff[] {
  const lines = text.split('\n');
  const reader: Reader = { files: [], file: null, inHeader: false };
  for (let at = 0; at < lines.length; ) at = readAt(lines, at, reader);
  return reader.files.filter((one) => one.oldPath !== null || one.newPath !== null);
}

type Reader = {
  files: FileDiff[];
  file: FileDiff | null;
  /** Between `diff --git` and the first hunk, where lines such as `rename from` mean something. */
  inHeader: boolean;
};

/** Reads what begins at a line. @returns the number of the line after it */
function readAt(lines: readonly string[], at: number, reader: Reader): number {
  const line = (lines[at] ?? '').replace(/\r$/, '');
  if (/^diff --(?:git|cc|combined) /.test(line)) {
    reader.file = emptyFile(...headerPaths(line));
    reader.files.push(reader.file);
    reader.inHeader = true;
    return at + 1;
  }
  if (isFileHeader(lines, at)) {
    const oldPath = plainPath(line.slice(4));
    const newPath = plainPath((lines[at + 1] ?? '').slice(4));
    if (!reader.file || !reader.inHeader) {
      reader.file = emptyFile(oldPath, newPath);
      reader.files.push(reader.file);
    }
    setPaths(reader.file, oldPath, newPath);
    reader.inHeader = true;
    return at + 2;
  }
  if (reader.file && /^@@+ /.test(line)) {
    const parsed = parseHunk(lines, at);
    if (parsed) reader.file.hunks.push(parsed.hunk);
    reader.inHeader = false;
    return parsed?.next ?? at + 1;
  }
  if (reader.file && reader.inHeader) readExtendedHeader(reader.file, line);
  else if (/^Binary files .{1,2000} differ$/.test(line)) reader.files.push(binaryFile(line));
  return at + 1;
}

function emptyFile(oldPath: string | null, newPath: string | null): FileDiff {
  const status = oldPath === null ? 'added' : newPath === null ? 'deleted' : 'modified';
  const modes = { oldMode: null, newMode: null };
  return { oldPath, newPath, status, ...modes, isBinary: false, hunks: [] };
}

function setPaths(file: FileDiff, oldPath: string | null, newPath: string | null): void {
  file.oldPath = oldPath;
  file.newPath = newPath;
  if (oldPath === null) file.status = 'added';
  else if (newPath === null) file.status = 'deleted';
}

/** The lines that git puts between `diff --git` and the hunks (git-diff(1), "extended header"). */
function readExtendedHeader(file: FileDiff, line: string): void {
  const match =
    /^(old mode|new mode|deleted file mode|new file mode|rename from|rename to|copy from|copy to|index|Binary files|GIT binary patch)(?: (.*))?$/.exec(
      line,
    );
  const value = match?.[2] ?? '';
  switch (match?.[1]) {
    case 'old mode':
      file.oldMode = value;
      break;
    case 'new mode':
      file.newMode = value;
      break;
    case 'deleted file mode':
      Object.assign(file, { oldMode: value, status: 'deleted', newPath: null });
      break;
    case 'new file mode':
      Object.assign(file, { newMode: value, status: 'added', oldPath: null });
      break;
    case 'rename from':
    case 'copy from':
      file.oldPath = plainPath(value, false);
      break;
    case 'rename to':
      Object.assign(file, { newPath: plainPath(value, false), status: 'renamed' });
      break;
    case 'copy to':
      Object.assign(file, { newPath: plainPath(value, false), status: 'copied' });
      break;
    case 'index':
      file.newMode ??= / (\d{6})$/.exec(value)?.[1] ?? null;
      break;
    case 'Binary files':
    case 'GIT binary patch':
      file.isBinary = true;
      break;
    default:
  }
}

function binaryFile(line: string): FileDiff {
  const [, before = '', after = ''] = /^Binary files (.*) and (.*) differ$/.exec(line) ?? [];
  return { ...emptyFile(plainPath(before), plainPath(after)), isBinary: true };
}
