import type { Facts } from '#src/analysis/facts/contract.ts';
import type { DerivedSignal } from '#src/metrics/contract.ts';

/** Labels that tell the instances of a service apart. */
const PLACES = [
  'pod',
  'pod_name',
  'instance',
  'host',
  'hostname',
  'node',
  'container_id',
  'task',
  'replica',
];

/** How the harm is spread over the instances of a service that run the same. */
export type InstanceSpread = { harmed: number; all: number };

/**
 * Counts the instances of a service that are harmed and those that are measured the same way,
 * are there while the harm lasts, and stay well. A change that went to all of them harms all; a
 * bad host harms those on it.
 * @param since when the harm was there in full, milliseconds since the epoch
 * @returns null where instances cannot be told apart
 */
export function instanceSpread(
  { metrics }: Facts,
  service: string,
  since: number,
): InstanceSpread | null {
  const shifted = new Map(metrics.shifts.map((shift) => [shift.signalId, shift]));
  const groups = new Map<string, { all: Set<string>; harmed: Set<string> }>();
  for (const signal of metrics.signals) {
    if (signal.service !== service || signal.scope !== 'instance') continue;
    if (signal.facet !== 'latency' && signal.facet !== 'error-ratio') continue;
    const place = placeOf(signal);
    if (place === null || !isAlive(signal, since)) continue;
    const key = `${signal.name}\0${signal.aspect}`;
    const group = groups.get(key) ?? { all: new Set(), harmed: new Set() };
    groups.set(key, group);
    group.all.add(place);
    const shift = shifted.get(signal.id);
    if (shift?.harmful && shift.strength >= 0.15) group.harmed.add(place);
  }
  let best: InstanceSpread | null = null;
  for (const { all, harmed } of groups.values()) {
    if (all.size < 2 || harmed.size === 0) continue;
    if (!best || all.size > best.all) best = { harmed: harmed.size, all: all.size };
  }
  return best;
}

function placeOf({ labels }: DerivedSignal): string | null {
  for (const label of PLACES) if (labels[label]) return `${label}=${labels[label]}`;
  return null;
}

/** Whether an instance still gave samples some time after the harm had come. */
function isAlive({ times, values }: DerivedSignal, since: number): boolean {
  for (let index = times.length - 1; index >= 0; index--) {
    if (Number.isFinite(values[index])) return (times[index] ?? 0) >= since + 120_000;
  }
  return false;
}
