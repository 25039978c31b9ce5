import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ref } from '#src/analysis/evidence/ledger.ts';
import { innermostCause } from '#src/analysis/evidence/log-drafts.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { isHealthy } from '#src/analysis/facts/series-of-health.ts';
import { parseTime } from '#src/domain/time.ts';
import type { Observations, ObservedSignal, ObservedText } from '#src/knowledge/contract.ts';
import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';

/** What signatures are matched against, and the evidence behind each observation. */
export type Observed = Observations & { refs: (Ref | undefined)[] };

/** Traces and health checks belong to the incident as they are; log patterns by their score. */
const TRACE_WEIGHT = 0.8;
const HEALTH_WEIGHT = 0.7;
const OLD_WEIGHT = 0.15;
/** A request with the status that was given, as access lines are told. */
const OWN_ANSWER = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|HTTP) \S{1,300} \d{3}$/;

export function observe(facts: Facts, refs: FactRefs): Observed {
  const { subject, metrics, logs } = facts;
  const behind: (Ref | undefined)[] = [];
  const remember = (ref: Ref | undefined): number => behind.push(ref) - 1;
  const texts: ObservedText[] = [];

  for (const finding of logs.findings) {
    if (finding.kind === 'vanished') continue;
    const sample = finding.samples[0]?.line ?? '';
    texts.push({
      ref: remember(refs.log.get(finding)),
      kind: 'log',
      service: finding.service,
      // What a service answered itself says nothing of those behind it, but for a gateway's own codes.
      text: OWN_ANSWER.test(finding.template) ? finding.template : `${finding.template}\n${sample}`,
      at: finding.onset,
      count: finding.count,
      weight: finding.score,
    });
  }
  for (const trace of logs.traces) {
    const last = trace.last === null ? null : parseTime(trace.last);
    const first = trace.first === null ? null : parseTime(trace.first);
    const isInside = last === null || last >= subject.window.start;
    const isNew = first === null || first >= subject.window.start;
    if (!isInside) continue;
    const inner = innermostCause(trace);
    texts.push({
      ref: remember(refs.trace.get(trace)),
      kind: 'stack',
      service: trace.service,
      text: `${trace.type}: ${trace.message}\n${inner.type}: ${inner.message}`,
      // One that was there before says nothing of when this trouble began.
      at: isNew ? first : null,
      count: trace.count,
      weight: isNew ? TRACE_WEIGHT : OLD_WEIGHT,
    });
  }
  for (const [service, list] of refs.health) {
    facts.health
      .filter((checks) => checks[0]?.service === service)
      .forEach((checks, index) => {
        const last = checks.at(-1);
        if (!last || isHealthy(last)) return;
        texts.push({
          ref: remember(list[index]),
          kind: 'health',
          service,
          text: last.error ?? `HTTP ${last.status}`,
          at: parseTime(last.timestamp),
          count: checks.length,
          weight: HEALTH_WEIGHT,
        });
      });
  }
  return { texts, signals: observeSignals(metrics, refs, remember), refs: behind };
}

/** Exporters that speak of the machine: what they show is shared by all that runs there. */
const HOST_EXPORTER =
  /node.?exporter|cadvisor|kubelet|kube.?state|telegraf|collectd|windows.?exporter|^nodes?$|^hosts?$/i;

function observeSignals(
  metrics: Facts['metrics'],
  refs: FactRefs,
  remember: (ref: Ref | undefined) => number,
): ObservedSignal[] {
  const byId = new Map(metrics.signals.map((signal) => [signal.id, signal]));
  const hosts = hostsOf(metrics);
  return metrics.shifts.flatMap((shift): ObservedSignal[] => {
    const signal = byId.get(shift.signalId);
    if (!signal || isEcho(signal, shift, metrics)) return [];
    const isHost = signal.service !== null && hosts.has(signal.service);
    return [
      {
        ref: remember(refs.signal.get(signal.id)),
        service: isHost ? null : signal.service,
        peer: signal.peer,
        facet: signal.facet,
        name: nameOf(signal),
        direction: shift.direction,
        at: shift.onset,
        strength: shift.strength,
      },
    ];
  });
}

/** Labels that say where something is measured, not what. */
const PLACE_LABELS = new Set([
  'pod',
  'instance',
  'node',
  'host',
  'hostname',
  'service',
  'service_name',
  'job',
  'app',
  'namespace',
  'container',
  'cluster',
]);

function nameOf({ name, aspect, labels }: DerivedSignal): string {
  const values = Object.entries(labels).flatMap(([key, value]) =>
    PLACE_LABELS.has(key) ? [] : [value],
  );
  return `${name} ${aspect} ${values.join(' ')}`.toLowerCase().slice(0, 300);
}

/** More requests after the trouble began are retries: no surge of people. */
function isEcho(
  signal: DerivedSignal,
  shift: Shift,
  { services, edges }: Facts['metrics'],
): boolean {
  if (signal.facet !== 'request-rate' || shift.direction !== 'up') return false;
  // Calls between services grow for reasons of the caller: only who is called from outside has visitors.
  if (signal.peer !== null || edges.some(({ to }) => to === signal.service)) return true;
  const own = services.find(({ service }) => service === signal.service);
  const isSurge = own?.causes.some(({ kind }) => kind === 'traffic-surge') ?? false;
  const onset = own?.onset ?? null;
  return !isSurge || (onset !== null && shift.onset > onset + 60_000);
}

/** Facets by which a machine is measured; whoever has only these serves nobody. */
const MACHINE = new Set([
  'cpu',
  'memory',
  'disk',
  'network',
  'throttling',
  'file-descriptors',
  'threads',
  'value',
  'event-rate',
  'limit',
  'info',
  'presence',
  'up',
  'latency',
]);

/** How metrics are called that a machine gives of itself. */
const OF_MACHINE = /^(?:node|host|system|machine|vm|hypervisor|windows|psutil)[_.]/;

/** Names that look like services but are machines, or exporters that speak for them. */
export function hostsOf({ signals, edges }: Facts['metrics']): Set<string> {
  const facets = new Map<string, Set<string>>();
  const machines = new Set<string>();
  for (const { service, facet, name } of signals) {
    if (service === null) continue;
    if (OF_MACHINE.test(name)) machines.add(service);
    facets.set(service, (facets.get(service) ?? new Set()).add(facet));
  }
  const calls = edges.filter(({ source }) => source !== 'host');
  const called = new Set(calls.flatMap(({ from, to }) => [from, to]));
  const hosts = new Set(edges.flatMap(({ to, source }) => (source === 'host' ? [to] : [])));
  for (const [service, seen] of facets) {
    const isMachine =
      machines.has(service) &&
      !called.has(service) &&
      [...seen].every((facet) => MACHINE.has(facet));
    if (isMachine || HOST_EXPORTER.test(service)) hosts.add(service);
  }
  return hosts;
}
