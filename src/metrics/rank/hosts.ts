import { snake } from '#src/metrics/classify/tokens.ts';
import type { DerivedSignal, Edge, Facet } from '#src/metrics/contract.ts';

/** Labels that name the machine a process runs on. */
const HOST_KEYS = new Set([
  'node',
  'nodename',
  'node_name',
  'kubernetes_node',
  'k8s_node_name',
  'host',
  'hostname',
  'host_name',
]);

/** What tenants of a machine take from each other. */
const SHARED: ReadonlySet<Facet> = new Set(['cpu', 'memory', 'disk', 'network']);
/** Usage is compared over this long before and after, milliseconds. */
const AROUND = 600_000;
/** So large a part of the whole rise must be one tenant's, so that it is the noisy one. */
const LEAST_PART = 0.5;

/** The machine that a signal's process runs on, if it has signals of its own; else null. */
function hostOf(signal: DerivedSignal, names: ReadonlySet<string>): string | null {
  for (const key in signal.labels) {
    const value = signal.labels[key] as string;
    if (value !== signal.service && names.has(value) && HOST_KEYS.has(snake(key))) return value;
  }
  return null;
}

/** A service leans on the machines that it runs on. */
export function hostEdges(
  signals: readonly DerivedSignal[],
  names: ReadonlySet<string>,
): { from: string; to: string; source: Edge['source'] }[] {
  const edges = new Map<string, { from: string; to: string; source: Edge['source'] }>();
  for (const signal of signals) {
    const { service } = signal;
    if (service === null) continue;
    const host = hostOf(signal, names);
    if (host !== null)
      edges.set(`${service}\n${host}`, { from: service, to: host, source: 'host' });
  }
  return [...edges.values()];
}

/** Machine → what each of its tenants uses of it, as signals. */
export function tenantUsage(
  signals: readonly DerivedSignal[],
  hosts: ReadonlySet<string>,
): Map<string, DerivedSignal[]> {
  const usage = new Map<string, DerivedSignal[]>();
  if (hosts.size === 0) return usage;
  for (const signal of signals) {
    if (!SHARED.has(signal.facet) || signal.service === null || signal.harm === 'down') continue;
    const host = hostOf(signal, hosts);
    if (host === null) continue;
    const known = usage.get(host);
    if (known === undefined) usage.set(host, [signal]);
    else known.push(signal);
  }
  return usage;
}

/**
 * The tenant that began to use by far the most of a machine around a moment, and its part of the
 * whole rise (0 … 1); null where nobody stands out. One that was not there before used nothing.
 */
export function noisiestTenant(
  usage: readonly DerivedSignal[],
  facet: Facet,
  moment: number,
): { service: string; part: number } | null {
  const rises = new Map<string, number>();
  for (const signal of usage) {
    if (signal.facet !== facet) continue;
    const rise = meanIn(signal, moment, moment + AROUND) - meanIn(signal, moment - AROUND, moment);
    const service = signal.service as string;
    rises.set(service, (rises.get(service) ?? 0) + rise);
  }
  let total = 0;
  let best: { service: string; part: number } | null = null;
  for (const [service, rise] of rises) {
    if (rise <= 0) continue;
    total += rise;
    if (best === null || rise > best.part || (rise === best.part && service < best.service)) {
      best = { service, part: rise };
    }
  }
  if (best === null || best.part < LEAST_PART * total) return null;
  return { service: best.service, part: best.part / total };
}

function meanIn({ times, values }: DerivedSignal, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  times.forEach((time, i) => {
    const value = values[i] as number;
    if (time < from || time >= to || !Number.isFinite(value)) return;
    sum += value;
    count += 1;
  });
  return count === 0 ? 0 : sum / count;
}
