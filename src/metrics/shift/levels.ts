import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { Sequence } from '#src/metrics/shift/sequence.ts';
import { median } from '#src/metrics/statistics/robust.ts';
import { logCountLowTail, logCountTail } from '#src/metrics/statistics/tails.ts';

/** Events and their exposure (requests, or seconds) over a stretch of a sequence. */
export type Tally = { events: number; exposure: number };

/** Adds up a count or proportion signal over [from, to). */
export function tallyOf(
  signal: DerivedSignal,
  { values, weights, step }: Sequence,
  from: number,
  to: number,
): Tally {
  let events = 0;
  let exposure = 0;
  const usual = step > 0 ? step / 1000 : 1;
  for (let i = from; i < to; i += 1) {
    const value = values[i] as number;
    const weight = weights?.[i] ?? Number.NaN;
    if (signal.model === 'proportion') {
      const n = Number.isNaN(weight) ? 1 : weight;
      events += value * n;
      exposure += n;
    } else {
      const count = Number.isNaN(weight) ? value * usual : weight;
      events += count;
      exposure += value > 0 && count > 0 ? count / value : usual;
    }
  }
  return { events, exposure };
}

/** The typical value over [from, to): events over exposure, or the median of a level. */
export function levelOf(
  signal: DerivedSignal,
  sequence: Sequence,
  from: number,
  to: number,
): number {
  if (signal.model === 'level') return median(sequence.values.subarray(from, to));
  const { events, exposure } = tallyOf(signal, sequence, from, to);
  return exposure > 0 ? events / exposure : 0;
}

/**
 * log10 of the exact p-value of the events in a stretch, given those of the reference. Right where
 * events are rare, so that no normal approximation holds.
 */
export function exactLogP(stretch: Tally, reference: Tally, direction: 'up' | 'down'): number {
  if (!(stretch.exposure > 0) || !(reference.exposure > 0)) return 0;
  const ratio = reference.exposure / stretch.exposure;
  return direction === 'up'
    ? logCountTail(stretch.events, reference.events, ratio)
    : logCountLowTail(stretch.events, reference.events, ratio);
}
