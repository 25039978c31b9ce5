/** A sample of a native histogram: counts by bucket bounds. */
export type NativeSample = {
  time: number;
  count: number;
  sum: number;
  /** `lower|upper` → count in that bucket alone. */
  buckets: Map<string, number>;
};

/** More buckets than this in one sample are not read. */
const MAX_BUCKETS = 1000;
const MAX_SAMPLES = 20_000;

/**
 * Reads the `histograms` of a Prometheus range answer: `[time, {count, sum, buckets: [[rule,
 * lower, upper, count], …]}]`. What does not fit is left out.
 */
export function parseNative(samples: readonly (readonly [number, unknown])[]): NativeSample[] {
  const found: NativeSample[] = [];
  for (const [seconds, value] of samples.slice(-MAX_SAMPLES)) {
    if (typeof value !== 'object' || value === null || !Number.isFinite(seconds)) continue;
    const { count, sum, buckets } = value as Record<string, unknown>;
    const read = new Map<string, number>();
    for (const bucket of Array.isArray(buckets) ? buckets.slice(0, MAX_BUCKETS) : []) {
      if (!Array.isArray(bucket) || bucket.length < 4) continue;
      const [, lower, upper, inside] = bucket.map(Number);
      if (Number.isFinite(inside)) read.set(`${lower}|${upper}`, inside as number);
    }
    const total = Number(count);
    if (!Number.isFinite(total)) continue;
    const time = Math.round(seconds * 1000);
    const before = found.at(-1);
    if (before !== undefined && time <= before.time) continue;
    found.push({ time, count: total, sum: Number(sum) || 0, buckets: read });
  }
  return found;
}

/** What happened between two samples; the later one alone after a reset; null across a merge of buckets. */
export function nativeDelta(before: NativeSample, after: NativeSample): NativeSample | null {
  if (after.count < before.count) return after;
  const buckets = new Map<string, number>();
  for (const key of before.buckets.keys()) if (!after.buckets.has(key)) return null;
  for (const [key, count] of after.buckets) {
    const rise = count - (before.buckets.get(key) ?? 0);
    if (rise < 0) return null;
    if (rise > 0) buckets.set(key, rise);
  }
  return {
    time: after.time,
    count: after.count - before.count,
    sum: after.sum - before.sum,
    buckets,
  };
}

/** Adds the buckets of one sample to another in place. */
export function addNative(into: NativeSample, other: NativeSample): void {
  into.count += other.count;
  into.sum += other.sum;
  for (const [key, count] of other.buckets) {
    into.buckets.set(key, (into.buckets.get(key) ?? 0) + count);
  }
}

/**
 * A quantile of a native histogram, geometrically inside a bucket of positive bounds (as Prometheus
 * does since its bounds grow exponentially), linearly elsewhere.
 */
export function nativeQuantile(q: number, sample: NativeSample): number {
  const buckets = [...sample.buckets].map(([key, count]) => {
    const at = key.indexOf('|');
    return { lower: Number(key.slice(0, at)), upper: Number(key.slice(at + 1)), count };
  });
  buckets.sort((a, b) => a.lower - b.lower || a.upper - b.upper);
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (!(total > 0)) return Number.NaN;
  let below = 0;
  for (const { lower, upper, count } of buckets) {
    if (below + count >= q * total && count > 0) {
      const share = (q * total - below) / count;
      if (lower > 0 && Number.isFinite(upper)) return lower * (upper / lower) ** share;
      return Number.isFinite(upper) ? lower + (upper - lower) * share : lower;
    }
    below += count;
  }
  return buckets.at(-1)?.upper ?? Number.NaN;
}
