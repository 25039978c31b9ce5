import { formatTime, parseTime } from '#src/domain/time.ts';
import { type Html, html } from '#src/web/html/html.ts';

/**
 * A time in UTC, to the second: `18:41:15 UTC`, with its day where that is not the day of the
 * reference. Charts and logs are in UTC too, so times of a page can be compared.
 */
export function moment(time: string, reference?: string): Html {
  const at = parseTime(time);
  if (at === null) return html`${time}`;
  return html`<time datetime="${formatTime(at)}">${momentText(at, reference)} UTC</time>`;
}

/** {@link moment} without the zone, for lists that name it once. */
export function clock(time: string, reference?: string): Html {
  const at = parseTime(time);
  if (at === null) return html`${time}`;
  return html`<time datetime="${formatTime(at)}">${momentText(at, reference)}</time>`;
}

/** {@link moment}; a script adds how long ago it was and what a clock on the reader's wall said. */
export function livelyMoment(time: string): Html {
  const at = parseTime(time);
  if (at === null) return html`${time}`;
  return html`<time datetime="${formatTime(at)}" data-lively>${momentText(at)} UTC</time>`;
}

function momentText(at: number, reference?: string): string {
  const whole = new Date(at).toISOString();
  const [day = '', rest = ''] = whole.split('T');
  const known = reference === undefined ? null : parseTime(reference);
  const isSameDay = known !== null && new Date(known).toISOString().startsWith(day);
  return isSameDay ? rest.slice(0, 8) : `${day} ${rest.slice(0, 8)}`;
}
