import { type NoiseProfile, prefixSums } from '#src/metrics/shift/noise.ts';
import { median } from '#src/metrics/statistics/robust.ts';

const DAY = 86_400_000;
/** Deviations are cut here before their drift is measured. */
const DRIFT_CLIP = 4;
/** Points of earlier days count as the same time of day within this distance, or one step. */
const SAME_TIME = 900_000;

/**
 * What is left of an excursion's mean deviation when the reference's own drift goes on: 1 if there
 * is no drift, below 0 if the drift alone leads beyond it. Drift is the slope between the means
 * of the reference's first and last thirds, taken where its middle lies between them.
 * @param z deviations; the first `reference` points are normal
 */
export function leftAfterDrift(
  z: Float64Array,
  reference: number,
  from: number,
  to: number,
  noise: NoiseProfile,
): number {
  if (reference < 12) return 1;
  const third = Math.floor(reference / 3);
  const part = (begin: number, end: number) => {
    const sums = prefixSums(z.subarray(begin, end), DRIFT_CLIP);
    return (sums.at(-1) as number) / Math.max(1, end - begin);
  };
  const first = part(0, third);
  const middle = part(third, reference - third);
  const last = part(reference - third, reference);
  const rise = last - first;
  const isSteady = Math.abs(middle - (first + last) / 2) < Math.abs(rise) / 4;
  if (!isSteady || Math.abs(rise) < 4 * noise.deviation(third)) return 1;
  const perPoint = rise / (reference - third);
  const lastMiddle = reference - third / 2;
  // Nothing drifts on for longer than it was seen to.
  const ahead = Math.min((from + to) / 2, reference * 2) - lastMiddle;
  const expected = last + perPoint * Math.max(0, ahead);
  const sums = prefixSums(z, noise.clip);
  const mean = ((sums[to] as number) - (sums[from] as number)) / (to - from);
  return mean === 0 ? 0 : (mean - expected) / mean;
}

/**
 * What is left of an excursion when the same time of earlier days is what is normal; 1 where the
 * reference has no earlier day.
 */
export function leftAfterSeason(
  z: Float64Array,
  times: Float64Array,
  reference: number,
  from: number,
  to: number,
  step: number,
): number {
  const first = times[0] ?? 0;
  const near = Math.max(SAME_TIME, step);
  if ((times[from] as number) - first < DAY - near) return 1;
  let seen = 0;
  let left = 0;
  let mean = 0;
  const stride = Math.max(1, Math.floor((to - from) / 16));
  for (let i = from; i < to; i += stride) {
    const earlier: number[] = [];
    for (let k = 0; k < reference; k += 1) {
      const apart = (times[i] as number) - (times[k] as number);
      const days = Math.round(apart / DAY);
      if (days >= 1 && Math.abs(apart - days * DAY) <= near) earlier.push(z[k] as number);
    }
    if (earlier.length < 2) continue;
    seen += 1;
    left += (z[i] as number) - median(earlier);
    mean += z[i] as number;
  }
  if (seen * stride < (to - from) / 2 || mean === 0) return 1;
  return left / mean;
}
