import { quantileOfSorted, robustScale } from '#src/metrics/statistics/robust.ts';

/** How far means over any number of points scatter while nothing changes. */
export type NoiseProfile = {
  /** Deviations beyond this are cut before means are taken. */
  clip: number;
  /** Standard deviation of the mean of `length` neighbouring points. */
  deviation: (length: number) => number;
  /** Degrees of freedom behind it. */
  freedom: number;
};

/** Standard normal quantile of 0.98 (one-sided): what the largest of 50 is compared with. */
const Q98 = 2.054;

/**
 * Learns the scatter of block means at lengths 1, 2, 4, … from the reference itself, so that
 * neither bursts, cycles nor slow drift look like a change while the reference shows their like:
 * for each length the robust scale of the means, or what their outer two percent imply, whichever
 * is larger. Beyond the lengths that the reference can tell, the last trend goes on (between
 * 1/√length of white noise and no fall at all).
 * @param z standardised reference in the order of time
 * @param least the smallest scatter of one point that the signal's model allows
 */
export function noiseProfile(z: Float64Array, least: number): NoiseProfile {
  const count = z.length;
  const outer = Math.abs(quantileOfSorted(z.map(Math.abs).sort(), 0.99)) || 0;
  const clip = Math.min(50, Math.max(8, 2 * outer));
  const sums = prefixSums(z, clip);
  const lengths: number[] = [];
  const scatter: number[] = [];
  for (let length = 1; length === 1 || length * 4 <= count; length *= 2) {
    lengths.push(length);
    scatter.push(Math.max(blockScatter(sums, count, length), least / Math.sqrt(length)));
  }
  for (let i = 1; i < scatter.length; i += 1) {
    const white = (scatter[0] as number) / Math.sqrt(lengths[i] as number);
    scatter[i] = Math.max(scatter[i] as number, white * 0.9);
  }
  const last = lengths.length - 1;
  const longest = lengths[last] as number;
  const decay = decayOf(scatter);
  return {
    clip,
    freedom: freedomOf(z, clip),
    deviation: (length) => {
      if (length >= longest) return (scatter[last] as number) * (longest / length) ** decay;
      const at = Math.floor(Math.log2(Math.max(1, length)));
      const low = scatter[at] as number;
      const high = scatter[at + 1] ?? low;
      return low + (high - low) * (length / 2 ** at - 1);
    },
  };
}

/** Sums of the values cut at ±clip: the sum of [a, b) is `sums[b] - sums[a]`. */
export function prefixSums(z: Float64Array, clip: number): Float64Array {
  const sums = new Float64Array(z.length + 1);
  for (let i = 0; i < z.length; i += 1) {
    sums[i + 1] = (sums[i] as number) + Math.max(-clip, Math.min(clip, z[i] as number));
  }
  return sums;
}

/**
 * Degrees of freedom left by the correlation of neighbours: n·(1-ρ)/(1+ρ) of a first-order
 * autoregressive process, but no fewer than 8 (the scatter already is that of the worst blocks)
 * unless there are fewer points.
 */
function freedomOf(z: Float64Array, clip: number): number {
  const cut = z.map((value) => Math.max(-clip, Math.min(clip, value)));
  const mean = cut.reduce((sum, value) => sum + value, 0) / Math.max(1, cut.length);
  let squares = 0;
  let products = 0;
  for (let i = 0; i < cut.length; i += 1) {
    const value = (cut[i] as number) - mean;
    squares += value * value;
    if (i > 0) products += value * ((cut[i - 1] as number) - mean);
  }
  const rho = squares > 0 ? Math.max(0, Math.min(0.99, products / squares)) : 0;
  const least = Math.min(8, Math.max(2, z.length - 1));
  return Math.min(200, Math.max(least, (z.length * (1 - rho)) / (1 + rho) - 1));
}

function blockScatter(sums: Float64Array, count: number, length: number): number {
  const stride = Math.max(1, length >> 1);
  const blocks = Math.floor((count - length) / stride) + 1;
  if (blocks < 3) return 1 / Math.sqrt(length);
  const means = new Float64Array(blocks);
  const sizes = new Float64Array(blocks);
  for (let k = 0; k < blocks; k += 1) {
    const from = k * stride;
    const mean = ((sums[from + length] as number) - (sums[from] as number)) / length;
    means[k] = mean;
    sizes[k] = Math.abs(mean);
  }
  const { scale } = robustScale(means);
  sizes.sort();
  const independent = Math.max(2, count / length);
  // The normal quantile that the taken order statistic stands for; with few blocks, the largest.
  const enough = independent >= 50;
  const extreme = enough ? quantileOfSorted(sizes, 0.98) : (sizes.at(-1) as number);
  const expected = enough ? Q98 * 1.13 : Math.sqrt(2 * Math.log(independent)) + 0.35;
  return Math.max(scale, extreme / expected);
}

/** The exponent with which the scatter falls at the longest lengths: 0.5 for white noise. */
function decayOf(scatter: readonly number[]): number {
  const n = scatter.length;
  if (n < 3) return 0.5;
  const fall = Math.log2((scatter[n - 3] as number) / (scatter[n - 1] as number)) / 2;
  return Math.min(0.5, Math.max(0, fall));
}
