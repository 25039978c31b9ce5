import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import { explains, type LatencyRises, timing, toleranceOf } from '#src/metrics/rank/explain.ts';
import type { NodeEvidence } from '#src/metrics/rank/node-evidence.ts';

/** Blame is passed on so many times at most: deeper call chains do not occur. */
const MAX_ROUNDS = 40;
/** Nobody is explained away altogether. */
const MOST_EXPLAINED = 0.93;
/** Without a known graph, who moved first explains the others this much at most. */
const ORDER_ALONE = 0.5;
/** So many services without a graph are compared pair by pair. */
const MAX_PAIRED = 300;
/** What is seen of an endpoint is the doing of the service behind it, if that is in trouble. */
const FRONTED = 0.9;
/** Trouble that cannot reach the alerting service is weighed by this. */
const ELSEWHERE = 0.08;

/** Where blame comes to rest. */
export type Blame = {
  service: string;
  /** Share of all blame, 0 … 1. */
  share: number;
  /** How far others explain its trouble, 0 … 1, and who explains it most. */
  explained: number;
  by: string | null;
};

type Link = { to: string; strength: number };

/**
 * Lets blame flow from where harm is felt to what explains it: each harmed service keeps what its
 * dependencies do not explain and passes the rest on to them, in proportion. The idea is that of
 * random walks over call graphs (MonitorRank, Kim et al., SIGMETRICS 2013; MicroRank, Yu et al.,
 * WWW 2021), with absorption in place of a stationary distribution, so that the end of the chain
 * is found however long it is. Traffic that only fell flows to the callers.
 * @param alerting the service whose alert fired; blame begins there, if known
 */
export function flowBlame(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  rises: LatencyRises,
  alerting: string | undefined,
): Blame[] {
  const links = new Map<string, Link[]>();
  const fronts = new Set(
    graph.edges.filter(({ source }) => source === 'name').map(({ from, to }) => `${from}\n${to}`),
  );
  for (const node of nodes.values()) {
    links.set(node.service, linksOf(node, nodes, graph, rises, fronts));
  }
  addOrderLinks(nodes, graph, links, rises);
  const explained = new Map<string, number>();
  for (const [service, list] of links) {
    const node = nodes.get(service) as NodeEvidence;
    let open = 1;
    for (const { strength } of list) open *= 1 - Math.min(1, strength);
    const own = ownCause(node);
    explained.set(service, Math.min(MOST_EXPLAINED, 1 - open) * (1 - 0.5 * own));
  }
  let mass = startMass(nodes, graph, alerting);
  const rested = new Map<string, number>();
  for (let round = 0; round < MAX_ROUNDS && mass.size > 0; round += 1) {
    const next = new Map<string, number>();
    for (const [service, amount] of mass) {
      const list = links.get(service) ?? [];
      const passed = round === MAX_ROUNDS - 1 ? 0 : amount * (explained.get(service) ?? 0);
      rested.set(service, (rested.get(service) ?? 0) + amount - passed);
      const total = list.reduce((sum, { strength }) => sum + strength ** 2, 0);
      if (passed <= 1e-6 || total === 0) continue;
      for (const { to, strength } of list) {
        next.set(to, (next.get(to) ?? 0) + (passed * strength ** 2) / total);
      }
    }
    mass = next;
  }
  return conclude(nodes, links, explained, rested);
}

/** What a service's own signs of a cause are worth: those that came no later than its harm. */
function ownCause(node: NodeEvidence): number {
  const { cause, onset } = node;
  if (cause === null) return 0;
  const early = onset === null || cause.onset <= onset + toleranceOf(node, node);
  return early ? cause.strength : 0.2 * cause.strength;
}

function linksOf(
  node: NodeEvidence,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  rises: LatencyRises,
  fronts: ReadonlySet<string>,
): Link[] {
  const links: Link[] = [];
  for (const name of graph.dependencies(node.service)) {
    const dependency = nodes.get(name);
    if (dependency === undefined || dependency.anomaly <= 0) continue;
    const strength = explains(dependency, node, rises);
    const isFront = fronts.has(`${node.service}\n${name}`) && dependency.anomaly > 0.05;
    const share = isFront ? Math.max(strength, FRONTED) : strength;
    if (share > 0.01) links.push({ to: name, strength: share });
  }
  if (onlyLessTraffic(node)) {
    for (const name of graph.dependents(node.service)) {
      const caller = nodes.get(name);
      if (caller === undefined || caller.anomaly <= 0) continue;
      const isHarmed = caller.harm > 0.1 || caller.byKind.has('traffic-drop');
      if (isHarmed) links.push({ to: name, strength: 0.9 * timing(node, caller) });
    }
  }
  return links;
}

