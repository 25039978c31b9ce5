import { statusCodeOf } from '#src/metrics/classify/outcome.ts';
import type { DerivedSignal } from '#src/metrics/contract.ts';
import { bestTotal, failureSignals } from '#src/metrics/derive/failure-signals.ts';
import type { FirstSeen, PreparedSeries } from '#src/metrics/derive/prepare.ts';
import {
  ratioSignal,
  sourcesOf,
  sum,
  type Tally,
  tally,
} from '#src/metrics/derive/request-tally.ts';
import { type ScopedGroup, scopesOf } from '#src/metrics/derive/scopes.ts';
import { buildSignal, groupBy, subjectKey } from '#src/metrics/derive/signal-builder.ts';
import { type CommonAxis, commonAxis, ratesOf } from '#src/metrics/samples/sum-counts.ts';

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
  if (scope === 'service') {
    signals.push(...refusalsByCode(series, refused, axis, total, firstSeen));
  }
  return signals;
}

/** So many status codes of refusals are looked at one by one. */
const MAX_CODES = 6;

/**
 * Refusals by status code, where there are several: a code that is new (too large, not allowed, too
 * many) is lost among the usual not-founds.
 */
function refusalsByCode(
  series: readonly PreparedSeries[],
  refused: readonly PreparedSeries[],
  axis: CommonAxis,
  total: Float64Array,
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const codes = [...groupBy(refused, (one) => statusCodeOf(one.labels))];
  if (codes.length < 2) return [];
  codes.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return codes.slice(0, MAX_CODES).map(([code, part]) => {
    const count = tally(part, firstSeen, axis).total;
    const ratio = ratioSignal(part, 'service', axis, count, total, 'client-error-ratio');
    const aspect = `${code} / requests`;
    const id = ratio.id.replace(ratio.aspect, aspect);
    return { ...ratio, id, aspect, sources: sourcesOf(part, series) };
  });
}
