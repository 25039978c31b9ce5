import { createServiceNames } from '#src/metrics/classify/service-names.ts';
import type { DerivedSignal, Edge, ServiceHint } from '#src/metrics/contract.ts';
import { frontedBy } from '#src/metrics/rank/endpoints.ts';
import { hostEdges } from '#src/metrics/rank/hosts.ts';

/** More edges than this are not used. */
const MAX_EDGES = 200_000;

/** Who calls whom. */
export type DependencyGraph = {
  edges: readonly Edge[];
  /** The services that one calls, and those that call it, each in order of name. */
  dependencies: (service: string) => readonly string[];
  dependents: (service: string) => readonly string[];
  /** True for a machine that services run on. */
  isHost: (name: string) => boolean;
  /** Everything that depends on a service, directly or not, without it. */
  reachesFrom: (service: string) => ReadonlySet<string>;
};

/** Edges of the registry, those passed in, and those that metrics naming a peer tell. */
export function collectEdges(
  signals: readonly DerivedSignal[],
  services: readonly ServiceHint[],
  given: readonly { from: string; to: string }[],
): Edge[] {
  const names = createServiceNames(services);
  const edges = new Map<string, Edge>();
  const add = (from: string, to: string, source: Edge['source']) => {
    const key = `${from}\n${to}`;
    if (from !== to && !edges.has(key) && edges.size < MAX_EDGES)
      edges.set(key, { from, to, source });
  };
  for (const { name, depends_on } of services) {
    for (const to of depends_on ?? []) add(name, names.known(to) ?? to, 'registry');
  }
  for (const { from, to } of given) {
    add(names.known(from) ?? from, names.known(to) ?? to, 'given');
  }
  for (const { service, peer, peerIsCaller } of signals) {
    if (service === null || peer === null) continue;
    if (peerIsCaller) add(peer, service, 'metrics');
    else add(service, peer, 'metrics');
  }
  const nodes = new Set([...edges.values()].flatMap(({ from, to }) => [from, to]));
  for (const { service } of signals) if (service !== null) nodes.add(service);
  for (const [endpoint, service] of frontedBy(nodes)) add(endpoint, service, 'name');
  const named = new Set(signals.flatMap(({ service }) => (service === null ? [] : [service])));
  for (const { from, to, source } of hostEdges(signals, named)) add(from, to, source);
  return [...edges.values()].sort((a, b) =>
    a.from !== b.from ? (a.from < b.from ? -1 : 1) : a.to < b.to ? -1 : a.to > b.to ? 1 : 0,
  );
}

export function createGraph(edges: readonly Edge[]): DependencyGraph {
  const out = new Map<string, string[]>();
  const into = new Map<string, string[]>();
  const push = (map: Map<string, string[]>, key: string, value: string) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const { from, to } of edges) {
    push(out, from, to);
    push(into, to, from);
  }
  for (const list of into.values()) list.sort();
  const hosts = new Set(edges.flatMap(({ to, source }) => (source === 'host' ? [to] : [])));
  return {
    edges,
    dependencies: (service) => out.get(service) ?? [],
    dependents: (service) => into.get(service) ?? [],
    isHost: (name) => hosts.has(name),
    reachesFrom: (service) => reach(service, into),
  };
}

function reach(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (let at = 0; at < queue.length; at += 1) {
    for (const other of next.get(queue[at] as string) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      queue.push(other);
    }
  }
  seen.delete(start);
  return seen;
}
