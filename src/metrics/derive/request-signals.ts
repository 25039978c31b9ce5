import type { DerivedSignal } from '#src/metrics/contract.ts';
import {
  birthsOf,
  countsOf,
  type FirstSeen,
  type PreparedSeries,
} from '#src/metrics/derive/prepare.ts';
import { type ScopedGroup, scopesOf } from '#src/metrics/derive/scopes.ts';
import { buildSignal, groupBy, subjectKey } from '#src/metrics/derive/signal-builder.ts';
import {
  type CommonAxis,
  commonAxis,
  ratesOf,
  sumCounts,
} from '#src/metrics/samples/sum-counts.ts';

/** Failures may be counted once more than requests (a retry, another moment of scraping). */
const MISCOUNT = 1.05;

/** True for a series that counts requests or events, or failures among them. */
export function countsRequests({ cls }: PreparedSeries): boolean {
  const counts = cls.type === 'counter' || cls.rated || cls.part === 'count';
  if (cls.part === 'bucket' || cls.part === 'sum' || cls.part === 'quantile') return false;
  switch (cls.facet) {
    case 'request-rate':
    case 'event-rate':
      return counts || cls.signal === 'traffic';
    case 'error-rate':
    case 'client-error-ratio':
      return cls.unit !== 'ratio' || cls.type === 'counter';
    case 'latency':
      return cls.part === 'count';
    default:
      return false;
  }
}

const isFailureFamily = ({ cls }: PreparedSeries) =>
  cls.facet === 'error-rate' || cls.facet === 'client-error-ratio';

/** Request and error signals of everything that {@link countsRequests}. */
export function requestSignals(
  all: readonly PreparedSeries[],
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const signals: DerivedSignal[] = [];
  for (const subject of groupBy(all.filter(countsRequests), subjectKey).values()) {
    const totals = groupBy(subject, (one) => (isFailureFamily(one) ? null : one.cls.family));
    const failures = groupBy(subject, (one) => (isFailureFamily(one) ? one.cls.family : null));
    const background = longestAxis(subject);
    for (const family of totals.values()) {
      for (const group of scopesOf(family)) signals.push(...familySignals(group, firstSeen));
    }
    for (const family of failures.values()) {
      const total = bestTotal(family, [...totals.values()]);
      for (const group of scopesOf(family)) {
        const whole = group.scope === 'service' ? total : null;
        signals.push(...failureSignals(group, whole, background, firstSeen));
      }
    }
  }
  return signals;
}

function longestAxis(group: readonly PreparedSeries[]): Float64Array {
  let longest: Float64Array = new Float64Array(0);
  for (const { times } of group) if (times.length > longest.length) longest = times;
  return longest;
}

type Tally = { axis: CommonAxis; total: Float64Array; fixed: boolean };

function tally(
  group: readonly PreparedSeries[],
  firstSeen: FirstSeen,
  axis = commonAxis(group.map((one) => one.times)),
): Tally {
  const counts = group.map(countsOf);
  const births = birthsOf(group, counts, firstSeen);
  const same = group.every((one) => one.times === axis.times);
  const total = sumCounts({ ...axis, identical: same }, counts, births);
  return { axis, total, fixed: counts.every((one) => one.fixed) };
}

/**
 * All requests of a family. Where a total stands beside counts by status (`rq_total`, `rq_5xx`),
 * it is the total, and the others are parts of it.
 */
function totalOf(series: readonly PreparedSeries[], firstSeen: FirstSeen): Tally {
  const plain = series.filter((one) => one.cls.outcome === null);
  if (plain.length > 0 && plain.length < series.length) {
    const parts = series.filter((one) => one.cls.outcome !== null);
    const axis = commonAxis(series.map((one) => one.times));
    const whole = tally(plain, firstSeen, axis);
    if (sum(whole.total) >= 0.9 * sum(tally(parts, firstSeen, axis).total)) return whole;
  }
  return tally(series, firstSeen);
}

/** Traffic of a family, and its error ratios where its labels tell how requests ended. */
function familySignals({ scope, series }: ScopedGroup, firstSeen: FirstSeen): DerivedSignal[] {
  const { axis, total, fixed } = totalOf(series, firstSeen);
  const head = series[0] as PreparedSeries;
  const isEvent = head.cls.facet === 'event-rate';
  const signals: DerivedSignal[] = [
    buildSignal(series, {
      signal: 'traffic',
      facet: isEvent ? 'event-rate' : 'request-rate',
      aspect: 'rate',
      unit: 'count',
      harm: 'both',
      scope,
      model: 'count',
      times: axis.times,
      values: ratesOf(axis, total, fixed),
      weights: total,
    }),
  ];
  if (!series.some((one) => one.cls.outcome !== null)) return signals;
  const failed = series.filter((one) => one.cls.outcome === 'server-error');
  const refused = series.filter((one) => one.cls.outcome === 'client-error');
  const add = (part: PreparedSeries[], facet: 'error-ratio' | 'client-error-ratio') => {
    if (part.length === 0 && facet === 'client-error-ratio') return;
    const count = part.length === 0 ? null : tally(part, firstSeen, axis).total;
    signals.push({
      ...ratioSignal(series, scope, axis, count, total, facet),
      sources: sourcesOf(part, series),
    });
  };
  add(failed, 'error-ratio');
  add(refused, 'client-error-ratio');
  return signals;
}

