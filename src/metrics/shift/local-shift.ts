import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { Candidate } from '#src/metrics/shift/candidates.ts';
import type { Frame } from '#src/metrics/shift/frame.ts';
import { levelOf } from '#src/metrics/shift/levels.ts';
import { prefixSums } from '#src/metrics/shift/noise.ts';
import { segment } from '#src/metrics/shift/segment.ts';
import { median } from '#src/metrics/statistics/robust.ts';
import { logStudentTail } from '#src/metrics/statistics/tails.ts';

/** So many points at the window's beginning tell where it stands. */
const HEAD = 5;

/**
 * Where the baseline is of another time, the window's own beginning is the better normal: changes
 * inside the window against its first segment, with the scatter that the baseline teaches.
 * @param threshold the contrast that a split needs
 */
export function localShifts(signal: DerivedSignal, frame: Frame, threshold: number): Candidate[] {
  const { sequence, noise, reference } = frame;
  const tested = sequence.times.length - reference;
  const head = Math.max(1, Math.min(HEAD, Math.floor(tested / 4)));
  const start = median(frame.z.subarray(reference, reference + head));
  const sums = prefixSums(
    frame.z.map((value) => value - start),
    noise.clip,
  );
  const inside = segment(sums, reference, sequence.times.length, threshold);
  const first = inside[0];
  if (first === undefined || inside.length < 2) return [];
  const mean = (from: number, to: number) =>
    ((sums[to] as number) - (sums[from] as number)) / (to - from);
  const offset = mean(first.from, first.to);
  const normal = levelOf(signal, sequence, first.from, first.to);
  const firstNoise = noise.deviation(first.to - first.from);
  const found: Candidate[] = [];
  for (const one of inside.slice(1)) {
    const length = one.to - one.from;
    const difference = mean(one.from, one.to) - offset;
    const t = Math.abs(difference) / Math.hypot(noise.deviation(length), firstNoise);
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
      offset: offset + start,
      preexisting: false,
      episodes: 1,
    });
  }
  return found;
}
