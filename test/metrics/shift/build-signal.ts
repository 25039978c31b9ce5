import type { DerivedSignal } from '#src/metrics/contract.ts';
import { at, type Noise, range } from '../build-series.ts';

export const COUNT = 180;
export const BASELINE = 120;
const times = Float64Array.from(range(COUNT, at));

/** A signal of one service over COUNT points; the window begins at BASELINE. */
export function signalOf(
  values: ArrayLike<number>,
  over: Partial<DerivedSignal> = {},
): DerivedSignal {
  return {
    id: 'one',
    service: 'a',
    peer: null,
    peerIsCaller: false,
    signal: 'latency',
    facet: 'latency',
    name: 'latency',
    aspect: 'mean',
    unit: 'seconds',
    harm: 'up',
    scope: 'service',
    labels: {},
    sources: [0],
    times: times.subarray(0, values.length),
    values: Float64Array.from(values),
    model: 'level',
    weights: null,
    ...over,
  };
}

/** Requests of which a share fails, as a proportion. */
export function errorSignal(
  noise: Noise,
  requests: number,
  share: (i: number) => number,
): DerivedSignal {
  const counts = range(COUNT, () => noise.poisson(requests));
  const failed = counts.map((n, i) => {
    if (n > 60) return Math.min(n, noise.poisson(n * share(i)));
    return range(n, () => (noise.next() < share(i) ? 1 : 0)).reduce<number>((a, b) => a + b, 0);
  });
  return signalOf(
    counts.map((n, i) => (n > 0 ? failed[i]! / n : Number.NaN)),
    {
      signal: 'errors',
      facet: 'error-ratio',
      unit: 'ratio',
      model: 'proportion',
      weights: Float64Array.from(counts),
    },
  );
}

/** Counts an interval as traffic. */
export function trafficSignal(noise: Noise, mean: (i: number) => number): DerivedSignal {
  const counts = Float64Array.from(range(COUNT, (i) => noise.poisson(mean(i))));
  return signalOf(
    counts.map((count) => count / 30),
    {
      signal: 'traffic',
      facet: 'request-rate',
      unit: 'count',
      harm: 'both',
      model: 'count',
      weights: counts,
    },
  );
}