/** The failing series are what a reader wants to see; the others give the denominator. */
function sourcesOf(part: readonly PreparedSeries[], whole: readonly PreparedSeries[]): number[] {
  const failing = new Set(part.slice(0, 24));
  const indices = [
    ...failing,
    ...whole
      .slice(0, 32)
      .filter((one) => !failing.has(one))
      .slice(0, 8),
  ];
  return indices.slice(0, 24).map((one) => one.index);
}

function ratioSignal(
  series: readonly PreparedSeries[],
  scope: DerivedSignal['scope'],
  axis: CommonAxis,
  failed: Float64Array | null,
  total: Float64Array,
  facet: 'error-ratio' | 'client-error-ratio',
): DerivedSignal {
  const values = total.map((count, i) => {
    const errors = failed?.[i] ?? 0;
    if (Number.isNaN(count)) return Number.NaN;
    const known = Number.isNaN(errors) ? 0 : errors;
    return count > 0 ? Math.min(1, known / count) : Number.NaN;
  });
  return buildSignal(series, {
    signal: 'errors',
    facet,
    aspect: facet === 'error-ratio' ? 'errors / requests' : 'refused / requests',
    unit: 'ratio',
    harm: 'up',
    scope,
    model: 'proportion',
    times: axis.times,
    values,
    weights: total,
  });
}

/** A family that counts failures only: their share of the requests they belong to, else a rate. */
function failureSignals(
  { scope, series }: ScopedGroup,
  whole: readonly PreparedSeries[] | null,
  background: Float64Array,
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const refused = series.every((one) => one.cls.outcome === 'client-error');
  const facet = refused ? 'client-error-ratio' : 'error-ratio';
  const counted = series.filter((one) => one.cls.outcome !== 'ok');
  if (counted.length === 0) return [];
  if (whole !== null) {
    const { axis, total } = tally(whole, firstSeen);
    const failed = tally(counted, firstSeen, axis).total;
    if (sum(failed) <= sum(total) * MISCOUNT && sum(total) > 0) {
      return [ratioSignal(series, scope, axis, failed, total, facet)];
    }
  }
  const axis = commonAxis([...counted.map((one) => one.times), background]);
  const { total, fixed } = tally(counted, firstSeen, { ...axis, identical: false });
  // A counter that is not there yet while its process is watched stands at zero.
  const filled = total.map((count) => (Number.isNaN(count) ? 0 : count));
  return [
    buildSignal(counted, {
      signal: 'errors',
      facet: refused ? 'client-error-ratio' : 'error-rate',
      aspect: 'rate',
      unit: 'count',
      harm: 'up',
      scope,
      model: 'count',
      times: axis.times,
      values: ratesOf(axis, filled, fixed),
      weights: filled,
    }),
  ];
}

const sum = (counts: Float64Array) =>
  counts.reduce((total, count) => (Number.isNaN(count) ? total : total + count), 0);

const GENERIC = new Set(
  'error failure failed fail exception 5xx 4xx code count http rate'.split(' '),
);

/** The family of requests whose words the failures' words match best; failures without any, none. */
function bestTotal(
  failures: readonly PreparedSeries[],
  totals: readonly PreparedSeries[][],
): PreparedSeries[] | null {
  const words = new Set((failures[0]?.cls.family ?? '').split('_').filter((w) => !GENERIC.has(w)));
  let best: PreparedSeries[] | null = null;
  let bestScore = -1;
  for (const total of totals.slice(0, 64)) {
    const head = total[0] as PreparedSeries;
    const other = new Set(head.cls.family.split('_'));
    let shared = 0;
    for (const word of words) if (other.has(word)) shared += 1;
    const preferred = head.cls.facet === 'event-rate' ? 0 : 0.5;
    if (shared === 0 && preferred === 0) continue;
    const score = shared / Math.max(1, words.size) + preferred;
    if (score > bestScore) {
      best = total;
      bestScore = score;
    }
  }
  return best;
}
