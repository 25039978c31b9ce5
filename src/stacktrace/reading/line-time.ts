import { parseTime } from '#src/domain/time.ts';

const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?/;

/** The time that a line begins with, in milliseconds since the epoch; null when it names none in RFC 3339's form. */
export function lineTime(line: string): number | null {
  const match = TIME.exec(line.length > 96 ? line.slice(0, 96) : line);
  return match ? parseTime(match[0]) : null;
}

const TIME_KEYS = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  '@t',
  't',
  'asctime',
  'datetime',
  'date',
];

/** The time of a JSON log record: RFC 3339, or seconds or milliseconds since the epoch. */
export function recordTime(fields: Readonly<Record<string, unknown>>): number | null {
  for (const key of TIME_KEYS) {
    const value = fields[key];
    if (typeof value === 'string') {
      const at = lineTime(value);
      if (at !== null) return at;
    }
    // Seconds until the year 5000 are smaller than milliseconds since 1973.
    if (typeof value === 'number' && value > 1e8 && value < 1e14)
      return Math.floor(value < 1e11 ? value * 1000 : value);
  }
  return null;
}
