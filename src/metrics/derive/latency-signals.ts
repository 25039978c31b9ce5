import type { DerivedSignal } from '#src/metrics/contract.ts';
import { bucketQuantile, QUANTILES } from '#src/metrics/derive/classic-histogram.ts';
import { nativeLatencySignals } from '#src/metrics/derive/native-latency.ts';
import {
  birthsOf,
  countsOf,
  type FirstSeen,
  type PreparedSeries,
} from '#src/metrics/derive/prepare.ts';
import { type ScopedGroup, scopesOf } from '#src/metrics/derive/scopes.ts';
import { buildSignal, groupBy, subjectKey } from '#src/metrics/derive/signal-builder.ts';
import { type CommonAxis, commonAxis, sumCounts } from '#src/metrics/samples/sum-counts.ts';

/** Distributions of time: request latency, but also garbage collection, queues, event loop. */
function isTimed({ cls, histograms }: PreparedSeries): boolean {
  if ((histograms?.length ?? 0) > 0) return true;
  return (
    (cls.part === 'bucket' || cls.part === 'sum' || cls.part === 'count') &&
    (cls.signal === 'latency' || cls.facet === 'queue' || cls.facet === 'event-loop')
  );
}

/** Quantiles and means of every family of buckets, native histograms, or sum and count. */
export function latencySignals(
  all: readonly PreparedSeries[],
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const signals: DerivedSignal[] = [];
  const families = groupBy(all.filter(isTimed), (one) => `${subjectKey(one)}\n${one.cls.family}`);
  for (const family of families.values()) {
    const native = family.filter((one) => (one.histograms?.length ?? 0) > 0);
    if (native.length > 0) signals.push(...nativeLatencySignals(native));
    const buckets = family.filter((one) => one.cls.part === 'bucket');
    const parts = family.filter((one) => one.cls.part === 'sum' || one.cls.part === 'count');
    for (const group of scopesOf(buckets)) signals.push(...quantileSignals(group, firstSeen));
    for (const group of scopesOf(parts)) {
      const mean = meanSignal(group, firstSeen);
      if (mean !== null) signals.push(mean);
    }
  }
  return signals;
}

function draft(group: readonly PreparedSeries[], scope: DerivedSignal['scope'], axis: CommonAxis) {
  const { signal, facet, unit } = (group[0] as PreparedSeries).cls;
  return { signal, facet, unit, harm: 'up', scope, model: 'level', times: axis.times } as const;
}

function quantileSignals({ scope, series }: ScopedGroup, firstSeen: FirstSeen): DerivedSignal[] {
  const axis = commonAxis(series.map((one) => one.times));
  const byBound = groupBy(series, boundOf);
  if (byBound.size < 2) return [];
  const bounds = [...byBound.keys()].map(Number).sort((a, b) => a - b);
  const perBound = bounds.map((bound) => {
    const group = byBound.get(String(bound)) ?? [];
    const counts = group.map(countsOf);
    return sumCounts(axis, counts, birthsOf(group, counts, firstSeen));
  });
  const scale = (series[0] as PreparedSeries).cls.scale;
  const scaled = bounds.map((bound) => bound * scale);
  const wanted = scope === 'service' ? QUANTILES : QUANTILES.slice(1, 2);
  const total = new Float64Array(axis.times.length).fill(Number.NaN);
  const values = wanted.map(() => new Float64Array(axis.times.length).fill(Number.NaN));
  for (let i = 0; i < axis.times.length; i += 1) {
    const cumulative: number[] = [];
    let highest = 0;
    for (const counts of perBound) {
      const count = counts[i] as number;
      if (count > highest) highest = count;
      cumulative.push(highest);
    }
    if (Number.isNaN(perBound.at(-1)?.[i] ?? Number.NaN)) continue;
    total[i] = highest;
    wanted.forEach((q, which) => {
      (values[which] as Float64Array)[i] = bucketQuantile(q, scaled, cumulative);
    });
  }
  return wanted.map((q, which) =>
    buildSignal(series, {
      ...draft(series, scope, axis),
      aspect: `p${Math.round(q * 100)}`,
      values: values[which] as Float64Array,
      weights: total,
    }),
  );
}

/** The upper bound of a bucket as a number's text, null where `le` is none. */
function boundOf({ labels }: PreparedSeries): string | null {
  const text = labels.le;
  if (text === undefined) return null;
  const bound = /^\+?inf(?:inity)?$/i.test(text.trim()) ? Number.POSITIVE_INFINITY : Number(text);
  return Number.isNaN(bound) || text.trim() === '' ? null : String(bound);
}

function meanSignal({ scope, series }: ScopedGroup, firstSeen: FirstSeen): DerivedSignal | null {
  const sums = series.filter((one) => one.cls.part === 'sum');
  const counted = series.filter((one) => one.cls.part === 'count');
  if (sums.length === 0 || counted.length === 0) return null;
  const axis = commonAxis(series.map((one) => one.times));
  const total = (group: PreparedSeries[]) => {
    const counts = group.map(countsOf);
    return sumCounts(axis, counts, birthsOf(group, counts, firstSeen));
  };
  const time = total(sums);
  const events = total(counted);
  const values = time.map((sum, i) => {
    const count = events[i] as number;
    return count > 0 ? sum / count : Number.NaN;
  });
  return buildSignal(sums, {
    ...draft(sums, scope, axis),
    aspect: 'mean',
    values,
    weights: events,
  });
}