/** True for a service that is merely called less. */
export function onlyLessTraffic(node: NodeEvidence): boolean {
  const drop = node.byKind.get('traffic-drop')?.strength ?? 0;
  return drop > 0 && node.harm < 0.12 && drop > node.harm;
}

/**
 * Where the graph says nothing of a service, those that broke earlier may explain it: a weak link
 * to each, in proportion to its harm.
 */
function addOrderLinks(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  links: Map<string, Link[]>,
  rises: LatencyRises,
): void {
  const isKnown = (service: string) =>
    graph.dependencies(service).length > 0 || graph.dependents(service).length > 0;
  const unknown = [...nodes.values()]
    .filter((node) => !isKnown(node.service) && node.anomaly > 0.1 && node.onset !== null)
    .sort((a, b) => b.anomaly - a.anomaly || (a.service < b.service ? -1 : 1))
    .slice(0, MAX_PAIRED);
  for (const node of unknown) {
    const list = links.get(node.service) as Link[];
    for (const other of unknown) {
      if (other === node || onlyLessTraffic(other)) continue;
      const lead = (node.onset as number) - (other.onset as number);
      if (lead <= toleranceOf(node, other)) continue;
      const strength = ORDER_ALONE * explains(other, node, rises) * other.anomaly;
      if (strength > 0.01) list.push({ to: other.service, strength });
    }
  }
}

/** Blame begins with the alerting service, and with every service by how much it is harmed. */
function startMass(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  alerting: string | undefined,
): Map<string, number> {
  const mass = new Map<string, number>();
  const below = alerting === undefined ? null : reachable(alerting, graph);
  let total = 0;
  for (const node of nodes.values()) {
    const related = below === null || below.has(node.service);
    const drop = node.byKind.get('traffic-drop')?.strength ?? 0;
    const felt = Math.max(node.harm, 0.5 * (node.byKind.get('dependency')?.strength ?? 0), 0.1 * drop);
    const amount = Math.max(felt, 0.25 * node.anomaly) * (related ? 0.6 : ELSEWHERE);
    if (amount > 0.005) {
      mass.set(node.service, amount);
      total += amount;
    }
  }
  if (alerting !== undefined && nodes.has(alerting)) {
    const weight = Math.max(total, 0.5);
    mass.set(alerting, (mass.get(alerting) ?? 0) + weight);
    total += weight;
  }
  for (const [service, amount] of mass) mass.set(service, amount / total);
  return mass;
}

/** The alerting service, what it depends on, and (without a graph for it) everything: null. */
function reachable(service: string, graph: DependencyGraph): ReadonlySet<string> | null {
  if (graph.dependencies(service).length === 0 && graph.dependents(service).length === 0) return null;
  const seen = new Set([service]);
  const queue = [service];
  for (let at = 0; at < queue.length; at += 1) {
    for (const next of graph.dependencies(queue[at] as string)) {
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return seen;
}

function conclude(
  nodes: ReadonlyMap<string, NodeEvidence>,
  links: ReadonlyMap<string, readonly Link[]>,
  explained: ReadonlyMap<string, number>,
  rested: ReadonlyMap<string, number>,
): Blame[] {
  const total = [...rested.values()].reduce((sum, amount) => sum + amount, 0);
  const blames: Blame[] = [];
  for (const service of nodes.keys()) {
    const share = total > 0 ? (rested.get(service) ?? 0) / total : 0;
    let by: Link | null = null;
    for (const link of links.get(service) ?? []) {
      if (by === null || link.strength > by.strength) by = link;
    }
    blames.push({ service, share, explained: explained.get(service) ?? 0, by: by?.to ?? null });
  }
  return blames.sort((a, b) => b.share - a.share || (a.service < b.service ? -1 : 1));
}
