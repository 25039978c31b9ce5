import type { DerivedSignal, Facet } from '#src/metrics/contract.ts';
import type { Sequence } from '#src/metrics/shift/sequence.ts';
import {
  quantileOfSorted,
  quantum,
  robustScale,
  robustScaleOfSorted,
  sortedFinite,
} from '#src/metrics/statistics/robust.ts';

/** Smaller relative noise than this is taken for this much: nothing real is steadier. */
const RELATIVE_FLOOR = 0.01;

/** Absolute noise floors where a scale is known: shares of one, answers of yes or no. */
function absoluteFloor(facet: Facet, unit: DerivedSignal['unit']): number {
  if (facet === 'error-ratio' || facet === 'client-error-ratio') return 0.001;
  if (unit === 'ratio') return 0.005;
  return facet === 'up' || facet === 'dependency-up' ? 0.05 : 0;
}

/** A sequence as deviations from its reference. */
export type Standardised = {
  /** Robust standard deviations from the reference's centre; about normal while nothing changes. */
  z: Float64Array;
  /** The reference's centre in the signal's unit. */
  center: number;
};

/**
 * Brings a signal of any noise model to one scale. Counts and shares are first made to have
 * constant variance (Anscombe, Biometrika 35, 1948; Freeman and Tukey, Ann. Math. Statist. 21,
 * 1950), so that one failure of two weighs little and one percent of a million much; positive
 * skewed levels (latency) are taken in logarithms.
 * @param isReference tells the points that are normal
 */
export function standardise(
  signal: DerivedSignal,
  sequence: Sequence,
  isReference: (index: number) => boolean,
): Standardised {
  switch (signal.model) {
    case 'count':
      return standardCounts(sequence, isReference);
    case 'proportion':
      return standardShares(sequence, isReference);
    default:
      return standardLevels(signal, sequence, isReference);
  }
}

function pick(values: Float64Array, isReference: (index: number) => boolean): Float64Array {
  const picked = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (!isReference(i)) continue;
    picked[count] = values[i] as number;
    count += 1;
  }
  return picked.subarray(0, count);
}

/** Counts of an interval: value is a rate, the weight the count itself. */
function standardCounts(
  { values, weights, step }: Sequence,
  isReference: (index: number) => boolean,
): Standardised {
  const usual = step > 0 ? step / 1000 : 1;
  const counts = values.map((rate, i) => {
    const count = weights?.[i];
    return count === undefined || Number.isNaN(count) ? rate * usual : count;
  });
  // The interval that an irregular sample covers follows from its count and rate.
  const spans = counts.map((count, i) => {
    const rate = values[i] as number;
    return rate > 0 && count > 0 ? count / rate : usual;
  });
  const center = typicalRate(pick(values, isReference), pick(counts, isReference));
  const raw = counts.map((count, i) => {
    const expected = center * (spans[i] as number);
    return 2 * (Math.sqrt(Math.max(0, count) + 0.375) - Math.sqrt(expected + 0.375));
  });
  const floor = Math.max(1, RELATIVE_FLOOR * 2 * Math.sqrt(center * usual));
  return { z: rescale(raw, isReference, floor), center };
}

/** Below so many events an interval, a median says little and the mean is taken. */
const FEW = 8;

/** The median rate, or the mean without its wildest fiftieth where intervals hold few events. */
function typicalRate(rates: Float64Array, counts: Float64Array): number {
  const sorted = sortedFinite(rates);
  if (quantileOfSorted(sortedFinite(counts), 0.5) >= FEW) return quantileOfSorted(sorted, 0.5);
  return meanBelow(sorted, 0.98);
}

/** The mean of ascending values, those beyond the quantile counted as it. */
function meanBelow(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return 0;
  const cap = quantileOfSorted(sorted, q);
  return sorted.reduce((sum, value) => sum + Math.min(value, cap), 0) / sorted.length;
}

function standardShares(
  { values, weights }: Sequence,
  isReference: (index: number) => boolean,
): Standardised {
  const size = (i: number) => Math.max(weights?.[i] ?? 1, 1e-9);
  const center = pooledShare(values, size, isReference);
  const angle = Math.asin(Math.sqrt(center));
  const raw = values.map((share, i) => {
    const n = size(i);
    const k = Math.min(Math.max(share, 0), 1) * n;
    return 2 * Math.sqrt(n + 0.5) * (Math.asin(Math.sqrt((k + 0.375) / (n + 0.75))) - angle);
  });
  // A share near zero cannot fall below it: its transform sits a little above the expectation.
  const usual = quantileOfSorted(sortedFinite(Float64Array.from(values, (_, i) => size(i))), 0.5);
  const wiggle = Math.asin(Math.sqrt(Math.min(1, center + 0.001))) - angle;
  const floor = Math.max(1, 2 * Math.sqrt(usual) * wiggle * 0.5);
  return { z: rescale(raw, isReference, floor), center };
}

