import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import type { Magnitudes } from '#src/metrics/rank/explain.ts';
import { explainingLinks, type Link, ownCause } from '#src/metrics/rank/links.ts';
import type { NodeEvidence } from '#src/metrics/rank/node-evidence.ts';

/** Blame is passed on so many times at most: deeper call chains do not occur. */
const MAX_ROUNDS = 40;
/** Nobody is explained away altogether. */
const MOST_EXPLAINED = 0.93;
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

/** Where blame rests, best first, and what explains each service. */
export type BlameFlow = {
  blames: Blame[];
  links: ReadonlyMap<string, readonly Link[]>;
};

/**
 * Lets blame flow from where harm is felt to what explains it: each harmed service keeps what its
 * dependencies do not explain and passes the rest on to them, in proportion. The idea is that of
 * random walks over call graphs (MonitorRank, Kim et al., SIGMETRICS 2013; MicroRank, Yu et al.,
 * WWW 2021), with absorption in place of a stationary distribution, so that the end of the chain
 * is found however long it is. Traffic that only fell flows to the callers.
 * @param signals for what tenants take from their machines
 * @param alerting the service whose alert fired; blame begins there, if known
 */
export function flowBlame(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  magnitudes: Magnitudes,
  signals: readonly DerivedSignal[],
  alerting: string | undefined,
): BlameFlow {
  const links = explainingLinks(nodes, graph, magnitudes, signals);
  const explained = new Map<string, number>();
  for (const [service, list] of links) {
    const node = nodes.get(service) as NodeEvidence;
    let open = 1;
    for (const { strength } of list) open *= 1 - Math.min(1, strength);
    // A sign of a cause is a reason to stay only where there is harm that it could have caused.
    const by = Math.min(MOST_EXPLAINED, 1 - open);
    const own = ownCause(node, by) * (node.harm > 0.1 ? 0.5 : 0.15);
    explained.set(service, by * (1 - own));
  }
  const silent = alerting !== undefined && isSilent(alerting, nodes, links);
  let mass = startMass(nodes, graph, silent ? undefined : alerting);
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
  return { blames: conclude(nodes, links, explained, rested), links };
}

/**
 * True for an alerting service that neither shows harm nor depends on any that does: the alert is
 * then another's (labels name a team's service, a symptom is seen elsewhere).
 */
function isSilent(
  alerting: string,
  nodes: ReadonlyMap<string, NodeEvidence>,
  links: ReadonlyMap<string, readonly Link[]>,
): boolean {
  if (![...nodes.values()].some(({ harm }) => harm > 0.1)) return false;
  const node = nodes.get(alerting);
  if (node === undefined) return true;
  const explains = (links.get(alerting) ?? []).some(
    ({ to }) => (nodes.get(to)?.anomaly ?? 0) > 0.1,
  );
  return node.harm < 0.1 && !node.byKind.has('dependency') && !explains;
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
    const felt = Math.max(
      node.harm,
      0.5 * (node.byKind.get('dependency')?.strength ?? 0),
      0.1 * drop,
    );
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
  if (graph.dependencies(service).length === 0 && graph.dependents(service).length === 0)
    return null;
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
