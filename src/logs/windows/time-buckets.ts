import type { CountPoint } from './types.ts';

/** Records per minute. */
export class MinuteCounts {
  readonly buckets = new Map<number, number>();

  add(at: number): void {
    const bucket = Math.floor(at / 60_000);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
  }
}

/** Buckets of several maps as points in order of time. @param width milliseconds of a bucket */
export function pointsOf(
  maps: readonly ReadonlyMap<number, number>[],
  width = 60_000,
): CountPoint[] {
  const all = new Map<number, number>();
  for (const buckets of maps)
    for (const [bucket, count] of buckets) all.set(bucket, (all.get(bucket) ?? 0) + count);
  return [...all]
    .sort((a, b) => a[0] - b[0])
    .map(([bucket, count]) => [(bucket * width) / 1000, count]);
}
