/** A time span in RFC 3339, start included and end excluded. */
export type TimeWindow = { start: string; end: string };

/** A time span in milliseconds since the Unix epoch, start included and end excluded. */
export type Span = { start: number; end: number };

const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a time of RFC 3339; foreign data may use a blank for the `T`, leave out seconds or have
 * more than three digits of a second. A time without a zone is taken as UTC.
 * @returns milliseconds since the Unix epoch (fractions kept below a millisecond are cut), or null
 */
export function parseTime(text: string): number | null {
  const match = RFC_3339.exec(text.trim());
  if (!match) return null;
  const [, date, time = '', zone = 'Z'] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const millis = Date.parse(`${date}T${time.replace(',', '.')}${offset}`);
  return Number.isNaN(millis) ? null : millis;
}

/** Milliseconds since the Unix epoch as RFC 3339 in UTC, without the fraction where it is zero. */
export function formatTime(millis: number): string {
  return new Date(millis).toISOString().replace('.000Z', 'Z');
}

/** A time window as milliseconds; null when either end does not parse. */
export function spanOf(window: TimeWindow): Span | null {
  const start = parseTime(window.start);
  const end = parseTime(window.end);
  return start === null || end === null ? null : { start, end };
}

/** The reverse of {@link spanOf}. */
export function windowOf(span: Span): TimeWindow {
  return { start: formatTime(span.start), end: formatTime(span.end) };
}

const AGE = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;
const UNIT_MS = { ms: 1, s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3, w: 604_800e3 } as const;

/** Reads a duration such as `90s`, `15m`, `2h`, `3d`. @returns milliseconds, or null */
export function parseDuration(text: string): number | null {
  const match = AGE.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
}

/** Reads an RFC 3339 time or an age before `now`. @returns milliseconds since the epoch, or null */
export function parseTimeOrAge(text: string, now: number): number | null {
  const age = parseDuration(text);
  return age === null ? parseTime(text) : now - age;
}

/** A duration for people: `350ms`, `42s`, `3m 20s`, `2h 5m`, `3d 4h`. Input in milliseconds. */
export function formatDuration(millis: number): string {
  const abs = Math.abs(millis);
  if (abs < 1000) return `${Math.round(abs)}ms`;
  const seconds = Math.round(abs / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(minutes, 'm', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return join(hours, 'h', minutes % 60, 'm');
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit} ${small}${smallUnit}`;
}
