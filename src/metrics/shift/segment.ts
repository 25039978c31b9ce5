/** A stretch of a sequence with one mean: points [from, to). */
export type Segment = { from: number; to: number };

type Interval = { from: number; to: number; at: number; contrast: number };

/** The shortest interval that is searched. */
const SHORTEST = 2;

/**
 * Splits a sequence where its mean changes, by seeded binary segmentation (S. Kovács, H. Li,
 * P. Bühlmann, A. Munk, "Seeded binary segmentation", Biometrika 110, 2023): the CUSUM contrast is
 * taken over a fixed family of intervals whose total length is n·log n, and the strongest splits
 * are accepted first.
 * @param sums prefix sums of the cut deviations, see `prefixSums`
 * @param from @param to the points to split
 * @param threshold the contrast that a split needs, in standard deviations of one point
 */
export function segment(
  sums: Float64Array,
  from: number,
  to: number,
  threshold: number,
): Segment[] {
  const found: Interval[] = [];
  for (const [a, b] of seededIntervals(from, to)) {
    const best = bestSplit(sums, a, b);
    if (best.contrast > threshold) found.push(best);
  }
  found.sort((a, b) => b.contrast - a.contrast || a.to - a.from - (b.to - b.from) || a.at - b.at);
  const splits: number[] = [];
  for (const interval of found) {
    const taken = splits.some((at) => at > interval.from && at < interval.to);
    if (!taken) splits.push(interval.at);
  }
  splits.sort((a, b) => a - b);
  const bounds = [from, ...splits, to];
  const segments: Segment[] = [];
  for (let i = 1; i < bounds.length; i += 1) {
    segments.push({ from: bounds[i - 1] as number, to: bounds[i] as number });
  }
  return segments;
}

function* seededIntervals(from: number, to: number): Generator<[number, number]> {
  const size = to - from;
  yield [from, to];
  for (let layer = 1; ; layer += 1) {
    const length = size * Math.SQRT1_2 ** layer;
    if (length < SHORTEST) break;
    const count = 2 * Math.ceil(Math.SQRT2 ** layer) - 1;
    const stride = (size - length) / Math.max(1, count - 1);
    for (let i = 0; i < count; i += 1) {
      const start = from + Math.floor(i * stride);
      const end = Math.min(to, from + Math.ceil(i * stride + length));
      if (end - start >= 2) yield [start, end];
    }
  }
}

/** Where the means left and right differ most: √(l·r/(l+r)) · |difference|. */
function bestSplit(sums: Float64Array, from: number, to: number): Interval {
  const low = sums[from] as number;
  const total = (sums[to] as number) - low;
  const size = to - from;
  let at = from + 1;
  let largest = -1;
  for (let b = from + 1; b < to; b += 1) {
    const left = b - from;
    const leftSum = (sums[b] as number) - low;
    const difference = leftSum - (total * left) / size;
    const squared = (difference * difference * size) / (left * (size - left));
    if (squared > largest) {
      largest = squared;
      at = b;
    }
  }
  return { from, to, at, contrast: Math.sqrt(Math.max(0, largest)) };
}
