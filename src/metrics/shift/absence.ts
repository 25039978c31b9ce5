import type { DerivedSignal } from '#src/metrics/contract.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';
import type { ShiftScope } from '#src/metrics/shift/sequence.ts';

/** So many missing steps at the end are a disappearance. */
const MISSING_STEPS = 4;

/** A signal that ends before the others do. */
export type Absence = { onset: number; onsetAfter: number };

/**
 * Looks for a signal that fell silent inside the window though it used to come regularly.
 * @param lastSeen the last sample of any signal of the analysis, not after the window's end
 */
export function absenceOf(
  signal: DerivedSignal,
  scope: ShiftScope,
  lastSeen: number,
): Absence | null {
  const { times } = signal;
  const end = Math.min(lastSeen, scope.window.end);
  const step = usualStep(times);
  if (step === 0 || times.length < 6) return null;
  const last = lastUntil(times, scope.window.end);
  if (last < scope.window.start - (scope.window.end - scope.window.start)) return null;
  if (end - last < MISSING_STEPS * step) return null;
  let holes = 0;
  for (let i = 1; i < times.length; i += 1) {
    if ((times[i] as number) - (times[i - 1] as number) > 2.5 * step) holes += 1;
  }
  if (holes > times.length * 0.02 + 1) return null;
  return { onset: last + step, onsetAfter: last };
}

function lastUntil(times: Float64Array, end: number): number {
  for (let i = times.length - 1; i >= 0; i -= 1)
    if ((times[i] as number) <= end) return times[i] as number;
  return Number.NEGATIVE_INFINITY;
}
