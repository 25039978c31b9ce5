import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';
import { detectShift, strengthOf } from '#src/metrics/shift/detect-shift.ts';
import type { ShiftScope } from '#src/metrics/shift/sequence.ts';
import { falseDiscoveryRates } from '#src/metrics/statistics/false-discovery.ts';

/** log10 of the false discovery rate up to which a shift counts. */
const LOG_RATE = -2;

/** Signals that tell how users fare are tested among themselves: thousands of others do not drown them. */
const isGolden = ({ signal }: DerivedSignal) => signal !== 'other' && signal !== 'saturation';

/**
 * Tests every signal and keeps the shifts that stand among so many tests (Benjamini-Hochberg at
 * one percent, separately for golden signals and for the rest), strongest first.
 */
export function detectShifts(signals: readonly DerivedSignal[], scope: ShiftScope): Shift[] {
  let lastSeen = Number.NEGATIVE_INFINITY;
  for (const { times } of signals) {
    for (let i = times.length - 1; i >= 0; i -= 1) {
      if ((times[i] as number) > scope.window.end) continue;
      lastSeen = Math.max(lastSeen, times[i] as number);
      break;
    }
  }
  const tests = signals.map((signal) => ({ signal, ...detectShift(signal, scope, lastSeen) }));
  const shifts: Shift[] = [];
  for (const golden of [true, false]) {
    const group = tests.filter(({ signal }) => isGolden(signal) === golden);
    const rates = falseDiscoveryRates(group.map(({ logP }) => logP));
    group.forEach(({ signal, shift }, i) => {
      const logQ = rates[i] as number;
      if (shift === null || logQ > LOG_RATE) return;
      const strength = strengthOf(signal, logQ, shift.reference, shift.level);
      shifts.push({ ...shift, logQ, strength });
    });
  }
  return shifts.sort(
    (a, b) => b.strength - a.strength || a.onset - b.onset || (a.signalId < b.signalId ? -1 : 1),
  );
}
