import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** A jump this many times larger than any other step up is no reset but a partial sum that fell. */
const PARTIAL_SUM = 20;

/** Steps longer than this many usual ones are holes, across which nothing is known. */
export const MAX_HOLE = 10;

/**
 * Events between neighbouring samples: `counts[i]` of them in (`times[i-1]`, `times[i]`], or, where
 * they are `fixed`, in one usual step before `times[i]`, however long the sample before lies back.
 */
export type Increments = { times: Float64Array; counts: Float64Array; fixed: boolean };

/**
 * The increments of a counter. After a reset the new value is the increment (Prometheus'
 * `increase` does the same). The first sample's increment is unknown (NaN), as is one across a
 * hole.
 */
export function incrementsOf(times: Float64Array, values: Float64Array): Increments {
  const counts = new Float64Array(values.length).fill(Number.NaN);
  const step = usualStep(times);
  let largest = 0;
  for (let i = 1; i < values.length; i += 1) {
    const rise = (values[i] as number) - (values[i - 1] as number);
    if (rise > largest) largest = rise;
  }
  for (let i = 1; i < values.length; i += 1) {
    const gap = (times[i] as number) - (times[i - 1] as number);
    if (gap > step * MAX_HOLE) continue;
    const value = values[i] as number;
    const rise = value - (values[i - 1] as number);
    if (rise >= 0) counts[i] = rise;
    else counts[i] = value <= largest * PARTIAL_SUM ? value : 0;
  }
  return { times, counts, fixed: false };
}

/**
 * Counts an interval from values that already are rates. Whole numbers are taken as counts an
 * interval (a `Sum` as CloudWatch gives it), others as events a second.
 */
export function incrementsOfRates(
  times: Float64Array,
  values: Float64Array,
  integers: boolean,
): Increments {
  const step = usualStep(times) / 1000;
  const perInterval = integers || step === 0;
  const counts = values.map((value) => Math.max(0, perInterval ? value : value * step));
  return { times, counts, fixed: true };
}

/** The indices at which a counter fell, i.e. its process started again. */
export function resetsOf(values: Float64Array): number[] {
  const found: number[] = [];
  for (let i = 1; i < values.length; i += 1) {
    if ((values[i] as number) < (values[i - 1] as number) * 0.5) found.push(i);
  }
  return found;
}

/**
 * What a counter had counted when it was first seen, if it was born while its siblings were
 * already watched: a series for errors appears with the first error.
 * @returns the increment, or 0 where the first value cannot be one
 */
export function birthIncrement(values: Float64Array, counts: Float64Array): number {
  const first = values[0] ?? 0;
  let largest = 0;
  for (const count of counts) if (count > largest) largest = count;
  return first >= 0 && first <= largest * PARTIAL_SUM + PARTIAL_SUM ? first : 0;
}
