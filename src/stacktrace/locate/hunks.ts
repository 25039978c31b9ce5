/** What one hunk of a unified diff did to a file; line numbers are of the version after it. */
export type Hunk = {
  /** First and last line after the change that the hunk covers, context left out. */
  from: number;
  to: number;
  /** Lines that were taken away stood just before these lines. */
  removedAt: number[];
  addedAt: number[];
};

const FILE = /^\+\+\+ (?:b\/)?(.{1,1000}?)(?:\t.*)?$/;
const HUNK = /^@@ -\d{1,9}(?:,\d{1,9})? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/** The hunks of a unified diff that change `file`. */
export function hunksOf(diff: string, file: string): Hunk[] {
  const hunks: Hunk[] = [];
  let isFile = false;
  let current: Hunk | null = null;
  let line = 0;
  for (const text of diff.split('\n')) {
    const header = text.startsWith('+++ ') ? FILE.exec(text) : null;
    const hunk = HUNK.exec(text);
    if (text.startsWith('diff --git ')) current = null;
    else if (header && !current) isFile = header[1] === file;
    else if (hunk) {
      line = Number(hunk[1]);
      current = isFile
        ? { from: Number.POSITIVE_INFINITY, to: 0, removedAt: [], addedAt: [] }
        : null;
      if (current) hunks.push(current);
    } else if (current) line = step(current, text, line);
  }
  return hunks.filter((hunk) => hunk.to > 0);
}

function step(hunk: Hunk, text: string, line: number): number {
  const sign = text[0];
  if (sign === '-') {
    hunk.removedAt.push(line);
    touch(hunk, line);
    return line;
  }
  if (sign === '+') {
    hunk.addedAt.push(line);
    touch(hunk, line);
  }
  return sign === '+' || sign === ' ' ? line + 1 : line;
}

function touch(hunk: Hunk, line: number): void {
  hunk.from = Math.min(hunk.from, line);
  hunk.to = Math.max(hunk.to, line);
}
