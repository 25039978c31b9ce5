import { CALENDAR, UNITS } from './lexicon.ts';
import { MANY, WILD } from './marks.ts';

const LIST_SIGNS = new Set([
  ',',
  ';',
  '|',
  '-',
  ':',
  '/',
  '+',
  'x',
  '->',
  '=>',
  '--',
  '..',
  '*',
  '#',
  '~',
]);

/** Tidies the values among tokens: units, dates and lists become one value each. */
export function tidy(tokens: readonly string[]): string[] {
  return lists(enumerations(absorb(tokens)));
}

/** Takes units and calendar words into the value beside them. */
function absorb(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string;
    const last = out[out.length - 1];
    if (last?.endsWith(WILD) && UNITS.has(token)) continue;
    out.push(CALENDAR.has(token) && (last === WILD || isDate(tokens, i + 1)) ? WILD : token);
  }
  return out;
}

/** Three and more single words with commas between them are a list of names. */
function enumerations(tokens: readonly string[]): string[] {
  if (!tokens.includes(',')) return [...tokens];
  const out: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    while (isItem(tokens[end]) && tokens[end + 1] === ',' && isItem(tokens[end + 2])) end += 2;
    const closed = end - at >= 4 && !isItem(tokens[at - 1], true) && !isItem(tokens[end + 1], true);
    out.push(closed ? MANY : (tokens[at] as string));
    at = closed ? end + 1 : at + 1;
  }
  return out;
}

function isItem(token: string | undefined, plain = false): boolean {
  return token !== undefined && (plain ? /^[a-z]/ : /^[:\w]/).test(token);
}

/**
 * Makes three and more values in a row one `<+>`: a list. Two stay two, for a pair is mostly a
 * pair in every message; {@link collapse} makes one of them where lists turn up in their place.
 */
function lists(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as string;
    const end = token.includes(WILD) ? runEnd(tokens, at) : at + 1;
    if (end - at < 3 || (end - at === 3 && tokens[at + 1] !== token)) {
      for (; at < end; at++) out.push(tokens[at] as string);
    } else {
      out.push(token.replace(WILD, MANY));
      at = end;
    }
  }
  return out;
}

/** The end of the run of equal values, with or without list signs between them. */
function runEnd(tokens: readonly string[], start: number): number {
  const token = tokens[start];
  let end = start + 1;
  for (;;) {
    if (tokens[end] === token) end++;
    else if (LIST_SIGNS.has(tokens[end] ?? '') && tokens[end + 1] === token) end += 2;
    else return end;
  }
}

/** The tokens with every list, pair and single value in the same form. */
export function collapse(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = (tokens[at] as string).replace(MANY, WILD);
    const end = token.includes(WILD) ? runEnd(tokens, at) : at + 1;
    out.push(token);
    at = end;
  }
  return out;
}

function isDate(tokens: readonly string[], at: number): boolean {
  const next = tokens[at];
  return next === WILD || (next !== undefined && CALENDAR.has(next) && tokens[at + 1] === WILD);
}
