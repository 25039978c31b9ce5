import { countDigits, isDigit, isWordByte, numberAt, twoDigits } from './bytes.ts';
import { daysFromCivil } from './calendar.ts';
import { readZone } from './zone.ts';

/** A time as written, not yet placed: what is missing (year, date, zone) is null. */
export type WrittenTime = {
  /** Index behind the last byte of the time. */
  end: number;
  /** Milliseconds since the epoch as if the writer's clock were UTC; without a year, in 1972; without a date, on 1970-01-01. */
  local: number;
  hasYear: boolean;
  hasDate: boolean;
  /** Minutes east of Greenwich, or null when not written. */
  zone: number | null;
};

/** `hh:mm:ss` or `hh.mm.ss`, a fraction, AM or PM, a zone. */
export function readClock(
  bytes: Uint8Array,
  at: number,
  limit: number,
  date: number,
  hasYear: boolean,
  hasDate = true,
): WrittenTime | null {
  const hourDigits = countDigits(bytes, at, limit);
  if (hourDigits < 1 || hourDigits > 2) return null;
  let pos = at + hourDigits;
  const sign = bytes[pos] ?? 0;
  if (sign !== 58 && sign !== 46) return null;
  const minute = twoDigits(bytes, pos + 1);
  pos += 3;
  let second = 0;
  if (bytes[pos] === sign && isDigit(bytes[pos + 1] ?? 0)) {
    second = twoDigits(bytes, pos + 1);
    pos += 3;
  } else if (!hasDate) return null;
  if (isDigit(bytes[pos] ?? 0)) return null;
  const clock = clockOf(numberAt(bytes, at, hourDigits), minute, second);
  return clock === null ? null : finish(bytes, pos, limit, date + clock, hasYear, hasDate);
}

export function finish(
  bytes: Uint8Array,
  at: number,
  limit: number,
  whole: number,
  hasYear: boolean,
  hasDate: boolean,
): WrittenTime {
  let end = at;
  let local = whole;
  const sign = bytes[end] ?? 0;
  if ((sign === 46 || sign === 44 || sign === 58) && isDigit(bytes[end + 1] ?? 0)) {
    const fraction = readFraction(bytes, end + 1, limit);
    local += fraction.millis;
    end = fraction.end;
  }
  const spaced = bytes[end] === 32 ? end + 1 : end;
  const half = (bytes[spaced] ?? 0) | 32;
  if (
    (half === 97 || half === 112) &&
    ((bytes[spaced + 1] ?? 0) | 32) === 109 &&
    !isWordByte(bytes[spaced + 2] ?? 0)
  ) {
    const hour = Math.floor((local % 86_400_000) / 3_600_000);
    if (half === 112 && hour < 12) local += 43_200_000;
    if (half === 97 && hour === 12) local -= 43_200_000;
    end = spaced + 2;
  }
  const zone = readZone(bytes, end, limit);
  return { end: zone ? zone.end : end, local, hasYear, hasDate, zone: zone ? zone.minutes : null };
}

export function readFraction(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { end: number; millis: number } {
  let end = at;
  let millis = 0;
  let scale = 100;
  while (end < limit && end - at < 9 && isDigit(bytes[end] ?? 0)) {
    millis += ((bytes[end] ?? 48) - 48) * scale;
    scale = end - at >= 2 ? 0 : scale / 10;
    end++;
  }
  return { end, millis };
}

export function dateOf(year: number, month: number, day: number): number | null {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 1970 && year <= 9999))
    return null;
  return daysFromCivil(year, month, day) * 86_400_000;
}

export function clockOf(hour: number, minute: number, second: number): number | null {
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60))
    return null;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}