/** Failures over requests of the reference, without its worst twentieth of intervals. */
function pooledShare(
  values: Float64Array,
  size: (index: number) => number,
  isReference: (index: number) => boolean,
): number {
  const cut = quantileOfSorted(sortedFinite(pick(values, isReference)), 0.95);
  let failed = 0;
  let total = 0;
  values.forEach((share, i) => {
    if (!isReference(i) || share > cut) return;
    failed += Math.max(0, share) * size(i);
    total += size(i);
  });
  return total > 0 ? Math.min(1, failed / total) : 0;
}

function standardLevels(
  signal: DerivedSignal,
  { values, weights }: Sequence,
  isReference: (index: number) => boolean,
): Standardised {
  const reference = sortedFinite(pick(values, isReference));
  const center = quantileOfSorted(reference, 0.5);
  const logarithmic = isSkewed(signal, reference);
  const smallest = logarithmic ? (reference[0] as number) / 10 : 0;
  const scaleOf = (value: number) => (logarithmic ? Math.log(Math.max(value, smallest)) : value);
  const middle = scaleOf(center);
  const shifted = values.map((value) => scaleOf(value) - middle);
  // The order stays the same, so the sorted reference need not be sorted again.
  const { scale } = robustScaleOfSorted(reference.map((value) => scaleOf(value) - middle));
  const grain = quantum(reference) / Math.sqrt(12);
  const usual =
    weights === null ? 0 : quantileOfSorted(sortedFinite(pick(weights, isReference)), 0.5);
  const floor = logarithmic
    ? Math.max(RELATIVE_FLOOR, center > 0 ? grain / center : 0, samplingError(signal, usual))
    : Math.max(Math.abs(center) * RELATIVE_FLOOR, absoluteFloor(signal.facet, signal.unit), grain);
  const unit = Math.max(scale, floor) || 1e-9;
  const z = shifted.map((deviation, i) => {
    const weight = weights?.[i];
    // Fewer requests than usual behind a value make it that much noisier.
    const thin = weight !== undefined && weight > 0 ? Math.sqrt(Math.max(1, usual / weight)) : 1;
    return deviation / (unit * thin);
  });
  return { z, center };
}

/** Spread of the logarithm of a typical latency. */
const LATENCY_SPREAD = 0.5;

/**
 * The standard error of the logarithm of a latency statistic over so many requests: √(p(1-p)/n)
 * over the normal density at the quantile, for lognormal times; buckets hide it, since
 * interpolation gives the same value again and again and then jumps.
 */
function samplingError({ facet, aspect }: DerivedSignal, requests: number): number {
  if (facet !== 'latency' || !(requests > 0)) return 0;
  const factor = aspect === 'p99' ? 3.7 : aspect === 'p95' ? 2.1 : aspect === 'p90' ? 1.7 : 1.2;
  return Math.min(1, (LATENCY_SPREAD * factor) / Math.sqrt(requests));
}

/** Positive and leaning to one side, as times of all kinds are. */
function isSkewed(signal: DerivedSignal, reference: Float64Array): boolean {
  if (reference.length === 0 || !((reference[0] as number) > 0)) return false;
  if (signal.facet === 'latency') return true;
  const low = quantileOfSorted(reference, 0.1);
  const middle = quantileOfSorted(reference, 0.5);
  const high = quantileOfSorted(reference, 0.9);
  return high - middle > 2.5 * (middle - low) && high > 1.5 * middle;
}

/**
 * Centres on the reference and widens to its scatter, where that is more than the model says. The
 * centre is the mean (of cut values): where events are few, deviations are skewed, and their median
 * would make every longer stretch look raised.
 */
function rescale(
  raw: Float64Array,
  isReference: (index: number) => boolean,
  floor: number,
): Float64Array {
  const reference = pick(raw, isReference);
  const { center, scale } = robustScale(reference);
  const unit = Math.max(scale, floor);
  let sum = 0;
  for (const value of reference) sum += Math.max(-3 * unit, Math.min(3 * unit, value - center));
  const middle = center + sum / Math.max(1, reference.length);
  return raw.map((value) => (value - middle) / unit);
}
