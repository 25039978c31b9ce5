import { type Level, levelOf, levelOfLetter } from './level.ts';
import type { WrittenTime } from './time/clock.ts';
import { readEpoch, readGlogTime, readTime } from './time/read-time.ts';

/** The part of a line in which a header is looked for, as text and as bytes (one byte a character). */
export type HeaderText = { text: string; bytes: Uint8Array; length: number };

const REACH = 400;

/** A line as a header text. */
export function headerText(text: string, bytes = new Uint8Array(REACH)): HeaderText {
  const length = Math.min(text.length, REACH);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    bytes[i] = code < 256 ? code : 255;
  }
  return { text, bytes, length };
}

/** Makes header texts that share their bytes: one is done with before the next is made. */
export function createHeaderScratch(): (text: string) => HeaderText {
  const bytes = new Uint8Array(REACH);
  return (text) => headerText(text, bytes);
}

export type TimeItem = { end: number; time: WrittenTime; level: Level | null; at: number };

/** A time at `at`, perhaps in brackets. @param epoch whether a bare number may be one */
export function timeItem(header: HeaderText, at: number, epoch: boolean): TimeItem | null {
  const { bytes, length } = header;
  const open = bytes[at];
  const start = open === 91 || open === 40 || open === 60 || open === 34 ? at + 1 : at;
  const time = readTime(bytes, start, length) ?? (epoch ? readEpoch(bytes, start, length) : null);
  if (time) {
    const next = bytes[time.end] ?? 32;
    // A clock with more glued to it is a ratio, an address or a version.
    if (!time.hasDate && !isEdge(next)) return null;
    if (isAlnum(next) && start === at) return null;
    let { end } = time;
    if (
      start > at &&
      (bytes[end] === 93 || bytes[end] === 41 || bytes[end] === 62 || bytes[end] === 34)
    )
      end++;
    return { end, time, level: null, at: start };
  }
  const letter = levelOfLetter(String.fromCharCode(bytes[at] ?? 0));
  const glog = letter ? readGlogTime(bytes, at + 1, length) : null;
  return glog ? { end: glog.end, time: glog, level: letter, at: at + 1 } : null;
}

