import type { NoiseProfile } from '#src/metrics/shift/noise.ts';
import type { Segment } from '#src/metrics/shift/segment.ts';
import { LOG_FLOOR, logStudentTail } from '#src/metrics/statistics/tails.ts';

/** A stretch away from normal in one direction: points [from, to). */
export type Excursion = {
  from: number;
  to: number;
  direction: 'up' | 'down';
  /** Mean deviation, cut, in robust standard deviations. */
  mean: number;
  /** log10 of the p-value, after the search over places and lengths. */
  logP: number;
};

/** Neighbouring segments belong to an excursion while their means are so many deviations off. */
const MEMBER_SIGMAS = 2.5;

const meanOf = (sums: Float64Array, { from, to }: Segment) =>
  ((sums[to] as number) - (sums[from] as number)) / (to - from);

/** Segments that begin an excursion must be so large a part of its largest mean. */
const LEAST_PART = 0.3;

/**
 * Joins neighbouring segments that are off to the same side. Faint segments at the beginning are
 * left out: where a slope begins is fitted later, and before a step they are noise.
 */
export function excursionsOf(
  sums: Float64Array,
  segments: readonly Segment[],
  noise: NoiseProfile,
): { from: number; to: number; sign: number }[] {
  const found: { parts: Segment[]; sign: number }[] = [];
  for (const one of segments) {
    const mean = meanOf(sums, one);
    const isOff = Math.abs(mean) > MEMBER_SIGMAS * noise.deviation(one.to - one.from);
    if (!isOff) continue;
    const sign = Math.sign(mean);
    const last = found.at(-1);
    const joins = last?.sign === sign && last.parts.at(-1)?.to === one.from;
    if (joins) last.parts.push(one);
    else found.push({ parts: [one], sign });
  }
  return found.map(({ parts, sign }) => {
    const largest = Math.max(...parts.map((part) => Math.abs(meanOf(sums, part))));
    const first = parts.findIndex((part) => Math.abs(meanOf(sums, part)) >= LEAST_PART * largest);
    const head = parts[Math.max(0, first)] as Segment;
    return { from: head.from, to: (parts.at(-1) as Segment).to, sign };
  });
}

/**
 * How surprising a stretch is: its mean against the scatter of means of that length, as Student's
 * t, times the number of places where it could have been found.
 * @param tested the number of points under test
 */
export function weigh(
  sums: Float64Array,
  { from, to, sign }: { from: number; to: number; sign: number },
  noise: NoiseProfile,
  tested: number,
): Excursion {
  const length = to - from;
  const mean = ((sums[to] as number) - (sums[from] as number)) / length;
  const t = Math.abs(mean) / noise.deviation(length);
  const places = Math.max(1, (2 * tested) / length);
  const logP = Math.max(
    LOG_FLOOR,
    Math.min(0, logStudentTail(t, noise.freedom) + Math.log10(places)),
  );
  return { from, to, direction: sign > 0 ? 'up' : 'down', mean, logP };
}

/**
 * A quick look whether any stretch of the tested points is off: the largest mean of dyadic lengths
 * over its scatter. Most series end here.
 */
export function largestDeparture(
  sums: Float64Array,
  from: number,
  to: number,
  noise: NoiseProfile,
): number {
  let largest = 0;
  for (let length = 1; length <= to - from; length *= 2) {
    const scatter = noise.deviation(length);
    const stride = Math.max(1, length >> 2);
    for (let end = to; end - length >= from; end -= stride) {
      const mean = ((sums[end] as number) - (sums[end - length] as number)) / length;
      largest = Math.max(largest, Math.abs(mean) / scatter);
    }
  }
  return largest;
}
