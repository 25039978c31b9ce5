import type { DerivedSignal } from '#src/metrics/contract.ts';
import {
  birthsOf,
  countsOf,
  type FirstSeen,
  type PreparedSeries,
} from '#src/metrics/derive/prepare.ts';
import { buildSignal } from '#src/metrics/derive/signal-builder.ts';
import { type CommonAxis, commonAxis, sumCounts } from '#src/metrics/samples/sum-counts.ts';

/** Events of a group of series on one axis. */
export type Tally = { axis: CommonAxis; total: Float64Array; fixed: boolean };

/** Adds up a group of counters or rates. */
export function tally(
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

/** The sum of what is known. */
export const sum = (counts: Float64Array) =>
  counts.reduce((total, count) => (Number.isNaN(count) ? total : total + count), 0);

/** The failing series are what a reader wants to see; the others give the denominator. */
export function sourcesOf(
  part: readonly PreparedSeries[],
  whole: readonly PreparedSeries[],
): number[] {
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

/** The share of requests that failed or were refused; NaN where there were none. */
export function ratioSignal(
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
