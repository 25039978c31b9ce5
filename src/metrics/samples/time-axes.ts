/**
 * Keeps one copy of each time axis: series of one query share their timestamps, so thousands of
 * series cost the memory of one axis, and equal axes are told by identity.
 */
export type TimeAxes = (times: Float64Array) => Float64Array;

/** @returns a function that gives the shared copy of an equal axis */
export function createTimeAxes(): TimeAxes {
  const known = new Map<string, Float64Array[]>();
  return (times) => {
    const middle = times[times.length >> 1] ?? 0;
    const key = `${times.length}:${times[0] ?? 0}:${middle}:${times.at(-1) ?? 0}`;
    const bucket = known.get(key);
    if (bucket === undefined) {
      known.set(key, [times]);
      return times;
    }
    for (const other of bucket) if (sameTimes(times, other)) return other;
    if (bucket.length < 8) bucket.push(times);
    return times;
  };
}

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** The usual distance between neighbouring times in milliseconds; 0 for fewer than two. */
export function usualStep(times: Float64Array): number {
  if (times.length < 2) return 0;
  const gaps = new Float64Array(times.length - 1);
  const first = (times[1] as number) - (times[0] as number);
  let isEven = true;
  for (let i = 1; i < times.length; i += 1) {
    const gap = (times[i] as number) - (times[i - 1] as number);
    if (gap !== first) isEven = false;
    gaps[i - 1] = gap;
  }
  if (isEven) return first;
  gaps.sort();
  return gaps[gaps.length >> 1] as number;
}
