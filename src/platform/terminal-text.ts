const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|^\p{Extended_Pictographic}\ufe0f|^[\u{1f300}-\u{1faff}]|^[\u{20000}-\u{3fffd}]/u;
const PLAIN = /^[\x20-\x7e]*$/;
/** Characters that are a grapheme and a column each, whatever stands beside them. */
const SIMPLE =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff\u2500-\u259f]*$/;

/** What a reader takes for single characters. The tables of Unicode are loaded only where needed. */
function graphemes(text: string): Iterable<string> {
  if (SIMPLE.test(text)) return text;
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
  return Iterator.from(segments).map(({ segment }) => segment);
}

/** Columns that a text without escape sequences takes in a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const segment of graphemes(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** Cuts a text to at most `columns` columns, with an ellipsis where something was cut. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let out = '';
  let width = 0;
  for (const segment of graphemes(text)) {
    const next = WIDE.test(segment) ? 2 : 1;
    if (width + next > columns - 1) break;
    out += segment;
    width += next;
  }
  return `${out.trimEnd()}…`;
}

/** Fills a text with blanks on the right up to `columns` columns. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** Breaks a text at blanks into lines of at most `columns` columns; longer words are cut. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, columns));
}

function wrapParagraph(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/ +/).flatMap((long) => pieces(long, columns))) {
    if (!line) line = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= columns) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, columns: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (displayWidth(rest) > columns) {
    const head = cut(rest, columns);
    parts.push(head);
    rest = rest.slice(head.length);
  }
  return [...parts, rest];
}

/** The longest head of a word that fits into `columns`; at least one character. */
function cut(word: string, columns: number): string {
  let out = '';
  let width = 0;
  for (const segment of graphemes(word)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > columns && out) break;
    out += segment;
  }
  return out;
}
