import { isDigit, isLetter, isWord } from './characters.ts';
import { LITERALS } from './lexicon.ts';
import { WILD } from './marks.ts';

const HEX = /^[0-9a-fA-F]{6,}$/;
const HEX_GROUPS = /^[0-9a-fA-F]{2,}(?:[-:.][0-9a-fA-F]{2,}){2,40}$/;
/** Groups with a `::`, or at least five of them. */
const IP_V6 =
  /^(?=[^:]{0,4}(?::[^:]{1,4}){0,6}::|(?:[^:]{1,4}:){5})[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,8}(?:%\w{1,16})?(?:\/\d{1,3})?$/;
const KEYED = /^([A-Za-z_][A-Za-z_.-]{0,60}):(?!:)(.+)$/;
const PREFIXED = /^([A-Za-z_$.-]*[A-Za-z][A-Za-z_$.-]*)(.*)$/;

/** The pattern tokens of a run without blanks. */
export function canonical(chunk: string): string[] {
  // What most words are: letters only.
  let letters = 0;
  while (letters < chunk.length && isLetter(chunk.charCodeAt(letters))) letters++;
  if (letters === chunk.length)
    return [isLiteral(chunk) || (letters >= 8 && HEX.test(chunk)) ? WILD : chunk];
  if (isLiteral(chunk)) return [WILD];
  const digit = firstDigit(chunk);
  if (isPathOrAddress(chunk) || (chunk.includes(':') && IP_V6.test(chunk))) return [WILD];
  if (digit < 0) return withoutDigits(chunk);
  if ((chunk.length > 7 && HEX.test(chunk)) || HEX_GROUPS.test(chunk)) return [WILD];
  if (digit <= leadIn(chunk)) return splitLead(chunk);
  const keyed = chunk.includes(':') ? KEYED.exec(chunk) : null;
  if (keyed) return [isHostPort(keyed) ? WILD : `${keyed[1]}:${WILD}`];
  return [prefixed(chunk)];
}

function isLiteral(chunk: string): boolean {
  return chunk.length < 10 && LITERALS.has(chunk);
}

/** `db.example.org:5432`, as opposed to `retries:3`. */
function isHostPort(keyed: RegExpExecArray): boolean {
  return (keyed[1] as string).includes('.') && /^\d{1,5}$/.test(keyed[2] as string);
}

function withoutDigits(chunk: string): string[] {
  if (chunk.length >= 8 && HEX.test(chunk)) return [WILD];
  if (chunk.includes(':') && HEX_GROUPS.test(chunk)) return [WILD];
  const keyed = chunk.includes(':') ? KEYED.exec(chunk) : null;
  if (keyed && /[^A-Za-z]/.test(keyed[2] as string)) return [`${keyed[1]}:${WILD}`];
  return [chunk];
}

/** `10.0.0.1:Text` is a value and a text. */
function splitLead(chunk: string): string[] {
  const colon = chunk.lastIndexOf(':');
  const tail = chunk.slice(colon + 1);
  if (colon > 0 && tail.length > 1 && /^[A-Za-z]+$/.test(tail) && !HEX.test(tail))
    return [WILD, ':', tail];
  return [WILD];
}

/** `node-17` keeps its name; ids in which letters and digits alternate do not. */
function prefixed(chunk: string): string {
  const [, name = '', rest = ''] = PREFIXED.exec(chunk) ?? [];
  const letters = name.replace(/[^A-Za-z]/g, '').length;
  if (letters < 2) return WILD;
  if (changes(rest) > 3 && /^[A-Za-z]+$/.test(name) && isLetter(rest.charCodeAt(1))) return WILD;
  if (chunk.length > 24 && changes(chunk) > 6 && !/[-_./]$/.test(name)) return WILD;
  return `${name.replace(/([_.$-])[_.$-]+$/, '$1')}${WILD}`;
}

function changes(text: string): number {
  let count = 0;
  for (let i = 1; i < text.length; i++) {
    const a = text.charCodeAt(i - 1);
    const b = text.charCodeAt(i);
    if ((isDigit(a) && isLetter(b)) || (isLetter(a) && isDigit(b))) count++;
  }
  return count;
}

function firstDigit(chunk: string): number {
  for (let i = 0; i < chunk.length; i++) if (isDigit(chunk.charCodeAt(i))) return i;
  return -1;
}

/** How many signs stand before the first letter or digit. */
function leadIn(chunk: string): number {
  let at = 0;
  while (at < chunk.length && !isWord(chunk.charCodeAt(at))) at++;
  return at;
}

/** `/a/b`, `./a`, `C:\\a`, `https://…`, `a/b/c`, `user@host`. */
function isPathOrAddress(chunk: string): boolean {
  const sign = chunk.indexOf('@');
  if (sign > 0 && sign < chunk.length - 1 && isWord(chunk.charCodeAt(sign + 1))) return true;
  const slash = chunk.indexOf('/');
  if (slash < 0) return chunk.includes('\\') && DRIVE.test(chunk);
  if (slash === 0) return chunk.length > 1 && isWord(chunk.charCodeAt(1));
  const second = chunk.indexOf('/', slash + 1);
  if (second === slash + 1 && chunk[slash - 1] === ':') return true;
  return (second > 0 && isWord(chunk.charCodeAt(0))) || RELATIVE.test(chunk) || DRIVE.test(chunk);
}

const DRIVE = /^[A-Za-z]:[\\/]/;
const RELATIVE = /^(?:\.{1,2}|~)\//;
