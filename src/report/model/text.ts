import { formatTime, parseTime } from '#src/domain/time.ts';
import { neutralize, oneLine } from '#src/platform/sanitize.ts';

/** Outside text on one line, inert, well-formed and without what XML 1.0 forbids. */
export function inline(text: string): string {
  return allowed(oneLine(text));
}

/** Outside text of several lines; tabs stay. */
export function multiline(text: string): string {
  return allowed(neutralize(text)).replace(/\n+$/, '');
}

function allowed(text: string): string {
  return text.toWellFormed().replace(/[\ufffe\uffff]/g, '\ufffd');
}

/** `2026-01-28 14:20:30 UTC`; what is no time stays as it is. */
export function moment(time: string): string {
  const millis = parseTime(time);
  return millis === null
    ? inline(time)
    : `${formatTime(millis).replace('T', ' ').slice(0, 19)} UTC`;
}

/** `14:20:30`, with the day where it is another than that of `reference`. */
export function shortMoment(time: string, reference: string): string {
  const whole = moment(time).replace(' UTC', '');
  return whole.slice(0, 10) === moment(reference).slice(0, 10) ? whole.slice(11) : whole;
}

/** `62 %` of a share 0..1. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Shas as people write them; other names stay. */
export function shortSha(name: string): string {
  return inline(name).replace(/\b[0-9a-f]{40}\b/g, (sha) => sha.slice(0, 12));
}

/** `a`, `a and b`, `a, b and c`. */
export function enumeration(words: readonly string[]): string {
  const all = words.map(inline);
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
