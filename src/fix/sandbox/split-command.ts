/** What only a shell understands. */
const SHELL = /[|&;<>()$`*?[\]#~{}\n\r!]|(?:^|\s)[A-Za-z_]\w{0,80}=/;

/**
 * A command line of the registry as a program and its arguments: words, `'…'`, `"…"` and `\x`.
 * One that needs a shell is given to `sh -c` as it stands; it is the owner's own configuration.
 * @returns an empty list for an empty command
 */
export function splitCommand(command: string): string[] {
  const text = command.trim();
  if (text === '') return [];
  const words = SHELL.test(text) ? null : wordsOf(text);
  return words ?? ['sh', '-c', text];
}

const SPACE = /\s+/y;
/** A run without quotes, an escaped character, or a quotation; each begins in its own way. */
const PIECE = /[^\s'"\\]+|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"/y;

/** @returns null for an open quotation */
function wordsOf(text: string): string[] | null {
  const words: string[] = [''];
  for (let at = 0; at < text.length; ) {
    SPACE.lastIndex = at;
    const space = SPACE.exec(text)?.[0];
    if (space !== undefined) {
      words.push('');
      at += space.length;
      continue;
    }
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text)?.[0];
    if (piece === undefined) return null;
    words[words.length - 1] += plain(piece);
    at += piece.length;
  }
  return words;
}

function plain(piece: string): string {
  if (piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.startsWith('"')) return piece.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return piece.startsWith('\\') ? piece.slice(1) : piece;
}
