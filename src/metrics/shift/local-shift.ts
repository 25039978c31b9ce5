import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { Candidate } from '#src/metrics/shift/candidates.ts';
import type { Frame } from '#src/metrics/shift/frame.ts';
import { levelOf } from '#src/metrics/shift/levels.ts';
import type { Segment } from '#src/metrics/shift/segment.ts';
import { logStudentTail } from '#src/metrics/statistics/tails.ts';

/**
 * Where the baseline is of another time, the window's own beginning is the better normal: changes
 * inside the window against its first segment, with the scatter that the baseline teaches.
 */
export function localShifts(
  signal: DerivedSignal,
  frame: Frame,
  segments: readonly Segment[],
): Candidate[] {
  const { sequence, sums, noise, reference } = frame;
  const inside = segments.filter((one) => one.from >= reference);
  const head = inside[0];
  if (head === undefined || inside.length < 2) return [];
  const tested = sequence.times.length - reference;
  const mean = (from: number, to: number) =>
    ((sums[to] as number) - (sums[from] as number)) / (to - from);
  const offset = mean(head.from, head.to);
  const normal = levelOf(signal, sequence, head.from, head.to);
  const headNoise = noise.deviation(head.to - head.from);
  const found: Candidate[] = [];
  for (const one of inside.slice(1)) {
    const length = one.to - one.from;
    const difference = mean(one.from, one.to) - offset;
    const t = Math.abs(difference) / Math.hypot(noise.deviation(length), headNoise);
    const places = Math.max(1, (2 * tested) / length);
    const logP = Math.min(0, logStudentTail(t, noise.freedom) + Math.log10(places));
    const direction = difference > 0 ? 'up' : 'down';
    const last = found.at(-1);
    const isKin = last?.to === one.from && last.direction === direction;
    if (isKin && logP < -1.5) {
      last.to = one.to;
      last.logP = Math.min(last.logP, logP);
      continue;
    }
    found.push({
      from: one.from,
      to: one.to,
      direction,
      mean: difference,
      logP: length === 1 ? Math.max(logP, -4) : logP,
      reference: normal,
      offset,
      preexisting: false,
      episodes: 1,
    });
  }
  return found;
}
