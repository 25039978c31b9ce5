type DiffLine = {
  kind: 'context' | 'removed' | 'added';
  /** Without the sign; a carriage return at the end is kept. */
  text: string;
  /** Numbers from 1; null on the side where the line is not. */
  oldLine: number | null;
  newLine: number | null;
};

export type Hunk = {
  oldStart: number;
  newStart: number;
  /** What stands behind the second `@@`: usually the function's first line. */
  section: string;
  lines: DiffLine[];
  /** Whether the last line lacks its newline. */
  oldEndsBare: boolean;
  newEndsBare: boolean;
};

const HEADER = /^(@@+) ((?:-\d+(?:,\d+)? ){1,16})\+(\d+)(?:,(\d+))? @@+ ?(.*)$/;

/**
 * Reads the hunk that begins at a line. Its counts decide where it ends as long as they fit what
 * stands there; where they are wrong, its signs do.
 * @returns the hunk and the number of the first line after it, or null where there is none
 */
export function parseHunk(
  lines: readonly string[],
  at: number,
): { hunk: Hunk; next: number } | null {
  const match = HEADER.exec((lines[at] ?? '').replace(/\r$/, ''));
  if (!match) return null;
  const [, marks = '', olds = '', newStart = '0', newCount = '1', section = ''] = match;
  const parents = marks.length - 1;
  const old = olds.trim().split(' ').map(startAndCount);
  const hunk: Hunk = {
    oldStart: old[0]?.start ?? 0,
    newStart: Number(newStart),
    section,
    lines: [],
    oldEndsBare: false,
    newEndsBare: false,
  };
  const position = { old: hunk.oldStart, new: hunk.newStart };
  let oldLeft = Math.min(old[0]?.count ?? 0, lines.length);
  let newLeft = Math.min(Number(newCount), lines.length);
  let next = at + 1;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (line.startsWith('\\')) {
      const last = hunk.lines.at(-1)?.kind;
      if (last !== 'added') hunk.oldEndsBare = true;
      if (last !== 'removed') hunk.newEndsBare = true;
      continue;
    }
    const isOver = oldLeft <= 0 && newLeft <= 0;
    if (endsHunk(lines, next, isOver, oldLeft, newLeft)) break;
    const read = readLine(line, parents, position);
    hunk.lines.push(read);
    if (read.kind !== 'added') oldLeft--;
    if (read.kind !== 'removed') newLeft--;
  }
  // The empty line that the text's last newline leaves is no context line.
  if (next >= lines.length && lines.at(-1) === '' && hunk.lines.at(-1)?.text === '') {
    if (hunk.lines.at(-1)?.kind === 'context') hunk.lines.pop();
  }
  return { hunk, next };
}

/** `--- x` and `+++ y` on consecutive lines. */
export function isFileHeader(lines: readonly string[], at: number): boolean {
  return (lines[at]?.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ')) ?? false;
}

function endsHunk(
  lines: readonly string[],
  at: number,
  isOver: boolean,
  oldLeft: number,
  newLeft: number,
): boolean {
  const line = lines[at] ?? '';
  // An editor may have cut the blank of an empty context line.
  if (line === '' || line === '\r') return isOver;
  if (!' +-'.includes(line[0] ?? '')) return true;
  if (!isFileHeader(lines, at)) return false;
  // `--- x` may be the removed line `-- x`: it is while the counts want both lines and no more.
  const wanted = oldLeft === 1 && newLeft === 1;
  return isOver || (!wanted && /^@@ -/.test(lines[at + 2] ?? ''));
}

function readLine(line: string, parents: number, position: { old: number; new: number }): DiffLine {
  const signs = line.slice(0, parents);
  const text = line.slice(parents);
  if (signs.includes('+')) {
    return { kind: 'added', text, oldLine: null, newLine: position.new++ };
  }
  if (signs.includes('-')) {
    // Of a merge's parents only the first one's lines are numbered.
    const isFirst = parents === 1 || signs.startsWith('-');
    return { kind: 'removed', text, oldLine: isFirst ? position.old++ : null, newLine: null };
  }
  return { kind: 'context', text, oldLine: position.old++, newLine: position.new++ };
}

function startAndCount(text: string): { start: number; count: number } {
  const [start = '0', count = '1'] = text.slice(1).split(',');
  return { start: Number(start), count: Number(count) };
}
