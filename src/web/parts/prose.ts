import { oneLine } from '#src/platform/sanitize.ts';
import { type Html, html, type Part } from '#src/web/html/html.ts';
import { moment } from '#src/web/parts/moment.ts';

const MOST_CHARACTERS = 2000;
const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})/g;

/**
 * A sentence of the analysis: on one line, shortened where it is beyond reading, and with the times
 * in it written for people.
 * @param reference the time whose day need not be repeated
 */
export function prose(text: string, reference: string): Html {
  // Cut first: what is cleaned is bounded, however long the text.
  const short = shorten(oneLine(text.slice(0, 2 * MOST_CHARACTERS)), MOST_CHARACTERS);
  const parts: Part[] = [];
  let at = 0;
  for (const match of short.matchAll(TIME)) {
    parts.push(short.slice(at, match.index), moment(match[0], reference));
    at = match.index + match[0].length;
  }
  return html`${parts}${short.slice(at)}`;
}

/** At most so many characters; what was cut is told. */
export function shorten(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text.slice(0, most).toWellFormed()}… (${text.length} characters)`;
}

/** At most so many characters, for where the whole can be read elsewhere. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed().trimEnd()}…`;
}

/** `1 alert`, `2 alerts`. */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number} ${number === 1 ? word : plural}`;
}

/** A git sha as people write it; anything else as it is. */
export function shortSha(text: string): string {
  return /^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 10) : oneLine(text);
}
