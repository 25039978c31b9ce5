const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const ABSENT = '·';

/**
 * A signal as one line of bars: the largest value in each slot, from the lowest to the highest of
 * all. Slots without a sample are dots; a signal that never moves is a low line, or a high one
 * where `full` says that its value is the best it can have.
 * @param points [unix seconds, value], ascending
 * @param width number of slots
 */
export function sparkline(
  points: readonly (readonly [number, number | null])[],
  width: number,
  full = false,
): string {
  const slots = toSlots(points, width);
  const known = slots.filter((value) => value !== null);
  if (known.length === 0) return ABSENT.repeat(width);
  const low = Math.min(...known, full ? 0 : Number.POSITIVE_INFINITY);
  const high = Math.max(...known);
  return slots
    .map((value) => {
      if (value === null) return ABSENT;
      if (high === low) return full && high > 0 ? BARS[7] : BARS[0];
      return BARS[Math.round(((value - low) / (high - low)) * (BARS.length - 1))] ?? BARS[0];
    })
    .join('');
}

function toSlots(
  points: readonly (readonly [number, number | null])[],
  width: number,
): (number | null)[] {
  const slots: (number | null)[] = new Array(width).fill(null);
  const first = points[0]?.[0] ?? 0;
  const last = points.at(-1)?.[0] ?? 0;
  const length = Math.max(last - first, 1);
  for (const [at, value] of points) {
    if (value === null || !Number.isFinite(value)) continue;
    const slot = Math.min(width - 1, Math.floor(((at - first) / length) * width));
    slots[slot] = Math.max(slots[slot] ?? Number.NEGATIVE_INFINITY, value);
  }
  return bridged(slots, points.length);
}

/** Fewer samples than slots leave holes between neighbours that are no gaps: they are bridged. */
function bridged(slots: (number | null)[], samples: number): (number | null)[] {
  const reach = Math.ceil(slots.length / Math.max(samples, 1)) + 1;
  let last: number | null = null;
  let age = 0;
  return slots.map((value) => {
    if (value !== null) {
      last = value;
      age = 0;
      return value;
    }
    age++;
    return age <= reach ? last : null;
  });
}
