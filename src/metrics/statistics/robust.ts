/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SIGMA = 1.4826;
/** The distance between the 10th and the 90th percentile of a standard normal distribution. */
const TENTHS_OF_SIGMA = 2.5631;

/** A copy in ascending order, without what is no number. */
export function sortedFinite(values: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isFinite(value)) {
      copy[count] = value;
      count += 1;
    }
  }
  return copy.subarray(0, count).sort();
}

/** The quantile `q` (0 … 1) of ascending values, linearly between neighbours; NaN for none. */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const lower = sorted[low] as number;
  const upper = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return lower + (upper - lower) * (at - low);
}

export function median(values: ArrayLike<number>): number {
  return quantileOfSorted(sortedFinite(values), 0.5);
}

/**
 * Centre and scale that a minority of outliers cannot move: the median, and the larger of the
 * scaled median absolute deviation and the scaled distance of the outer tenths (which still sees
 * noise where more than half of the values are equal, as in quantised series).
 */
export function robustScale(values: ArrayLike<number>): { center: number; scale: number } {
  return robustScaleOfSorted(sortedFinite(values));
}

/** {@link robustScale} of ascending values. */
export function robustScaleOfSorted(sorted: Float64Array): { center: number; scale: number } {
  const center = quantileOfSorted(sorted, 0.5);
  const tenths = (quantileOfSorted(sorted, 0.9) - quantileOfSorted(sorted, 0.1)) / TENTHS_OF_SIGMA;
  const mad = medianDeviation(sorted, center) * MAD_TO_SIGMA;
  return { center, scale: Math.max(mad, tenths) };
}

/** The median distance from the centre of ascending values, by walking outwards from it. */
function medianDeviation(sorted: Float64Array, center: number): number {
  const count = sorted.length;
  if (count === 0) return Number.NaN;
  let high = 0;
  let end = count;
  while (high < end) {
    const middle = (high + end) >> 1;
    if ((sorted[middle] as number) < center) high = middle + 1;
    else end = middle;
  }
  let low = high - 1;
  let before = 0;
  let current = 0;
  for (let taken = 0; taken <= count >> 1; taken += 1) {
    before = current;
    const below = low >= 0 ? center - (sorted[low] as number) : Number.POSITIVE_INFINITY;
    const above = high < count ? (sorted[high] as number) - center : Number.POSITIVE_INFINITY;
    if (below <= above) {
      current = below;
      low -= 1;
    } else {
      current = above;
      high += 1;
    }
  }
  return count % 2 === 1 ? current : (before + current) / 2;
}

/** The smallest distance between two different values of an ascending list: its quantum, or 0. */
export function quantum(sorted: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i += 1) {
    const gap = (sorted[i] as number) - (sorted[i - 1] as number);
    if (gap > 0 && gap < smallest) smallest = gap;
  }
  return Number.isFinite(smallest) ? smallest : 0;
}
