import { incompleteBeta, poissonTail } from './distributions.ts';

/** Counts of one kind of event in two spans of time. */
export type RateCounts = {
  count: number;
  baselineCount: number;
  /** Milliseconds that were watched. */
  exposure: number;
  baselineExposure: number;
  /** Variance over mean of the counts: 1 for events that come independently, more for bursts. */
  dispersion: number;
};

/**
 * The probability of at least so many of the events falling into the window if the rate had not
 * changed: the conditional test of two Poisson rates (Przyborowski & Wilenski, 1940), exact for small
 * counts. Bursts are allowed for by dividing the counts by their dispersion (quasi-Poisson).
 */
export function increaseProbability(counts: RateCounts): number {
  const share = counts.exposure / (counts.exposure + counts.baselineExposure);
  const hits = counts.count / counts.dispersion;
  const others = counts.baselineCount / counts.dispersion;
  return hits === 0 ? 1 : incompleteBeta(share, hits, others + 1);
}

/** The probability of at most so many of the events falling into the window if the rate had not changed. */
export function decreaseProbability(counts: RateCounts): number {
  const share = counts.exposure / (counts.exposure + counts.baselineExposure);
  const hits = counts.count / counts.dispersion;
  const others = counts.baselineCount / counts.dispersion;
  return others === 0 ? 1 : 1 - incompleteBeta(share, hits + 1, others);
}

/** The probability that any of `buckets` spans holds `peak` events or more at a mean of `mean` each. */
export function peakProbability(
  peak: number,
  mean: number,
  buckets: number,
  dispersion: number,
): number {
  return Math.min(1, buckets * poissonTail(peak / dispersion, mean / dispersion));
}

const SCALES = [1, 5, 15];
const LEAST_BLOCKS = 6;

/**
 * The dispersion of counts per bucket, at least 1: the largest variance-to-mean ratio over buckets, and over
 * blocks of five and fifteen, so that bursts that go on for minutes are seen as such. Where it rests on
 * few buckets with events it is taken for larger, for so few say little of how large bursts can be.
 */
export function dispersionOf(counts: readonly number[]): number {
  const active = counts.filter((count) => count > 0).length;
  if (active === 0) return 1;
  let worst = 1;
  for (const scale of SCALES) {
    const blocks = Math.floor(counts.length / scale);
    if (blocks < LEAST_BLOCKS) break;
    const sums = Array.from({ length: blocks }, (_, block) =>
      total(counts.slice(block * scale, (block + 1) * scale)),
    );
    const mean = total(sums) / blocks;
    if (mean === 0) continue;
    const variance = sums.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (blocks - 1);
    worst = Math.max(worst, variance / mean);
  }
  return 1 + (worst - 1) * (1 + FEW / active);
}

const FEW = 3;

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Which of many tests hold when at most a share of `rate` of the finds may be false (Benjamini &
 * Hochberg, 1995).
 * @returns for each probability its adjusted value
 */
export function adjustForMany(probabilities: readonly number[]): number[] {
  const order = probabilities
    .map((_, index) => index)
    .sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  const adjusted = new Array<number>(probabilities.length).fill(1);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const index = order[rank - 1] as number;
    least = Math.min(least, ((probabilities[index] ?? 1) * order.length) / rank);
    adjusted[index] = least;
  }
  return adjusted;
}
