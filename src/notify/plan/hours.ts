/** Days of the week as rules name them. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];

/** A time of day that comes again; `to` before or at `from` reaches into the next day. */
export type Hours = {
  /** The days on which it begins; every day when not given. */
  days?: readonly Day[] | undefined;
  /** `HH:MM`, included. */
  from: string;
  /** `HH:MM`, excluded. */
  to: string;
};

/** Day of the week from Sunday, and minute of the day. */
type LocalTime = { day: number; minute: number };

/** What a clock on the wall shows at a moment, in milliseconds since the epoch. */
export type ZoneClock = (at: number) => LocalTime;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Steps of looking for an end: hours that touch each other are few. */
const MOST_STEPS = 64;

/**
 * Whether a moment lies within hours, on the clock of a time zone.
 * @param at milliseconds since the epoch
 */
export function isWithin(hours: Hours, at: number, clock: ZoneClock): boolean {
  return minutesLeft(hours, clock(at)) !== null;
}

/**
 * The first moment from `at` on that lies in none of the hours; `at` itself when it does.
 * Null when there is none within some weeks.
 */
export function firstOutside(all: readonly Hours[], at: number, clock: ZoneClock): number | null {
  let moment = at;
  for (let step = 0; step < MOST_STEPS; step++) {
    const local = clock(moment);
    const left = Math.max(0, ...all.map((hours) => minutesLeft(hours, local) ?? 0));
    if (left === 0) return moment;
    const start = moment - (moment % MINUTE_MS);
    moment = onTheClock(start + left * MINUTE_MS, local, left, clock);
  }
  return null;
}

/** Where the clock was set back or forth in between, the moment at which it shows the end. */
function onTheClock(moment: number, from: LocalTime, minutes: number, clock: ZoneClock): number {
  const wanted = (from.minute + minutes) % DAY_MINUTES;
  const shown = clock(moment).minute;
  let off = wanted - shown;
  if (off > DAY_MINUTES / 2) off -= DAY_MINUTES;
  if (off < -DAY_MINUTES / 2) off += DAY_MINUTES;
  const mended = moment + off * MINUTE_MS;
  // The hour that is skipped in spring never shows; then its end is as good.
  return clock(mended).minute === wanted ? mended : moment;
}

/** Minutes until the hours end, when the local time lies in them; else null. */
function minutesLeft({ days, from, to }: Hours, { day, minute }: LocalTime): number | null {
  const start = minuteOf(from);
  const end = minuteOf(to);
  const begins = (on: number): boolean => {
    const name = DAYS[(on + 7) % 7];
    return days === undefined || (name !== undefined && days.includes(name));
  };
  if (start < end) {
    return begins(day) && minute >= start && minute < end ? end - minute : null;
  }
  if (begins(day) && minute >= start) return DAY_MINUTES - minute + end;
  return begins(day - 1) && minute < end ? end - minute : null;
}

function minuteOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

/**
 * The clock of a time zone. Keep it: making one takes longer than asking it a thousand times.
 * @param zone IANA name
 */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = format.formatToParts(at);
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
    return {
      day: DAYS.indexOf(part('weekday').slice(0, 3).toLowerCase() as Day),
      minute: Number(part('hour')) * 60 + Number(part('minute')),
    };
  };
}
