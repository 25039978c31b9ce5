import { countDigits, isDigit, numberAt, twoDigits } from './bytes.ts';
import { isWeekdayAt, monthAt } from './calendar.ts';
import { clockOf, dateOf, finish, readClock, readFraction, type WrittenTime } from './clock.ts';

/**
 * Reads the time that begins at `at`: RFC 3339 and its relatives, dates in year-month-day,
 * US and European order, with names of months, compact digits as of HDFS and glog, logcat and syslog
 * without a year, clock times alone. Numbers since the epoch are read by {@link readEpoch}.
 * Constant time; null when there is none.
 */
export function readTime(bytes: Uint8Array, at: number, limit = bytes.length): WrittenTime | null {
  const first = bytes[at] ?? 0;
  if (!isDigit(first)) return readNamed(bytes, at, limit);
  const digits = countDigits(bytes, at, limit);
  if (digits === 4) return readYearFirst(bytes, at, limit);
  if (digits === 8) return readCompact(bytes, at, 4, limit);
  if (digits === 6) return readCompact(bytes, at, 2, limit);
  if (digits <= 2) return readShort(bytes, at, digits, limit);
  return null;
}

const EPOCH_FROM = 946_684_800; // 2000-01-01
const EPOCH_TO = 4_102_444_800; // 2100-01-01

/** Reads seconds (with a fraction), milliseconds, microseconds or nanoseconds since the epoch, told apart by their size. */
export function readEpoch(bytes: Uint8Array, at: number, limit = bytes.length): WrittenTime | null {
  const digits = countDigits(bytes, at, limit);
  if (digits !== 10 && digits !== 13 && digits !== 16 && digits !== 19) return null;
  const seconds = numberAt(bytes, at, 10);
  if (seconds < EPOCH_FROM || seconds > EPOCH_TO) return null;
  let millis = digits > 10 ? numberAt(bytes, at + 10, 3) : 0;
  let end = at + digits;
  if (digits === 10 && bytes[end] === 46 && isDigit(bytes[end + 1] ?? 0)) {
    const fraction = readFraction(bytes, end + 1, limit);
    millis = fraction.millis;
    end = fraction.end;
  }
  return { end, local: seconds * 1000 + millis, hasYear: true, hasDate: true, zone: 0 };
}

/** `2024-02-05…`, with `-`, `/` or `.` between the parts of the date. */
function readYearFirst(bytes: Uint8Array, at: number, limit: number): WrittenTime | null {
  const sign = bytes[at + 4] ?? 0;
  if (sign !== 45 && sign !== 47 && sign !== 46) return null;
  const named = monthAt(bytes, at + 5);
  const month = named || twoDigits(bytes, at + 5);
  const next = at + (named ? 8 : 7);
  if (bytes[next] !== sign) return null;
  const day = twoDigits(bytes, next + 1);
  const year = numberAt(bytes, at, 4);
  const clockAt = next + 3;
  const separator = bytes[clockAt] ?? 0;
  const date = dateOf(year, month, day);
  if (date === null || isDigit(separator)) return null;
  if (clockAt < limit && ' Tt_-:'.includes(String.fromCharCode(separator))) {
    const withClock = readClock(bytes, clockAt + 1, limit, date, true);
    if (withClock) return withClock;
  }
  return { end: clockAt, local: date, hasYear: true, hasDate: true, zone: null };
}

/** `20240205…` and `240205…`, followed by a clock that may be without colons. */
function readCompact(
  bytes: Uint8Array,
  at: number,
  yearDigits: number,
  limit: number,
): WrittenTime | null {
  const year = numberAt(bytes, at, yearDigits) + (yearDigits === 2 ? 2000 : 0);
  const date = dateOf(
    year,
    twoDigits(bytes, at + yearDigits),
    twoDigits(bytes, at + yearDigits + 2),
  );
  const end = at + yearDigits + 4;
  if (
    date === null ||
    year < 1990 ||
    year > 2100 ||
    !' T-_'.includes(String.fromCharCode(bytes[end] ?? 0))
  )
    return null;
  let clockAt = end + 1;
  if (bytes[clockAt] === 32) clockAt++;
  if (countDigits(bytes, clockAt, limit) === 6) {
    const clock = clockOf(
      numberAt(bytes, clockAt, 2),
      numberAt(bytes, clockAt + 2, 2),
      numberAt(bytes, clockAt + 4, 2),
    );
    return clock === null ? null : finish(bytes, clockAt + 6, limit, date + clock, true, true);
  }
  return readClock(bytes, clockAt, limit, date, true);
}

