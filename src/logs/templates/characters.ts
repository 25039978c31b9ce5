/** Classes of characters and the ends of runs that the tokenizer knows. Codes are UTF-16 code units. */
const SPACE = 32;

export function isSpace(code: number): boolean {
  return code < 128 ? ROLE[code] === 2 : code === 0xa0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 128;
}

export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95;
}

/** What each ASCII character is to the scanner: 1 a separator, 2 a blank. */
const ROLE = new Uint8Array(128);
for (const char of '()[]{}<>",;|=`') ROLE[char.charCodeAt(0)] = 1;
for (const code of [SPACE, 9, 10, 11, 12, 13]) ROLE[code] = 2;

/** Whether a character stands for itself between words. */
export function isSeparator(code: number): boolean {
  return code < 128 && ROLE[code] === 1;
}

export function isBreak(text: string): boolean {
  return text.length === 1 && ROLE[text.charCodeAt(0)] === 1;
}

/** The end of a run without blanks and without separators; `1,234` stays one number, `->` one arrow. */
export function chunkEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const role = code < 128 ? (ROLE[code] as number) : code === 0xa0 ? 2 : 0;
    if (role === 2) break;
    if (role === 1) {
      if (code === 44 && isThousands(text, at)) continue;
      if (code === 62 && at > start && text.charCodeAt(at - 1) === 45) continue;
      break;
    }
    if (
      code === 39 &&
      at > start &&
      !(isWord(text.charCodeAt(at - 1)) && isWord(text.charCodeAt(at + 1)))
    )
      break;
  }
  return at;
}

function isThousands(text: string, comma: number): boolean {
  let at = comma - 1;
  while (at > comma - 4 && isDigit(text.charCodeAt(at))) at--;
  if (text[at] === '.' || isDigit(text.charCodeAt(at))) return false;
  return (
    isDigit(text.charCodeAt(comma - 1)) &&
    isDigit(text.charCodeAt(comma + 1)) &&
    isDigit(text.charCodeAt(comma + 2)) &&
    isDigit(text.charCodeAt(comma + 3)) &&
    !isDigit(text.charCodeAt(comma + 4))
  );
}
