import type { Unit } from '#src/metrics/contract.ts';

/** A unit and the factor that brings raw values into it. */
export type UnitReading = { unit: Unit; scale: number };

const UNITS: Readonly<Record<string, UnitReading>> = {
  s: { unit: 'seconds', scale: 1 },
  sec: { unit: 'seconds', scale: 1 },
  second: { unit: 'seconds', scale: 1 },
  ms: { unit: 'seconds', scale: 1e-3 },
  msec: { unit: 'seconds', scale: 1e-3 },
  milli: { unit: 'seconds', scale: 1e-3 },
  millisecond: { unit: 'seconds', scale: 1e-3 },
  us: { unit: 'seconds', scale: 1e-6 },
  usec: { unit: 'seconds', scale: 1e-6 },
  micro: { unit: 'seconds', scale: 1e-6 },
  microsecond: { unit: 'seconds', scale: 1e-6 },
  ns: { unit: 'seconds', scale: 1e-9 },
  nsec: { unit: 'seconds', scale: 1e-9 },
  nano: { unit: 'seconds', scale: 1e-9 },
  nanosecond: { unit: 'seconds', scale: 1e-9 },
  minute: { unit: 'seconds', scale: 60 },
  hour: { unit: 'seconds', scale: 3600 },
  by: { unit: 'bytes', scale: 1 },
  byte: { unit: 'bytes', scale: 1 },
  kb: { unit: 'bytes', scale: 1e3 },
  kilobyte: { unit: 'bytes', scale: 1e3 },
  kib: { unit: 'bytes', scale: 1024 },
  mb: { unit: 'bytes', scale: 1e6 },
  megabyte: { unit: 'bytes', scale: 1e6 },
  mib: { unit: 'bytes', scale: 2 ** 20 },
  gb: { unit: 'bytes', scale: 1e9 },
  gib: { unit: 'bytes', scale: 2 ** 30 },
  ratio: { unit: 'ratio', scale: 1 },
  fraction: { unit: 'ratio', scale: 1 },
  percent: { unit: 'ratio', scale: 0.01 },
  percentage: { unit: 'ratio', scale: 0.01 },
  pct: { unit: 'ratio', scale: 0.01 },
  '%': { unit: 'ratio', scale: 0.01 },
  timestamp: { unit: 'timestamp', scale: 1 },
};

/** Words that speak of a share without saying whether of 1 or of 100; the values decide. */
const SHARES = new Set(['utilization', 'utilisation', 'saturation', 'availability']);

/** Seconds between 2001 and 2096: a gauge that lives there tells a moment, not a duration. */
const isEpochSeconds = (value: number) => value > 1e9 && value < 4e9;
const isEpochMillis = (value: number) => value > 1e12 && value < 4e12;

/**
 * The unit of a series: from its `unit` field (a word or a UCUM code as in OpenTelemetry), from
 * the words of its name, or from the range of its values.
 * @param stems the singular words of the name
 * @param typical the median raw value; @param largest the largest absolute one
 */
export function unitOf(
  field: string | undefined,
  stems: ReadonlySet<string>,
  typical: number,
  largest: number,
): UnitReading {
  const moment = momentUnit(stems, typical);
  if (moment !== null) return moment;
  if (field !== undefined && field !== '') {
    const known = UNITS[field] ?? UNITS[field.toLowerCase().replace(/s$/, '')];
    if (known !== undefined && known.unit !== 'timestamp') return known;
    if (field === '1') return { unit: 'none', scale: 1 };
  }
  const isRate = stems.has('per') || stems.has('persecond');
  for (const word of stems) {
    const known = UNITS[word];
    if (known === undefined || word.length === 1 || word === 'by') continue;
    if (isRate && known.unit === 'seconds') continue;
    if (known.unit === 'ratio' && known.scale === 1) return shareUnit(largest);
    if (known.unit !== 'timestamp') return known;
  }
  for (const word of SHARES) if (stems.has(word)) return shareUnit(largest);
  return { unit: 'none', scale: 1 };
}

function momentUnit(stems: ReadonlySet<string>, typical: number): UnitReading | null {
  const speaksOfTime =
    stems.has('timestamp') ||
    stems.has('time') ||
    stems.has('created') ||
    stems.has('start') ||
    stems.has('last') ||
    stems.has('expiry') ||
    stems.has('expiration') ||
    stems.has('after') ||
    stems.has('since') ||
    stems.has('started');
  if (!speaksOfTime || stems.has('byte')) return null;
  if (isEpochSeconds(typical)) return { unit: 'timestamp', scale: 1 };
  return isEpochMillis(typical) ? { unit: 'timestamp', scale: 1e-3 } : null;
}

function shareUnit(largest: number): UnitReading {
  return { unit: 'ratio', scale: largest > 1.5 && largest <= 150 ? 0.01 : 1 };
}
