import { stem, words } from '#src/metrics/classify/tokens.ts';

/** What a metric's name says, read once for each name. */
export type NameReading = {
  /** The words of the family, in order. */
  words: string[];
  /** Their singulars. */
  stems: Set<string>;
  family: string;
  part: 'bucket' | 'sum' | 'count' | 'value';
  /** The suffix that says counter: `_total`, `_count`, `_sum`, `_bucket`. */
  counterSuffix: boolean;
  /** The value was made by `rate()` or is named per second. */
  ratedName: boolean;
  /** `p99`, `mean`, `max` … from the name's end, else null. */
  statistic: string | null;
  /** A status in the name, as in `upstream_rq_5xx` or `app.status.502.rate`, else null. */
  status: string | null;
};

const RATE_WINDOW = /^(i?rate|increase|delta|avg|sum|max|min)\d{1,6}(ms|s|m|h|d)$/;
const RATED_WORDS = new Set(['rps', 'qps', 'tps', 'rpm', 'persecond', 'permin']);

/** `p99`, `p999`, `99th`, `99percentile`, `upper_90`, `q0_99`. @returns `p99`, or null */
export function quantileWord(word: string): string | null {
  const match = /^(?:p|q|upper|pct|perc|percentile)?(\d{2,4})(?:th|percentile|pct|p)?$/.exec(word);
  if (!match || /^\d+$/.test(word)) return null;
  const digits = match[1] as string;
  return /^[1-9]\d{1,3}$/.test(digits) && Number(digits.slice(0, 2)) >= 10 ? `p${digits}` : null;
}

const STATISTICS: Readonly<Record<string, string>> = {
  avg: 'mean',
  average: 'mean',
  mean: 'mean',
  max: 'max',
  maximum: 'max',
  min: 'min',
  minimum: 'min',
  median: 'p50',
  sum: 'sum',
  samplecount: 'count',
  samples: 'count',
};

/** A statistic named by a word or by a label's value: `Average` → `mean`, `0.99` → `p99`. */
export function statisticOf(text: string): string | null {
  const word = text.toLowerCase().replace(/[^a-z0-9.]/g, '');
  const known = STATISTICS[word];
  if (known !== undefined) return known;
  if (/^0?\.\d{1,4}$/.test(word)) {
    const digits = word.slice(word.indexOf('.') + 1);
    return `p${digits.length === 1 ? `${digits}0` : digits}`;
  }
  if (word === '1' || word === '1.0' || word === 'p100') return 'max';
  return quantileWord(word);
}

/** Reads a metric's name: family, part of a histogram, counter or not, statistic. */
export function readName(name: string): NameReading {
  const { rest, status } = withoutStatus(withoutPackage(words(name)));
  let list = rest;
  let ratedName = false;
  list = list.map((word) => {
    const match = RATE_WINDOW.exec(word);
    if (!match) return word;
    if (/rate|increase|delta/.test(match[1] as string)) ratedName = true;
    return 'rate';
  });
  if (list.some((word) => RATED_WORDS.has(word))) ratedName = true;
  // Graphite's `….rate` and a meter's `….m1_rate` are events a second.
  if (name.includes('.') && list.at(-1) === 'rate' && list.length > 2) ratedName = true;
  if (list.includes('per') && (list.includes('second') || list.includes('sec'))) ratedName = true;

  let part: NameReading['part'] = 'value';
  let counterSuffix = false;
  let statistic: string | null = null;
  const last = list.at(-1);
  if (list.length > 1 && (last === 'bucket' || last === 'sum' || last === 'count')) {
    part = last;
    counterSuffix = true;
    list = list.slice(0, -1);
    // Micrometer and OpenTelemetry write `_seconds_total_count` nowhere, but statsd `_total_count`.
    if (list.length > 1 && list.at(-1) === 'total') list = list.slice(0, -1);
  } else if (list.length > 1 && last === 'total') {
    counterSuffix = true;
    list = list.slice(0, -1);
  } else if (last !== undefined && list.length > 1) {
    statistic = trailingStatistic(list);
  }
  const stems = new Set(list.map(stem));
  for (let i = 0; i + 1 < list.length; i += 1) stems.add(`${list[i]}+${stem(list[i + 1] ?? '')}`);
  const family = list.join('_');
  return { words: list, stems, family, part, counterSuffix, ratedName, statistic, status };
}

/** Java's and other reversed domains before a name say nothing. */
function withoutPackage(list: string[]): string[] {
  const isPackage = /^(?:io|com|org|net)$/.test(list[0] ?? '') && list.length >= 4;
  return isPackage ? list.slice(1) : list;
}

const BEFORE_STATUS =
  /^(?:status|code|statuses|http|response|responses|resp|rq|requests|responsecode)$/;

/** Takes a status code or class out of a name, where the word before it says that it is one. */
function withoutStatus(list: string[]): { rest: string[]; status: string | null } {
  for (let i = 1; i < list.length; i += 1) {
    const isStatus = /^[1-5](?:\d\d|xx)$/.test(list[i] ?? '');
    if (!isStatus || !BEFORE_STATUS.test(list[i - 1] ?? '')) continue;
    return { rest: [...list.slice(0, i), ...list.slice(i + 1)], status: list[i] ?? null };
  }
  return { rest: list, status: null };
}

const BEFORE_QUANTILE = /^(?:upper|percentile|pct|perc|p|q|quantile)$/;

/** A statistic among the last two words (a unit may follow it): `latency_p99_seconds`. */
function trailingStatistic(list: string[]): string | null {
  for (const at of [list.length - 1, list.length - 2]) {
    const word = list[at];
    if (word === undefined || at === 0) continue;
    const quantile = quantileWord(word);
    if (quantile !== null) return quantile;
    if (/^[5-9]\d{1,2}$/.test(word) && BEFORE_QUANTILE.test(list[at - 1] ?? '')) return `p${word}`;
    if (word === 'mean' || word === 'median' || word === 'avg' || word === 'average') {
      return STATISTICS[word] ?? null;
    }
    // `max` at the end is a statistic of durations (Micrometer) and a limit elsewhere.
    if (word === 'max' && list.some((other) => /second|latency|duration|milli|time/.test(other))) {
      return 'max';
    }
  }
  return null;
}