const LEVEL = /[[(<"]?([A-Za-z]{1,13})(?: {0,6}[\])>"])?(?=[\s:|,/\]\-;[]|$)/y;

/** A level at `at`, perhaps in brackets; a lone letter counts where `letters` allows it. */
export function levelItem(
  header: HeaderText,
  at: number,
  letters: boolean,
): { end: number; level: Level } | null {
  LEVEL.lastIndex = at;
  const match = LEVEL.exec(header.text);
  const word = match?.[1];
  if (!match || !word) return null;
  const level = word.length === 1 ? (letters ? levelOfLetter(word) : null) : levelOf(word);
  if (!level) return null;
  // "error while…" is text; a level is in capitals, in brackets, or followed by a sign.
  const bare = match[0].length === word.length;
  const next = header.text[LEVEL.lastIndex];
  if (bare && word === word.toLowerCase() && next !== ':' && next !== '|' && !letters) return null;
  let end = LEVEL.lastIndex;
  // `INFO/worker-3]` names the process behind the level.
  if (bare && next === '/') while (end < header.length && !isBlank(header.bytes[end] ?? 0)) end++;
  return { end, level };
}

const IN_GROUP = /(?:^\W|[\s:/|,])([A-Za-z]{3,13})(?=\W*$|[\s:/|,])/g;

/** A level among the words of a bracketed group, such as `[core:error]` or `[main/INFO]`. */
export function levelInGroup(group: string): Level | null {
  for (const [, word = ''] of group.slice(0, 80).matchAll(IN_GROUP)) {
    const level = levelOf(word);
    if (
      level &&
      (word === word.toUpperCase() ||
        group.includes(`:${word}`) ||
        group.length === word.length + 2)
    )
      return level;
  }
  return null;
}

/** The end of `[…]`, `(…)` or `<…>` at `at`, or -1. */
export function groupItem(header: HeaderText, at: number): number {
  const { bytes, length } = header;
  const open = bytes[at];
  const close = open === 91 ? 93 : open === 40 ? 41 : open === 60 ? 62 : 0;
  if (close === 0) return -1;
  let depth = 0;
  for (let i = at; i < length && i < at + 300; i++) {
    if (bytes[i] === open) depth++;
    else if (bytes[i] === close && --depth === 0) return i + 1;
  }
  return -1;
}

const NUMBER = /[#*]?\d{1,20}(?:#\d{1,10})?(?=[\s:|,;]|$)/y;

/** The end of a number (of a process, a thread, a connection) at `at`, or -1. */
export function numberItem(header: HeaderText, at: number): number {
  NUMBER.lastIndex = at;
  return NUMBER.test(header.text) ? NUMBER.lastIndex : -1;
}

const PERCENT = 37;

const KEY =
  /(?:[^\s:"'=,;|(){}[\]]{1,120}(?:::[^\s:"'=,;|(){}[\]]{1,80}){0,8}(?:\([^()\s]{0,60}\)|\[[^[\]\s]{0,60}\]|:[^\s:]{1,80}){0,4} {0,60}:|[^\s"'=,;|(){}[\]]{1,120}\])(?=\s|$)/y;

/**
 * The end of `name:`, `name[12]:`, `a.b.Name  :`, `file.go:12]` at `at`, or -1. The mnemonic of a network
 * device's message (`%FACILITY-SEVERITY-MNEMONIC:`) says what happened, not who speaks.
 */
export function keyItem(header: HeaderText, at: number): number {
  if (header.bytes[at] === PERCENT) return -1;
  KEY.lastIndex = at;
  const match = KEY.exec(header.text);
  if (!match) return -1;
  // Between the host and the mnemonic stands the message's number.
  const counts = header.text.startsWith(' %', KEY.lastIndex);
  return counts || /[A-Za-z#]/.test(match[0]) ? KEY.lastIndex : -1;
}

const NAME = /[A-Za-z_$][\w$-]{0,60}(?:(?:[.$/]|::)[\w$-]{1,60}){1,12}(?=\s|$)/y;

/** The end of a dotted name, such as a logger's, at `at`, or -1. */
export function nameItem(header: HeaderText, at: number): number {
  NAME.lastIndex = at;
  return NAME.test(header.text) ? NAME.lastIndex : -1;
}

const ID = /[A-Za-z]{1,12}[-_]?\d{1,6}(?=\s)/y;

/** The end of a short id of letters and a number, such as a host's or a node's, at `at`, or -1. */
export function idItem(header: HeaderText, at: number): number {
  ID.lastIndex = at;
  return ID.test(header.text) ? ID.lastIndex : -1;
}

const COLUMN = /[A-Za-z][\w.-]{0,30}(?=\s{2})/y;

/** The end of a word that a column's width fills up with blanks, at `at`, or -1. */
export function columnItem(header: HeaderText, at: number): number {
  COLUMN.lastIndex = at;
  return COLUMN.test(header.text) ? COLUMN.lastIndex : -1;
}

/** The end of the field that a `|` or `;` closes at most 60 characters on, or -1. */
export function fieldItem(header: HeaderText, at: number, sign: string): number {
  const end = header.text.indexOf(sign, at);
  return end < 0 || end - at > 60 || end >= header.length ? -1 : end + 1;
}

/** The end of up to four words before a lone dash, with the dash, or -1. */
export function dashItem(header: HeaderText, at: number): number {
  const end = header.text.indexOf(' - ', at);
  if (end < at || end - at > 120 || header.text.slice(at, end).split(' ').length > 4) return -1;
  return end + 3;
}

/** The start of the next word, or -1. */
export function nextWord(header: HeaderText, at: number): number {
  let i = at;
  while (i < header.length && !isBlank(header.bytes[i] ?? 0)) i++;
  while (i < header.length && isBlank(header.bytes[i] ?? 0)) i++;
  return i < header.length ? i : -1;
}

/** Goes past blanks and lone separators. */
export function skipSeparators(header: HeaderText, from: number): number {
  const { bytes, length } = header;
  let at = from;
  for (;;) {
    while (at < length && isBlank(bytes[at] ?? 0)) at++;
    let end = at;
    while (end < length && '-|:,;~>'.includes(String.fromCharCode(bytes[end] ?? 0))) end++;
    if (
      end === at ||
      end - at > 3 ||
      (end < length && !isBlank(bytes[end] ?? 0) && (bytes[at] === 45 || end - at > 1))
    )
      return at;
    at = end;
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 160;
}

function isAlnum(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}

/** A blank or a closing sign. */
function isEdge(byte: number): boolean {
  return (
    isBlank(byte) ||
    byte === 93 ||
    byte === 41 ||
    byte === 44 ||
    byte === 124 ||
    byte === 59 ||
    byte === 62
  );
}
