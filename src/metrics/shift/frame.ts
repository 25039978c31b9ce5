import type { DerivedSignal } from '#src/metrics/contract.ts';
import { type NoiseProfile, noiseProfile, prefixSums } from '#src/metrics/shift/noise.ts';
import type { Sequence } from '#src/metrics/shift/sequence.ts';
import { standardise } from '#src/metrics/shift/standardise.ts';
import { robustScale } from '#src/metrics/statistics/robust.ts';

/** A sequence measured against its reference. */
export type Frame = {
  sequence: Sequence;
  /** The first so many points are normal. */
  reference: number;
  /** Deviations of all points, and their prefix sums cut at the noise's clip. */
  z: Float64Array;
  sums: Float64Array;
  noise: NoiseProfile;
  /** The reference's centre in the signal's unit. */
  center: number;
};

/**
 * @param cleanUntil only the points before this index are normal; null for the whole reference
 * @returns null where no part of the sequence can be taken as normal
 */
export function frameOf(
  signal: DerivedSignal,
  sequence: Sequence,
  cleanUntil: number | null,
): Frame | null {
  const reference = sequence.reference > 0 ? sequence.reference : quietHead(sequence);
  const clean = cleanUntil ?? reference;
  if (reference < 3 || clean < 3 || sequence.times.length - reference < 1) return null;
  const { z, center } = standardise(signal, sequence, (index) => index < clean);
  centre(z, clean);
  const noise = noiseProfile(z.subarray(0, clean), signal.model === 'level' ? 0.1 : 0.9);
  return { sequence, reference: clean, z, sums: prefixSums(z, noise.clip), noise, center };
}

/** Beyond so many deviations values are cut before the mean is taken. */
const CUT = 5;

/**
 * Makes the mean deviation of the reference zero. Centres are medians; where noise leans to one
 * side, every long stretch would else look raised.
 */
function centre(z: Float64Array, reference: number): void {
  let sum = 0;
  for (let i = 0; i < reference; i += 1) sum += Math.max(-CUT, Math.min(CUT, z[i] as number));
  const mean = sum / reference;
  for (let i = 0; i < z.length; i += 1) z[i] = (z[i] as number) - mean;
}

/**
 * Without anything before the window: the part before the place where the series changes most,
 * if it is long enough to be called normal.
 * @returns the number of points, 0 for none
 */
function quietHead({ values }: Sequence): number {
  const count = values.length;
  const least = Math.max(5, Math.ceil(count * 0.15));
  if (count < least + 2) return 0;
  const { center, scale } = robustScale(values);
  const unit = scale || Math.abs(center) * 0.01 || 1e-9;
  const sums = prefixSums(
    values.map((value) => (value - center) / unit),
    5,
  );
  const total = sums[count] as number;
  let at = Math.max(least, Math.floor(count / 2));
  let largest = 0;
  for (let k = least; k < count; k += 1) {
    const difference = (sums[k] as number) - (total * k) / count;
    const contrast = (difference * difference * count) / (k * (count - k));
    if (contrast > largest) {
      largest = contrast;
      at = k;
    }
  }
  return at;
}
