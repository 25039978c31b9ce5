import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import { explains, type Magnitudes, timing, toleranceOf } from '#src/metrics/rank/explain.ts';
import { noisiestTenant, tenantUsage } from '#src/metrics/rank/hosts.ts';
import type { NodeEvidence } from '#src/metrics/rank/node-evidence.ts';

/** Without a known graph, who moved first explains the others this much at most. */
const ORDER_ALONE = 0.6;
/** Of what moved together, the more severe explains the milder a little less well. */
const TOGETHER = 0.8;
/** It must be so much more severe. */
const MORE_SEVERE = 1.15;
/** So many services without a graph are compared pair by pair. */
const MAX_PAIRED = 300;
/** What is seen of an endpoint is the doing of the service behind it, if that is in trouble. */
const FRONTED = 0.9;
/** From this strength of a sign on a machine is short of something. */
const SHORT = 0.25;
/** Trouble is looked for behind so many silent dependencies in a row, each weakening the link. */
const MAX_HOPS = 4;
const HOP = 0.85;
/** A dependency below this shows no trouble of its own. */
const SILENT = 0.1;
/** So many services behind silent dependencies are looked at. */
const MAX_VISITED = 200;

/** `to` explains the service that the link belongs to. */
export type Link = { to: string; strength: number };

/** What explains each service: its dependencies, callers for lost traffic, or order alone. */
export function explainingLinks(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  magnitudes: Magnitudes,
  signals: readonly DerivedSignal[],
): Map<string, Link[]> {
  const fronts = new Set(
    graph.edges.filter(({ source }) => source === 'name').map(({ from, to }) => `${from}\n${to}`),
  );
  const links = new Map<string, Link[]>();
  for (const node of nodes.values()) {
    links.set(node.service, [
      ...dependencyLinks(node, nodes, graph, magnitudes, fronts),
      ...callerLinks(node, nodes, graph),
    ]);
  }
  addTenantLinks(nodes, graph, links, signals);
  addOrderLinks(nodes, graph, links, magnitudes);
  return links;
}

/** A machine that runs short does so for the tenant that began to take the most of it. */
function addTenantLinks(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  links: ReadonlyMap<string, Link[]>,
  signals: readonly DerivedSignal[],
): void {
  const hosts = new Set(graph.edges.flatMap(({ to, source }) => (source === 'host' ? [to] : [])));
  const signalOf = new Map(hosts.size === 0 ? [] : signals.map((signal) => [signal.id, signal]));
  for (const [host, usage] of tenantUsage(signals, hosts)) {
    const node = nodes.get(host);
    const cause = node?.causes.find(({ signalId }) => signalId !== null);
    const facet = signalOf.get(cause?.signalId ?? '')?.facet;
    if (cause === undefined || facet === undefined || cause.strength < SHORT) continue;
    const tenant = noisiestTenant(usage, facet, cause.onset);
    if (tenant !== null) links.get(host)?.push({ to: tenant.service, strength: 0.8 * tenant.part });
  }
}

/** Dependencies in trouble, also behind dependencies that show none (or have no metrics). */
function dependencyLinks(
  node: NodeEvidence,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  magnitudes: Magnitudes,
  fronts: ReadonlySet<string>,
): Link[] {
  const links: Link[] = [];
  for (const { name, hop } of silentlyReached(node.service, nodes, graph)) {
    const dependency = nodes.get(name);
    if (dependency === undefined || dependency.anomaly <= 0) continue;
    const isFront = fronts.has(`${node.service}\n${name}`) && dependency.anomaly > SILENT / 2;
    const strength = explains(dependency, node, magnitudes) * HOP ** hop;
    const own = storms(node, dependency) ? SELF_MADE : 1;
    const share = isFront ? Math.max(strength, FRONTED) : strength * own;
    if (share > 0.01) links.push({ to: name, strength: share });
  }
  return links;
}

/** The direct dependencies, and those behind dependencies that show no trouble. */
function silentlyReached(
  service: string,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
): { name: string; hop: number }[] {
  const reached: { name: string; hop: number }[] = [];
  const seen = new Set([service]);
  let layer = [service];
  for (let hop = 0; hop < MAX_HOPS && layer.length > 0; hop += 1) {
    const next: string[] = [];
    for (const name of layer.flatMap((one) => graph.dependencies(one))) {
      if (hop > 0 && seen.size >= MAX_VISITED) return reached;
      if (seen.has(name)) continue;
      seen.add(name);
      reached.push({ name, hop });
      if ((nodes.get(name)?.anomaly ?? 0) <= SILENT) next.push(name);
    }
    layer = next;
  }
  return reached;
}

/** Lost traffic is the doing of callers that are in trouble or lost theirs. */
function callerLinks(
  node: NodeEvidence,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
): Link[] {
  if (!onlyLessTraffic(node)) return pressureLinks(node, nodes, graph);
  const links: Link[] = [];
  for (const name of graph.dependents(node.service)) {
    const caller = nodes.get(name);
    if (caller === undefined || caller.anomaly <= 0) continue;
    const isHarmed = caller.harm > SILENT || caller.byKind.has('traffic-drop');
    if (isHarmed) links.push({ to: name, strength: 0.9 * timing(node, caller) });
  }
  return links;
}

