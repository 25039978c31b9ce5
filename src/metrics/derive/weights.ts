import type { DerivedSignal } from '#src/metrics/contract.ts';

/**
 * Gives ratios and latencies that came ready made (a gauge of availability, a `p99`) the number of
 * requests behind each value, where the same service counts its requests: one failure of two is
 * then known to be little.
 */
export function attachWeights(signals: readonly DerivedSignal[]): DerivedSignal[] {
  const traffic = new Map<string, DerivedSignal>();
  for (const signal of signals) {
    if (signal.signal !== 'traffic' || signal.scope !== 'service' || signal.weights === null)
      continue;
    const key = subject(signal);
    const known = traffic.get(key);
    const better =
      known === undefined ||
      (known.facet === 'event-rate' && signal.facet === 'request-rate') ||
      (known.facet === signal.facet && signal.times.length > known.times.length);
    if (better) traffic.set(key, signal);
  }
  return signals.map((signal) => {
    const needs = signal.facet === 'error-ratio' || signal.facet === 'latency';
    if (!needs || signal.weights !== null) return signal;
    const source = traffic.get(subject(signal));
    if (source === undefined) return signal;
    const weights = countsAt(signal.times, source);
    if (weights === null) return signal;
    const model = signal.facet === 'error-ratio' ? 'proportion' : signal.model;
    return { ...signal, weights, model };
  });
}

const subject = ({ service, peer, peerIsCaller }: DerivedSignal) =>
  `${service ?? ''}\n${peer ?? ''}\n${peerIsCaller}`;

/** The requests counted at each of the times; null where fewer than half of them are known. */
function countsAt(times: Float64Array, source: DerivedSignal): Float64Array | null {
  const counts = source.weights as Float64Array;
  if (times === source.times) return counts;
  const byTime = new Map<number, number>();
  source.times.forEach((time, i) => void byTime.set(time, counts[i] as number));
  let known = 0;
  const found = times.map((time) => {
    const count = byTime.get(time);
    if (count !== undefined && !Number.isNaN(count)) known += 1;
    return count ?? Number.NaN;
  });
  return known >= times.length / 2 ? found : null;
}