/** Dates that begin with one or two digits, and clocks alone. */
function readShort(
  bytes: Uint8Array,
  at: number,
  digits: number,
  limit: number,
): WrittenTime | null {
  const first = numberAt(bytes, at, digits);
  const sign = bytes[at + digits] ?? 0;
  if (sign === 58) return readClock(bytes, at, limit, 0, false, false);
  const next = at + digits + 1;
  if ((sign === 32 || sign === 45 || sign === 47) && monthAt(bytes, next) > 0) {
    return readDayMonthYear(bytes, first, next, limit);
  }
  if (sign !== 45 && sign !== 47 && sign !== 46) return null;
  const secondDigits = countDigits(bytes, next, limit);
  if (secondDigits < 1 || secondDigits > 2) return null;
  const second = numberAt(bytes, next, secondDigits);
  const after = next + secondDigits;
  if (bytes[after] !== sign) {
    if (digits !== 2 || secondDigits !== 2 || bytes[after] !== 32) return null;
    const date = dateOf(1972, first, second);
    return date === null ? null : readClock(bytes, after + 1, limit, date, false);
  }
  return readThreePart(bytes, first, second, sign, after + 1, limit);
}

/** `a/b/cccc` (US, or European where the US order is impossible or dots stand between), `yy/mm/dd`. */
function readThreePart(
  bytes: Uint8Array,
  first: number,
  second: number,
  sign: number,
  at: number,
  limit: number,
): WrittenTime | null {
  const digits = countDigits(bytes, at, limit);
  const third = numberAt(bytes, at, Math.min(digits, 4));
  let date: number | null = null;
  if (digits === 4) {
    const european = sign === 46 || first > 12;
    date = european ? dateOf(third, second, first) : dateOf(third, first, second);
  } else if (digits === 2) {
    date = sign === 46 ? dateOf(2000 + third, second, first) : dateOf(2000 + first, second, third);
    date ??= dateOf(2000 + third, first, second);
  }
  if (date === null) return null;
  let clockAt = at + digits;
  if (bytes[clockAt] === 44) clockAt++;
  if (!' T-_:'.includes(String.fromCharCode(bytes[clockAt] ?? 0))) return null;
  return readClock(bytes, clockAt + 1, limit, date, true);
}

/** `05/Feb/2024:07:00:00`, `05-Feb-2024 07:00:00`, `05 Feb 2024 07:00:00`. */
function readDayMonthYear(
  bytes: Uint8Array,
  day: number,
  at: number,
  limit: number,
): WrittenTime | null {
  const year = at + 4;
  if (countDigits(bytes, year, limit) !== 4) return null;
  const date = dateOf(numberAt(bytes, year, 4), monthAt(bytes, at), day);
  return date === null ? null : readClock(bytes, year + 5, limit, date, true);
}

/** Times that begin with a name: of a weekday, of a month, or glog's letter for the level. */
function readNamed(bytes: Uint8Array, start: number, limit: number): WrittenTime | null {
  let at = start;
  if (isWeekdayAt(bytes, at)) {
    at += 3;
    while (bytes[at] === 44 || bytes[at] === 32) at++;
    const digits = countDigits(bytes, at, limit);
    if (digits === 1 || digits === 2) return readShort(bytes, at, digits, limit);
    if (digits === 4) return readYearFirst(bytes, at, limit);
  }
  const month = monthAt(bytes, at);
  if (month === 0 || bytes[at + 3] !== 32) return null;
  at += 4;
  if (bytes[at] === 32) at++;
  const digits = countDigits(bytes, at, limit);
  if (digits < 1 || digits > 2) return null;
  const day = numberAt(bytes, at, digits);
  at += digits;
  if (bytes[at] === 44) at++;
  if (bytes[at] !== 32) return null;
  at++;
  const year = countDigits(bytes, at, limit) === 4 ? numberAt(bytes, at, 4) : null;
  const date = dateOf(year ?? 1972, month, day);
  if (date === null) return null;
  const found = readClock(bytes, year === null ? at : at + 5, limit, date, year !== null);
  return found && year === null ? withTrailingYear(bytes, found, month, day, limit) : found;
}

/** `Mon Feb 5 07:00:00 [UTC] 2024`: ctime puts the year last. */
function withTrailingYear(
  bytes: Uint8Array,
  time: WrittenTime,
  month: number,
  day: number,
  limit: number,
): WrittenTime {
  const at = time.end + 1;
  if (bytes[time.end] !== 32 || countDigits(bytes, at, limit) !== 4) return time;
  const year = numberAt(bytes, at, 4);
  const date = dateOf(year, month, day);
  const placeholder = dateOf(1972, month, day);
  if (date === null || placeholder === null || year < 1990 || year > 2100) return time;
  return { ...time, end: at + 4, local: time.local - placeholder + date, hasYear: true };
}

/** `MMDD hh:mm:ss.uuuuuu` behind glog's letter of the level. */
export function readGlogTime(
  bytes: Uint8Array,
  at: number,
  limit = bytes.length,
): WrittenTime | null {
  if (countDigits(bytes, at, limit) !== 4 || bytes[at + 4] !== 32) return null;
  const date = dateOf(1972, twoDigits(bytes, at), twoDigits(bytes, at + 2));
  return date === null ? null : readClock(bytes, at + 5, limit, date, false);
}
