import { isSpace, isWord } from './characters.ts';

export function closingQuote(text: string, from: number, quote: string): number {
  const limit = Math.min(text.length, from + 1000);
  for (let at = from; at < limit; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote !== "'" || !isWord(text.charCodeAt(at + 1))) return at;
    }
  }
  return -1;
}

const OPEN = '([{';
const CLOSE = ')]}';

/** The bracket that closes the one at `from`, at most `reach` characters on, or -1. */
export function closingBracket(text: string, from: number, reach: number): number {
  const limit = Math.min(text.length, from + reach);
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const char = text[at] as string;
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char) && --depth === 0) return at;
  }
  return -1;
}

/** The end of a value behind `key=`: brackets and quotes belong to it whole. */
export function valueEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const char = text[at] as string;
    if (isSpace(text.charCodeAt(at)) || ',;)]}|>'.includes(char)) break;
    if (OPEN.includes(char)) at = Math.max(at, closingBracket(text, at, 2000));
    else if (char === '"' || (char === "'" && at === from)) {
      at = Math.max(at, closingQuote(text, at + 1, char));
    }
    at++;
  }
  return at;
}

/** Empty, or at least two items of one word each. */
export function isList(inner: string): boolean {
  const trimmed = inner.trim();
  if (trimmed === '') return true;
  if (!trimmed.includes(',')) return false;
  return trimmed.split(',').every((item) => !/[\s()[\]{}=:]/.test(item.trim()));
}
