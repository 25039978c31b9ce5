import { closingBracket, closingQuote, isList, valueEnd } from './brackets.ts';
import { canonical } from './canonical.ts';
import {
  chunkEnd,
  isBreak,
  isDigit,
  isLetter,
  isSeparator,
  isSpace,
  isWord,
} from './characters.ts';
import { WILD } from './marks.ts';
import { tidy } from './value-runs.ts';

const MAX_TOKENS = 256;
const MAX_CHARS = 16_384;
const SPACE = 32;
const EQUALS = 61;
/** S, I, U and D, in both cases. */
const SQL_INITIALS = new Set([83, 73, 85, 68, 115, 105, 117, 100]);

/**
 * Cuts a message into the tokens of its pattern: values that any reader knows for values (numbers,
 * addresses, ids, paths, quoted and braced text, values of keys) are `<*>`, everything else stays.
 * The same text always gives the same tokens; runs of values are one value, so that a list's
 * length does not matter. Linear in the message's length.
 */
export function tokenize(message: string): string[] {
  return tidy(
    new Scanner(message.length > MAX_CHARS ? message.slice(0, MAX_CHARS) : message).run(),
  );
}

class Scanner {
  readonly #text: string;
  readonly #end: number;
  readonly #out: string[] = [];
  /** Closing quotes of text that is read as a part of the message. */
  readonly #opened = new Set<number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#end = text.length;
  }

  run(): string[] {
    while (this.#at < this.#end && this.#out.length < MAX_TOKENS) this.#step();
    return this.#out;
  }

  #step(): void {
    const code = this.#text.charCodeAt(this.#at);
    if (isSpace(code) || (this.#opened.size > 0 && this.#opened.has(this.#at))) {
      this.#at++;
      return;
    }
    if (code === 34 || code === 39 || code === 96) {
      if (this.#quoted(this.#text[this.#at] as string)) return;
    } else if (code === 123) {
      if (this.#braced()) return;
    } else if (code === 91 || code === 40) {
      if (this.#listed(code === 91 ? '[' : '(')) return;
    } else if (code === 60) {
      if (this.#angled()) return;
    } else if (code === EQUALS) {
      this.#equals();
      return;
    } else if (SQL_INITIALS.has(code) && this.#out.length > 1 && this.#statement()) return;
    if (isSeparator(code)) {
      this.#emit(this.#text[this.#at] as string);
      this.#at++;
      return;
    }
    this.#chunk();
  }

  #emit(token: string): void {
    this.#out.push(token);
  }

  /** `"any text"` is a value, unless it is a request line or the whole message. */
  #quoted(quote: string): boolean {
    const before = this.#at === 0 ? SPACE : this.#text.charCodeAt(this.#at - 1);
    if (quote === "'" && isWord(before)) return false;
    const close = closingQuote(this.#text, this.#at + 1, quote);
    if (close < 0) return false;
    const inner = this.#text.slice(this.#at + 1, close);
    const whole = this.#out.length === 0;
    if (whole || REQUEST.test(inner)) {
      this.#opened.add(close);
      this.#at++;
      return true;
    }
    this.#emit(WILD);
    this.#at = close + 1;
    return true;
  }

  /** `{…}` is a value, except where it is the message itself. */
  #braced(): boolean {
    const close = closingBracket(this.#text, this.#at, 4000);
    if (close < 0 || close - this.#at > 0.7 * this.#end) return false;
    this.#emit(WILD);
    this.#at = close + 1;
    return true;
  }

  /** A statement of SQL inside a message is a value up to its end. */
  #statement(): boolean {
    SQL.lastIndex = this.#at;
    const match = SQL.exec(this.#text);
    if (!match || isWord(this.#text.charCodeAt(this.#at - 1))) return false;
    this.#emit((match[1] as string).trim().toUpperCase());
    this.#emit(WILD);
    this.#at = this.#end;
    return true;
  }

  /** `[a, b]`, `()` and the like are one value between their brackets. */
  #listed(open: string): boolean {
    const close = closingBracket(this.#text, this.#at, 2000);
    if (close < 0 || !isList(this.#text.slice(this.#at + 1, close))) return false;
    this.#emit(open);
    if (open === '[' || close > this.#at + 1) this.#emit(WILD);
    this.#emit(open === '[' ? ']' : ')');
    this.#at = close + 1;
    return true;
  }

  /** `<id>`, `<a@b>`, `<k:1, l:2>` are values; `<5` is a number. */
  #angled(): boolean {
    if (isDigit(this.#text.charCodeAt(this.#at + 1))) {
      this.#at++;
      return true;
    }
    const close = this.#text.indexOf('>', this.#at);
    if (close < 0 || close - this.#at > 200) return false;
    const inner = this.#text.slice(this.#at + 1, close);
    if (inner === '' || (/\s/.test(inner) && !/[:=]/.test(inner))) return false;
    this.#emit(WILD);
    this.#at = close + 1;
    return true;
  }

  #equals(): void {
    let stop = this.#at + 1;
    while (stop < this.#end && '=>'.includes(this.#text[stop] as string)) stop++;
    const adjacent = this.#at > 0 && !isSpace(this.#text.charCodeAt(this.#at - 1));
    const key = this.#out[this.#out.length - 1];
    if (stop - this.#at === 1 && adjacent && key !== undefined && !isBreak(key)) {
      this.#out[this.#out.length - 1] = key === WILD ? WILD : `${key}=${WILD}`;
      this.#at = valueEnd(this.#text, stop);
      return;
    }
    this.#emit(this.#text.slice(this.#at, stop));
    this.#at = stop;
    if (stop < this.#end && isSpace(this.#text.charCodeAt(stop))) this.#spacedValue();
  }

  /** The value in `key = value`. */
  #spacedValue(): void {
    let at = this.#at;
    while (at < this.#end && isSpace(this.#text.charCodeAt(at))) at++;
    if (at >= this.#end || !isWord(this.#text.charCodeAt(at))) return;
    const end = chunkEnd(this.#text, at);
    if (this.#text[end - 1] === ':') return;
    this.#emit(WILD);
    this.#at = end;
  }

  #chunk(): void {
    const start = this.#at;
    let end = chunkEnd(this.#text, start);
    if (end === start) end++;
    this.#at = end;
    let core = end;
    if (!isLetter(this.#text.charCodeAt(start)) && !HAS_WORD.test(this.#text.slice(start, end))) {
      this.#emit(this.#text.slice(start, end));
      return;
    }
    while (core > start + 1 && ':.!?'.includes(this.#text[core - 1] as string)) core--;
    const chunk = this.#text.slice(start, core);
    const opened = core === end ? this.#attached(chunk) : null;
    if (opened !== null) {
      this.#emit(opened);
      return;
    }
    for (const token of canonical(chunk)) this.#emit(token);
    if (core < end) this.#emit(this.#text.slice(core, end));
  }

  /** `name[…]`, `name{…}` and `name(…)`: what is in the brackets is a value of the name. */
  #attached(chunk: string): string | null {
    const open = this.#text[this.#at];
    if (open !== '[' && open !== '{' && open !== '(') return null;
    const close = closingBracket(this.#text, this.#at, 2000);
    if (close < 0) return null;
    const inner = this.#text.slice(this.#at + 1, close);
    const name = canonical(chunk);
    if (name.length !== 1 || !isWord((name[0] as string).charCodeAt(0))) return null;
    if (open === '(' && (inner === '' || /^[A-Za-z]{1,12}$/.test(inner))) {
      this.#at = close + 1;
      return `${name[0]}(${inner})`;
    }
    if (open === '(' && /\s/.test(inner) && !/[,='"]/.test(inner)) return null;
    this.#at = close + 1;
    const tail = chunkEnd(this.#text, this.#at);
    if (tail > this.#at && this.#text[this.#at] !== ':' && this.#text[this.#at] !== '.')
      this.#at = tail;
    return `${name[0]}${open}${WILD}${open === '[' ? ']' : open === '{' ? '}' : ')'}`;
  }
}

const HAS_WORD = /[A-Za-z0-9_\u0080-\uffff]/;
const SQL =
  /(SELECT (?=.{1,2000}? FROM )|INSERT INTO |UPDATE (?=\S{1,200} SET )|DELETE FROM |select (?=.{1,2000}? from )|insert into |update (?=\S{1,200} set )|delete from )/y;
const REQUEST = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT|TRACE) \S/;
