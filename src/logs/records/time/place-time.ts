import { daysFromCivil } from './calendar.ts';
import type { WrittenTime } from './clock.ts';

/** What a log's times leave out. */
export type TimeContext = {
  /** IANA zone of times that name none; UTC when missing or unknown. */
  timeZone?: string | undefined;
  /** Epoch milliseconds near which the log was written; years and dates that are not written follow from it. */
  reference?: number | undefined;
};

const DAY = 86_400_000;
const PLACEHOLDER_DAYS = daysFromCivil(1972, 1, 1);

/** Makes epoch milliseconds of written times. */
export type TimePlacer = (time: WrittenTime) => number | null;

/**
 * @returns a function that places times: a zone that is not written is the context's, a year that is not
 * written is the one in which the time lies before (or at most a day behind) the reference, and a
 * clock without a date is of the reference's day or the day before. Without a reference such times are null.
 */
export function createTimePlacer(context: TimeContext = {}): TimePlacer {
  const offsetAt = zoneOffsets(context.timeZone);
  const { reference } = context;
  const inYear = reference === undefined ? null : yearMover(reference);
  const toEpoch = (time: WrittenTime, local: number): number =>
    time.zone === null ? local - offsetAt(local) : local - time.zone * 60_000;
  return (time) => {
    if (time.hasYear) return toEpoch(time, time.local);
    if (reference === undefined || !inYear) return null;
    if (time.hasDate) return toEpoch(time, inYear(time.local));
    const day = Math.floor(reference / DAY) * DAY;
    for (const shift of [1, 0, -1]) {
      const placed = toEpoch(time, day + shift * DAY + time.local);
      if (placed <= reference + DAY / 24) return placed;
    }
    return null;
  };
}

/** Moves a time of the placeholder year 1972 to the latest year in which it is not in the future. */
function yearMover(reference: number): (local: number) => number {
  const year = new Date(reference).getUTCFullYear();
  const candidates = [year + 1, year, year - 1, year - 2, year - 3, year - 4].map((candidate) => ({
    leap: daysFromCivil(candidate, 3, 1) - daysFromCivil(candidate, 2, 1) === 29,
    winter: (daysFromCivil(candidate, 1, 1) - PLACEHOLDER_DAYS) * DAY,
    rest: (daysFromCivil(candidate, 3, 1) - PLACEHOLDER_DAYS - 60) * DAY,
  }));
  return (local) => {
    const day = Math.floor(local / DAY) - PLACEHOLDER_DAYS;
    for (const { leap, winter, rest } of candidates) {
      // 29 February in a year that has none is no candidate.
      if (day === 59 && !leap) continue;
      const moved = local + (day < 60 ? winter : rest);
      if (moved <= reference + DAY) return moved;
    }
    return local;
  };
}

/** Milliseconds that a zone is ahead of UTC at a local time, remembered per hour. */
function zoneOffsets(timeZone: string | undefined): (local: number) => number {
  if (timeZone === undefined || timeZone === 'UTC') return () => 0;
  const format = formatOf(timeZone);
  if (!format) return () => 0;
  const known = new Map<number, number>();
  return (local) => {
    const hour = Math.floor(local / 3_600_000);
    let offset = known.get(hour);
    if (offset === undefined) {
      // Two steps: the offset at the local time read as UTC, then at the instant that gives.
      const near = offsetOf(format, local);
      offset = offsetOf(format, local - near);
      if (known.size > 10_000) known.clear();
      known.set(hour, offset);
    }
    return offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown - Math.floor(instant / 1000) * 1000;
}
