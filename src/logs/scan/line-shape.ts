const LETTER = 1;
const DIGIT = 2;
const SPACE = 4;
/** A letter that no hexadecimal number has. */
const BEYOND_F = 8;
const WORD = LETTER | DIGIT;

/** What each byte is; signs are 0. */
const KIND = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const lower = byte | 32;
  if (byte >= 48 && byte <= 57) KIND[byte] = DIGIT;
  else if (lower >= 97 && lower <= 102) KIND[byte] = LETTER;
  else if ((lower > 102 && lower <= 122) || byte === 95 || byte >= 128)
    KIND[byte] = LETTER | BEYOND_F;
  else if (byte === 32 || byte === 9) KIND[byte] = SPACE;
}

const SEED_HIGH = 0x3c6ef372;
const SEED_LOW = 0x1f83d9ab;
const VALUE = 0x5bd1e995;
const HEX_VALUE = 0x27d4eb2f;
const PATH_VALUE = 0x165667b1;
const FIELD_VALUE = 0x2f3b7c1d;
const BLANK = 0x7f4a7c15;
/** The words of a line whose places are kept. */
export const MAX_WORDS = 96;

const SLASH = 47;
const EQUALS = 61;
const QUOTE = 34;

/**
 * The shape of a line: what is left of it when numbers, ids, paths and values of keys are taken out.
 * Lines of one shape are parsed once. One pass over the bytes, no allocation.
 */
export class LineShape {
  high = 0;
  low = 0;
  /** Offsets, from the line's start, of its first words (runs of letters and digits). */
  readonly words = new Int32Array(MAX_WORDS);
  wordCount = 0;

  /** Takes up the line in `bytes` from `start` to `end`. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: every byte of every log comes through here, so it stays one loop
  load(bytes: Uint8Array, start: number, end: number): void {
    let high = SEED_HIGH;
    let low = SEED_LOW;
    let count = 0;
    let fields = 0;
    let at = start;
    // Fields of logfmt and JSON name the level and the message, so their words count.
    let structured = bytes[start] === 123;
    while (at < end) {
      const byte = bytes[at] as number;
      let kind = KIND[byte] as number;
      let mark: number;
      if ((kind & WORD) !== 0) {
        const from = at;
        if (count < MAX_WORDS) this.words[count++] = at - start;
        let word = 0;
        let seen = 0;
        // Up to the first digit every letter counts…
        while ((kind & LETTER) !== 0) {
          // Times 511: letters next to each other cannot make up for one another.
          word = ((word << 9) - word + (bytes[at] as number)) | 0;
          seen |= kind;
          if (++at === end) break;
          kind = KIND[bytes[at] as number] as number;
        }
        mark = Math.imul(word, 0x9e3779b1);
        if ((kind & DIGIT) !== 0 && at < end) {
          // …behind it only how the rest looks.
          do {
            seen |= kind;
            if (++at === end) break;
            kind = KIND[bytes[at] as number] as number;
          } while ((kind & WORD) !== 0);
          const hex = at - from > 5 && (seen & (BEYOND_F | LETTER)) === LETTER;
          mark = hex ? HEX_VALUE : VALUE ^ mark;
          // A level written as a number must not be lost.
          if (at - from < 3 && seen === DIGIT && isLevelBefore(bytes, from, start))
            mark = numberMark(bytes, from, at);
        }
      } else if (kind === SPACE) {
        do at++;
        while (at < end && KIND[bytes[at] as number] === SPACE);
        mark = BLANK;
      } else if (byte === SLASH && isPathStart(bytes, at, start, end)) {
        at = pathEnd(bytes, at, end);
        mark = PATH_VALUE;
      } else if (
        byte === EQUALS &&
        !structured &&
        at > start &&
        ((KIND[bytes[at - 1] as number] as number) & LETTER) !== 0
      ) {
        if (fields++ === 0 && !hasBlank(bytes, start, at)) structured = true;
        at++;
        mark = EQUALS;
        if (!structured) {
          const value = fieldEnd(bytes, at, end);
          if (value > at) mark = FIELD_VALUE;
          at = value;
        }
      } else {
        mark = byte;
        at++;
      }
      high = Math.imul(high ^ mark, 0x85ebca6b);
      high ^= high >>> 15;
      low = Math.imul(low ^ mark, 0xc2b2ae35) + 0x165667b1;
      low ^= low >>> 13;
    }
    this.high = high;
    this.low = low;
    this.wordCount = count;
  }
}

function numberMark(bytes: Uint8Array, from: number, to: number): number {
  let mark = VALUE;
  for (let at = from; at < to; at++) mark = mark * 31 + (bytes[at] as number);
  return mark | 0;
}

/** Whether a number is the value of `"level":` or of syslog's `<…>` at the line's beginning. */
function isLevelBefore(bytes: Uint8Array, at: number, start: number): boolean {
  const before = bytes[at - 1];
  if (before === 60 && at === start + 1) return true;
  if (before !== 58 && before !== EQUALS && before !== QUOTE) return false;
  let key = at - 1;
  while (key > start && ((KIND[bytes[key] as number] as number) & LETTER) === 0) key--;
  // …el of level, …ty of severity and priority
  const last = (bytes[key] as number) | 32;
  const next = (bytes[key - 1] as number) | 32;
  return at - key < 5 && ((last === 108 && next === 101) || (last === 121 && next === 116));
}

function isPathStart(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  if (at + 1 >= end || ((KIND[bytes[at + 1] as number] as number) & WORD) === 0) return false;
  if (at === start) return true;
  const before = KIND[bytes[at - 1] as number] as number;
  return before === SPACE || (before === 0 && bytes[at - 1] !== 62);
}

function pathEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 1;
  while (at < end) {
    const byte = bytes[at] as number;
    const kind = KIND[byte] as number;
    if (kind === SPACE || (kind === 0 && !isPathSign(byte))) break;
    at++;
  }
  // A sign at the end belongs to the text.
  while (at > from + 1 && KIND[bytes[at - 1] as number] === 0) at--;
  return at;
}

/** `/ . - = & ? % + ~ # @ ! $ *` and `:` */
function isPathSign(byte: number): boolean {
  return (
    (byte >= 42 && byte <= 47 && byte !== 44) ||
    byte === 61 ||
    byte === 38 ||
    byte === 63 ||
    byte === 37 ||
    byte === 126 ||
    byte === 35 ||
    byte === 64 ||
    byte === 33 ||
    byte === 36 ||
    byte === 58
  );
}

/** The end of a value behind `key=`: up to a blank or a closing sign, or the closing quote. */
function fieldEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  if (bytes[at] === QUOTE) {
    for (at++; at < end; at++) if (bytes[at] === QUOTE && bytes[at - 1] !== 92) return at + 1;
    return from;
  }
  while (at < end) {
    const byte = bytes[at] as number;
    if (
      KIND[byte] === SPACE ||
      byte === 44 ||
      byte === 59 ||
      byte === 41 ||
      byte === 93 ||
      byte === 125 ||
      byte === 124 ||
      byte === 62
    )
      break;
    if (byte === 40 || byte === 91 || byte === 123 || byte === QUOTE || byte === EQUALS)
      return from;
    at++;
  }
  return at;
}

function hasBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (KIND[bytes[at] as number] === SPACE) return true;
  return false;
}
