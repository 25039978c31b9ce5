import { prefixSums } from '#src/metrics/shift/noise.ts';
import type { Sequence } from '#src/metrics/shift/sequence.ts';
import {
  median,
  quantileOfSorted,
  robustScale,
  sortedFinite,
} from '#src/metrics/statistics/robust.ts';

/** A jump must be so many standard deviations of neighbouring differences. */
const CONTRAST = 8;
/** So large a part of the whole deviation must come at once, so that no drift is taken for a jump. */
const ABRUPT = 0.5;
/** Points on either side that tell whether it came at once. */
const NEAR = 4;
/** At least so much of the reference must be left. */
const LEAST_LEFT = 0.5;

/**
 * The place inside the reference where trouble that lasts into the window already began, so that
 * the reference's own scatter hides it; null where there is none. Scatter is taken from the
 * differences of neighbours, which a single jump does not widen.
 * @returns the index from which the reference is not normal
 */
export function contaminatedFrom({ values, reference }: Sequence): number | null {
  const count = values.length;
  if (reference < 12 || count - reference < 2) return null;
  const differences = new Float64Array(count - 1);
  for (let i = 1; i < count; i += 1) {
    differences[i - 1] = (values[i] as number) - (values[i - 1] as number);
  }
  const unit = robustScale(differences).scale / Math.SQRT2;
  if (!(unit > 0)) return null;
  const center = median(values.subarray(0, Math.ceil(reference * LEAST_LEFT)));
  const sums = prefixSums(
    values.map((value) => (value - center) / unit),
    1e6,
  );
  const total = sums[count] as number;
  let at = 0;
  let largest = 0;
  for (let k = Math.ceil(reference * LEAST_LEFT); k < count; k += 1) {
    const difference = (sums[k] as number) - (total * k) / count;
    const contrast = (difference * difference * count) / (k * (count - k));
    if (contrast > largest) {
      largest = contrast;
      at = k;
    }
  }
  if (at >= reference || Math.sqrt(largest) < CONTRAST) return null;
  const middle = (from: number, to: number) => median(sortedFinite(values.subarray(from, to)));
  const whole = middle(at, count) - middle(0, at);
  const near = middle(at, Math.min(count, at + NEAR)) - middle(Math.max(0, at - NEAR), at);
  return near / whole >= ABRUPT && apart(values, at) ? at : null;
}

/** True where most of what follows lies beyond nearly all that went before. */
function apart(values: Float64Array, at: number): boolean {
  const before = sortedFinite(values.subarray(0, at));
  const after = sortedFinite(values.subarray(at));
  const isAbove = quantileOfSorted(after, 0.2) > quantileOfSorted(before, 0.97);
  return isAbove || quantileOfSorted(after, 0.8) < quantileOfSorted(before, 0.03);
}
