import type { Increments } from '#src/metrics/samples/increments.ts';
import { MAX_HOLE } from '#src/metrics/samples/increments.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** The longest axis that a sum over series may have. */
const MAX_AXIS = 50_000;

/** A common axis for many series and where each of their samples lies on it. */
export type CommonAxis = {
  times: Float64Array;
  /** Milliseconds between neighbours, usually. */
  step: number;
  /** Index on the axis for a time of any of the series; -1 where it lies off. */
  indexOf: (time: number) => number;
  /** True where all series have this very axis. */
  identical: boolean;
};

/**
 * Series of one query share their times; series scraped one by one are a little off each other and
 * are snapped to the grid of the longest. Times far apart (a baseline of another month) cost
 * nothing in between.
 */
export function commonAxis(axes: readonly Float64Array[]): CommonAxis {
  let base = axes[0] ?? new Float64Array(0);
  let identical = true;
  for (const axis of axes) {
    if (axis !== base) identical = false;
    if (axis.length > base.length) base = axis;
  }
  const step = usualStep(base);
  const origin = base[0] ?? 0;
  const slotOf = (time: number) => (step === 0 ? time : Math.round((time - origin) / step));
  const times = identical || axes.length === 0 ? base : unionOf(base, axes, slotOf);
  let positions: Map<number, number> | null = null;
  const indexOf = (time: number): number => {
    positions ??= new Map(Array.from(times, (one, index) => [slotOf(one), index]));
    return positions.get(slotOf(time)) ?? -1;
  };
  return { times, step, indexOf, identical };
}

/** One time for every slot of any axis; those of `base` win. */
function unionOf(
  base: Float64Array,
  axes: readonly Float64Array[],
  slotOf: (time: number) => number,
): Float64Array {
  const timeOfSlot = new Map<number, number>();
  for (const axis of new Set([base, ...axes])) {
    for (const time of axis) {
      const slot = slotOf(time);
      if (!timeOfSlot.has(slot) && timeOfSlot.size < MAX_AXIS) timeOfSlot.set(slot, time);
    }
  }
  const slots = Float64Array.from(timeOfSlot.keys()).sort();
  return slots.map((slot) => timeOfSlot.get(slot) ?? 0);
}

/**
 * The sum of several series' increments on a common axis. NaN where no series knows. An increment
 * that spans several slots (a missed scrape) is spread over them.
 * @param births increments of series at their first sample, by the series' index; see
 * `birthIncrement`
 */
export function sumCounts(
  axis: CommonAxis,
  series: readonly Increments[],
  births?: readonly number[],
): Float64Array {
  const total = new Float64Array(axis.times.length).fill(Number.NaN);
  series.forEach((one, which) => {
    addSeries(total, axis, one, births?.[which] ?? 0);
  });
  return total;
}

function addSeries(total: Float64Array, axis: CommonAxis, series: Increments, birth: number): void {
  const { times, counts, fixed } = series;
  const add = (index: number, count: number) => {
    const before = total[index] as number;
    total[index] = Number.isNaN(before) ? count : before + count;
  };
  let previous = -1;
  for (let i = 0; i < times.length; i += 1) {
    const index = axis.identical ? i : axis.indexOf(times[i] as number);
    if (index < 0) continue;
    const count = counts[i] as number;
    if (i === 0 && birth > 0 && index > 0) add(index, birth);
    else if (!Number.isNaN(count)) {
      const span = previous >= 0 && !fixed ? index - previous : 1;
      const slots = span >= 1 && span <= MAX_HOLE ? span : 1;
      for (let k = 0; k < slots; k += 1) add(index - k, count / slots);
    }
    previous = index;
  }
}

/**
 * Counts an interval as events a second.
 * @param fixed the counts are those of one usual step each, see `Increments`
 */
export function ratesOf(axis: CommonAxis, counts: Float64Array, fixed: boolean): Float64Array {
  const usual = axis.step > 0 ? axis.step / 1000 : 1;
  return counts.map((count, i) => {
    const before = i > 0 ? axis.times[i - 1] : undefined;
    if (before === undefined || fixed) return count / usual;
    const gap = ((axis.times[i] as number) - before) / 1000;
    return count / (gap > usual * MAX_HOLE || gap <= 0 ? usual : Math.max(gap, usual * 0.5));
  });
}
