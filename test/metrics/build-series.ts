import type { MetricSeries } from '#src/domain/bundle.ts';

/** 2026-01-01T00:00:00Z in seconds. */
export const ORIGIN = 1_767_225_600;
export const STEP = 30;

/** A seeded source of uniform and normal numbers. */
export function createNoise(seed: number) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const poisson = (mean: number) => {
    if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let product = next();
    let count = 0;
    while (product > limit) {
      product *= next();
      count += 1;
    }
    return count;
  };
  return { next, normal, poisson };
}
export type Noise = ReturnType<typeof createNoise>;

/** A series with a sample every STEP seconds from ORIGIN; null leaves a hole. */
export function series(
  metric: Record<string, string>,
  values: readonly (number | null)[],
  extra: Partial<MetricSeries> = {},
): MetricSeries {
  const kept = values.flatMap((value, i): [number, string][] =>
    value === null ? [] : [[ORIGIN + i * STEP, String(value)]],
  );
  return { metric, values: kept, ...extra };
}

export const range = <T>(count: number, of: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => of(i));

/** Running totals, as a counter shows them. */
export function counter(counts: readonly number[], start = 0): number[] {
  let total = start;
  return counts.map((count) => {
    total += count;
    return total;
  });
}

export const at = (i: number) => (ORIGIN + i * STEP) * 1000;

/** The first `baseline` of `count` points are normal, the rest is the window. */
export function scopeOf(baseline: number, count: number) {
  return {
    baseline: { start: at(0), end: at(baseline) },
    window: { start: at(baseline), end: at(count) },
  };
}
