import type { Fields } from '#src/logs/records/parsed-line.ts';

const PAIR = /([A-Za-z_][\w.@/-]{0,80})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/y;
const MAX_PAIRS = 200;

/**
 * Reads a line of `key=value key="value with blanks"` from end to end (https://brandur.org/logfmt).
 * @returns the fields, or null when the line holds anything else
 */
export function readLogfmt(text: string): Fields | null {
  const fields: Fields = Object.create(null) as Fields;
  let at = 0;
  let count = 0;
  while (at < text.length && count < MAX_PAIRS) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    if (at >= text.length) break;
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    if (!match) return null;
    fields[match[1] as string] =
      match[2] === undefined ? (match[3] as string) : unescaped(match[2]);
    at = PAIR.lastIndex;
    if (at < text.length && text[at] !== ' ' && text[at] !== '\t') return null;
    count++;
  }
  return count > 1 ? fields : null;
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (_whole, char: string) =>
    char === 'n' ? '\n' : char === 't' ? '\t' : char === 'r' ? '\r' : char,
  );
}
