/** What one hunk of a unified diff did to a file; line numbers are of the version after it. */
export type Hunk = {
  /** First and last line after the change that the hunk covers, context left out. */
  from: number;
  to: number;
  /** Lines that were taken away stood just before these lines. */
  removedAt: number[];
  addedAt: number[];
  removed: string[];
  added: string[];
  /** Unchanged lines around the change. */
  context: string[];
  /** The line that git puts after the second `@@`: usually the function around the hunk. */
  heading: string;
};

const FILE = /^\+\+\+ (?:b\/)?(.{1,1000}?)(?:\t.*)?$/;
const HUNK = /^@@ -\d{1,9}(?:,\d{1,9})? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.{0,500})/;

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
      current = isFile ? newHunk(hunk[3] ?? '') : null;
      if (current) hunks.push(current);
    } else if (current) line = step(current, text, line);
  }
  return hunks.filter((hunk) => hunk.to > 0);
}

function newHunk(heading: string): Hunk {
  const lists = { removedAt: [], addedAt: [], removed: [], added: [], context: [] };
  return { from: Number.POSITIVE_INFINITY, to: 0, heading, ...lists };
}

function step(hunk: Hunk, text: string, line: number): number {
  const sign = text[0];
  const rest = text.slice(1);
  if (sign === '-') {
    hunk.removedAt.push(line);
    hunk.removed.push(rest);
    touch(hunk, line);
    return line;
  }
  if (sign === '+') {
    hunk.addedAt.push(line);
    hunk.added.push(rest);
    touch(hunk, line);
  } else if (sign === ' ') hunk.context.push(rest);
  return sign === '+' || sign === ' ' ? line + 1 : line;
}

function touch(hunk: Hunk, line: number): void {
  hunk.from = Math.min(hunk.from, line);
  hunk.to = Math.max(hunk.to, line);
}

/** Whether a line was only moved or laid out anew by a change; and whether a hunk holds nothing else. */
export type Cosmetics = { isMoved(line: string): boolean; isCosmetic(hunk: Hunk): boolean };

/**
 * Tells lines that a diff moved, indented or laid out anew from those that it really changed: their
 * text without blanks stands among the lines taken away as well as among those added.
 */
export function cosmeticsOf(diff: string): Cosmetics {
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const text of diff.split('\n')) {
    if (text.startsWith('+') && !text.startsWith('+++ ')) added.add(bare(text.slice(1)));
    else if (text.startsWith('-') && !text.startsWith('--- ')) removed.add(bare(text.slice(1)));
  }
  const isMoved = (line: string): boolean => {
    const text = bare(line);
    return text === '' || (added.has(text) && removed.has(text));
  };
  return {
    isMoved,
    isCosmetic: (hunk) =>
      [...hunk.added, ...hunk.removed].every((line) => isMoved(line) || isComment(line)),
  };
}

/** Text without blanks and without the separator at its end, which layout changes. */
function bare(line: string): string {
  return line.replace(/\s+/g, '').replace(/[,;]$/, '');
}

const COMMENT =
  /^\s*(?:\/\/|\/\*|\*(?:\s|\/|$)|#(?!include|define|if|else|endif|pragma|undef|!\[|\[)|--\s|<!--|"""|''')/;

function isComment(line: string): boolean {
  return COMMENT.test(line);
}
