import type { ShiftShape } from '#src/metrics/contract.ts';

/** A ramp must be explained so much better by a slope than by a step. */
const SLOPE_GAIN = 0.6;
/** More points than this are thinned out before a slope is fitted. */
const MAX_FIT = 160;

/** Least squares of `y` against nothing, a step at `k`, or a hinge at `k`. */
type Fit = { at: number; error: number };

/**
 * The hinge (flat, then a slope) that fits best: its corner is where a leak began.
 * @param y deviations; @returns null for fewer than 6 points
 */
function bestHinge(y: readonly number[]): Fit | null {
  const n = y.length;
  if (n < 6) return null;
  let best: Fit | null = null;
  for (let k = 0; k <= n - 4; k += 1) {
    const error = hingeError(y, k);
    if (best === null || error < best.error) best = { at: k, error };
  }
  return best;
}

/** Squared error of `a + b·max(0, i - k)` with the best a and b. */
function hingeError(y: readonly number[], k: number): number {
  const n = y.length;
  let sumX = 0;
  let sumXx = 0;
  let sumY = 0;
  let sumXy = 0;
  let sumYy = 0;
  for (let i = 0; i < n; i += 1) {
    const x = Math.max(0, i - k);
    const value = y[i] as number;
    sumX += x;
    sumXx += x * x;
    sumY += value;
    sumXy += x * value;
    sumYy += value * value;
  }
  const spreadX = sumXx - (sumX * sumX) / n;
  const slope = spreadX > 0 ? (sumXy - (sumX * sumY) / n) / spreadX : 0;
  return sumYy - (sumY * sumY) / n - slope * (sumXy - (sumX * sumY) / n);
}

/** Squared error of the best single step. */
function bestStep(y: readonly number[]): Fit {
  const n = y.length;
  let total = 0;
  let squares = 0;
  for (const value of y) {
    total += value;
    squares += value * value;
  }
  let left = 0;
  let best: Fit = { at: 0, error: squares - (total * total) / n };
  for (let k = 1; k < n; k += 1) {
    left += y[k - 1] as number;
    const right = total - left;
    const error = squares - (left * left) / k - (right * right) / (n - k);
    if (error < best.error) best = { at: k, error };
  }
  return best;
}

/**
 * Tells a ramp from a step over the points around an excursion.
 * @param values in the signal's unit; @param before the first point to look at, still normal
 * @param to the end of the excursion
 * @param reference @param late normal and latest level: wilder values are cut at half beyond it
 * @returns the index where the slope begins, or null for a step
 */
export function rampStart(
  values: Float64Array,
  before: number,
  to: number,
  reference: number,
  late: number,
): number | null {
  const size = to - before;
  const stride = Math.max(1, Math.ceil(size / MAX_FIT));
  const rise = late - reference;
  if (rise === 0) return null;
  const y: number[] = [];
  for (let i = before; i < to; i += stride) {
    y.push(Math.max(-0.5, Math.min(1.5, ((values[i] as number) - reference) / rise)));
  }
  const hinge = bestHinge(y);
  if (hinge === null) return null;
  const step = bestStep(y);
  return hinge.error < step.error * SLOPE_GAIN ? before + hinge.at * stride : null;
}

/** The shape of an excursion from what is known of it. */
export function shapeOf(facts: {
  direction: 'up' | 'down';
  length: number;
  tested: number;
  ended: boolean;
  episodes: number;
  ramp: boolean;
  reference: number;
  level: number;
}): ShiftShape {
  const { direction, reference, level } = facts;
  if (facts.episodes >= 3) return 'oscillation';
  if (direction === 'down' && reference > 0 && Math.abs(level) <= reference * 0.02) {
    return 'drop-to-zero';
  }
  if (facts.ended && facts.length <= Math.max(2, facts.tested * 0.05)) return 'spike';
  return facts.ramp ? 'ramp' : 'step';
}
