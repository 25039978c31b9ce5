import type { Point } from '#src/charts/contract.ts';

const LEAST = 1e-100;
const LARGEST = 1e100;

/** Values as they can be drawn: so small that nothing divides by them is zero, so large that sums overflow is cut. */
export function drawable(points: readonly Point[]): Point[] {
  return points.map(([at, value]) => {
    if (value === null || !Number.isFinite(value)) return [at, null];
    if (Math.abs(value) < LEAST) return [at, 0];
    return [at, Math.max(-LARGEST, Math.min(LARGEST, value))];
  });
}

/** Least and largest of the finite values; null when there is none. */
export function extentOf(points: readonly Point[]): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const [, value] of points) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high < low ? null : [low, high];
}

/**
 * What is normal, as a band: the 5th to the 95th percentile of the values before a moment; null
 * where fewer than five are known. Values are sorted numerically, ranks are rounded to the nearest.
 * @param before unix seconds
 */
export function normalBand(points: readonly Point[], before: number): [number, number] | null {
  const values = points
    .filter((point): point is readonly [number, number] => point[0] < before && point[1] !== null)
    .map(([, value]) => value)
    .sort((a, b) => a - b);
  if (values.length < 5) return null;
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0;
  return [at(0.05), at(0.95)];
}

/**
 * At most four samples a slot of time (first, least, largest, last), so that a picture of any
 * number of samples stays small and no spike is lost (the M4 aggregation, Jugel et al., VLDB 2014).
 * Holes stay holes. Points ascend.
 */
export function thinned(points: readonly Point[], slots: number): Point[] {
  if (points.length <= slots * 4) return [...points];
  const first = points[0]?.[0] ?? 0;
  const length = Math.max((points.at(-1)?.[0] ?? first) - first, 1);
  const out: Point[] = [];
  let start = 0;
  while (start < points.length) {
    const slot = slotOf(points[start], first, length, slots);
    let end = start + 1;
    while (end < points.length && slotOf(points[end], first, length, slots) === slot) end++;
    out.push(...fewOf(points, start, end));
    start = end;
  }
  return out;
}

function slotOf(point: Point | undefined, first: number, length: number, slots: number): number {
  return Math.min(slots - 1, Math.floor((((point?.[0] ?? first) - first) / length) * slots));
}

function fewOf(points: readonly Point[], start: number, end: number): Point[] {
  let least = start;
  let largest = start;
  let hole = -1;
  for (let at = start; at < end; at++) {
    const value = points[at]?.[1] ?? null;
    if (value === null) {
      hole = at;
      continue;
    }
    if (value < (points[least]?.[1] ?? Number.POSITIVE_INFINITY)) least = at;
    if (value > (points[largest]?.[1] ?? Number.NEGATIVE_INFINITY)) largest = at;
  }
  const kept = new Set([start, least, largest, end - 1]);
  if (hole >= 0) kept.add(hole);
  return [...kept]
    .sort((a, b) => a - b)
    .map((at) => points[at])
    .filter((point) => point !== undefined);
}
