import type { DerivedSignal } from '#src/metrics/contract.ts';
import {
  birthsOf,
  countsOf,
  type FirstSeen,
  type PreparedSeries,
} from '#src/metrics/derive/prepare.ts';
import { buildSignal, groupBy, subjectKey } from '#src/metrics/derive/signal-builder.ts';
import { type CommonAxis, commonAxis, sumCounts } from '#src/metrics/samples/sum-counts.ts';

/** `hit`, `miss`, or null, by a label's value or by the name. */
function resultOf({ cls, labels }: PreparedSeries): 'hit' | 'miss' | null {
  for (const key in labels) {
    if (key === '__name__') continue;
    const value = (labels[key] as string).toLowerCase();
    if (value === 'hit' || value === 'hits') return 'hit';
    if (value === 'miss' || value === 'misses') return 'miss';
  }
  if (/(?:^|_)hits?(?:_|$)/.test(cls.family)) return 'hit';
  return /(?:^|_)miss(?:es)?(?:_|$)/.test(cls.family) ? 'miss' : null;
}

/** The family without its result: `keyspace_hits` and `keyspace_misses` are one cache. */
function cacheOf(series: PreparedSeries): string {
  const family = series.cls.family.replace(/(?:^|_)(?:hits?|miss(?:es)?)(?=_|$)/, '');
  return `${subjectKey(series)}\n${family}\n${series.labels.cache ?? ''}`;
}

/** The share of lookups that missed, for every cache that counts both hits and misses. */
export function cacheSignals(
  all: readonly PreparedSeries[],
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const counted = all.filter(({ cls }) => cls.facet === 'cache' && cls.type === 'counter');
  const signals: DerivedSignal[] = [];
  for (const group of groupBy(counted, cacheOf).values()) {
    const hits = group.filter((one) => resultOf(one) === 'hit');
    const misses = group.filter((one) => resultOf(one) === 'miss');
    if (hits.length === 0 || misses.length === 0) continue;
    const axis = commonAxis([...hits, ...misses].map((one) => one.times));
    const hit = total(axis, hits, firstSeen);
    const missed = total(axis, misses, firstSeen);
    const lookups = hit.map((count, i) => count + (missed[i] as number));
    signals.push(
      buildSignal([...misses, ...hits], {
        signal: 'other',
        facet: 'cache',
        aspect: 'misses / lookups',
        unit: 'ratio',
        harm: 'up',
        scope: 'service',
        model: 'proportion',
        times: axis.times,
        values: missed.map((count, i) => {
          const all = lookups[i] as number;
          return all > 0 ? count / all : Number.NaN;
        }),
        weights: lookups,
      }),
    );
  }
  return signals;
}

function total(axis: CommonAxis, group: readonly PreparedSeries[], firstSeen: FirstSeen) {
  const counts = group.map(countsOf);
  return sumCounts(axis, counts, birthsOf(group, counts, firstSeen));
}