/** What a dependency explains of a caller that floods it with repeated calls. */
const SELF_MADE = 0.4;

/** True for a caller that began to repeat its calls, no later than the one it calls fell ill. */
function storms(caller: NodeEvidence, node: NodeEvidence): boolean {
  const push = caller.pushes.get(node.service);
  if (push === undefined || push.factor < STORM || node.surge === null) return false;
  if (node.onset === null || push.onset > node.onset + toleranceOf(caller, node)) return false;
  return (caller.surge?.strength ?? 0) < SILENT;
}

/** Retries double or triple calls; more than that is a storm of the caller's making. */
const STORM = 4;
/** A change of a caller so long before is still a reason. */
const CHANGE_AGE = 900_000;

/**
 * A service that is called more than it bears suffers from a caller that began to call more often:
 * one that changed shortly before (a new version, another limit) and whose own traffic did not rise
 * before that, or one that repeats its calls far beyond what retries usually do.
 */
function pressureLinks(
  node: NodeEvidence,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
): Link[] {
  if (node.surge === null || node.harm <= SILENT || node.onset === null) return [];
  const links: Link[] = [];
  for (const name of graph.dependents(node.service)) {
    const caller = nodes.get(name);
    if (caller === undefined) continue;
    const until = node.onset + toleranceOf(node, caller);
    if (node.surge.onset > until) continue;
    if (storms(caller, node)) {
      links.push({ to: name, strength: 0.75 });
      continue;
    }
    const changed = caller.causes.find(
      ({ change, onset }) => change !== null && onset <= until && onset >= until - CHANGE_AGE,
    );
    if (changed === undefined || (caller.surge?.onset ?? until) < changed.onset) continue;
    links.push({ to: name, strength: 0.7 });
  }
  return links;
}

/** True for a service that is merely called less. */
export function onlyLessTraffic(node: NodeEvidence): boolean {
  const drop = node.byKind.get('traffic-drop')?.strength ?? 0;
  return drop > 0 && node.harm < 0.12 && drop > node.harm;
}

/**
 * Where the graph says nothing of a service, those that broke earlier may explain it, or those that
 * broke together with it and worse: harm thins out on its way up, as not every request takes the
 * broken path.
 */
function addOrderLinks(
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  links: Map<string, Link[]>,
  magnitudes: Magnitudes,
): void {
  const isKnown = (service: string) =>
    graph.dependencies(service).length > 0 || graph.dependents(service).length > 0;
  const unknown = [...nodes.values()]
    .filter((node) => !isKnown(node.service) && node.anomaly > SILENT && node.onset !== null)
    .sort((a, b) => b.anomaly - a.anomaly || (a.service < b.service ? -1 : 1))
    .slice(0, MAX_PAIRED);
  for (const node of unknown) {
    const list = links.get(node.service) as Link[];
    for (const other of unknown) {
      if (other === node || onlyLessTraffic(other)) continue;
      const strength = orderStrength(node, other) * explains(other, node, magnitudes);
      if (strength > 0.01) list.push({ to: other.service, strength });
    }
  }
}

function orderStrength(node: NodeEvidence, other: NodeEvidence): number {
  const lead = (node.onset as number) - (other.onset as number);
  const tolerance = toleranceOf(node, other);
  if (lead > tolerance) return ORDER_ALONE;
  if (lead < -tolerance) return 0;
  return severity(other) > MORE_SEVERE * severity(node) ? ORDER_ALONE * TOGETHER : 0;
}

/** How badly a service is broken by itself: down, share of errors, slowness, a sign of a cause. */
function severity(node: NodeEvidence): number {
  let worst = 0;
  for (const [kind, { shift, strength }] of node.byKind) {
    if (kind === 'traffic-drop' || kind === 'dependency') continue;
    if (kind === 'down') worst = Math.max(worst, 1.2 * strength);
    else if (shift !== null && kind === 'errors') worst = Math.max(worst, Math.min(1, shift.level));
    else if (shift !== null) {
      worst = Math.max(worst, Math.min(1, Math.log2(1 + Math.max(0, shift.relative ?? 0)) / 5));
    }
  }
  return worst + 0.5 * ownCause(node);
}

/**
 * What a service's own signs of a cause are worth: those that came no later than its harm. Queues
 * and pools that fill while a dependency is slow are its doing.
 * @param explained how far dependencies explain the service's trouble, 0 … 1
 */
export function ownCause(node: NodeEvidence, explained = 0): number {
  const { onset, causes } = node;
  let most = 0;
  for (const cause of causes) {
    const early = onset === null || cause.onset <= onset + toleranceOf(node, node);
    const own = cause.waits ? 1 - explained : 1;
    most = Math.max(most, cause.strength * own * (early ? 1 : 0.2));
  }
  return most;
}
