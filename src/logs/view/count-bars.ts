import type { CountPoint } from '#src/logs/windows/types.ts';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const NONE = '·';

/**
 * Counts over a span of time as bars, scaled to the largest; a slot without records is a dot.
 * @param from start of the span in unix seconds
 * @param to end of the span in unix seconds
 * @param width number of slots
 */
export function countBars(
  points: readonly CountPoint[],
  from: number,
  to: number,
  width: number,
): string {
  const slots = new Array<number>(width).fill(0);
  for (const [at, count] of points) {
    const slot = Math.min(
      width - 1,
      Math.max(0, Math.floor(((at - from) / Math.max(1, to - from)) * width)),
    );
    slots[slot] = (slots[slot] ?? 0) + count;
  }
  const most = Math.max(...slots);
  return slots
    .map((count) =>
      count === 0 ? NONE : (BARS[Math.ceil((count / most) * BARS.length) - 1] ?? NONE),
    )
    .join('');
}
