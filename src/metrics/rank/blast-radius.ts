import type { ServiceAssessment } from '#src/metrics/contract.ts';
import type { Blame, BlameFlow } from '#src/metrics/rank/blame-flow.ts';
import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import { toleranceOf } from '#src/metrics/rank/explain.ts';
import { onlyLessTraffic } from '#src/metrics/rank/links.ts';
import type { NodeEvidence } from '#src/metrics/rank/node-evidence.ts';

const isHarmed = ({ condition }: ServiceAssessment) =>
  condition === 'failing' || condition === 'degraded';

/** So far must callers explain a loss of traffic, so that it is no harm of the service called. */
const MERELY_CALLED_LESS = 0.3;

/**
 * Services that are called less because their callers are in trouble are well themselves: their
 * condition becomes healthy, unless they show other harm.
 */
export function acquitCalledLess(
  assessments: readonly ServiceAssessment[],
  blames: readonly Blame[],
  nodes: ReadonlyMap<string, NodeEvidence>,
): ServiceAssessment[] {
  const acquitted = new Set<string>();
  for (const { service, explained, by } of blames) {
    const node = nodes.get(service);
    if (node === undefined || by === null || !onlyLessTraffic(node)) continue;
    if (explained >= MERELY_CALLED_LESS) acquitted.add(service);
  }
  return assessments.map((one) =>
    acquitted.has(one.service) && isHarmed(one)
      ? { ...one, condition: 'healthy', current: 'healthy', onset: null }
      : one,
  );
}

/**
 * The first service to break by its own signals: the harmed one where most blame rests; one that
 * is merely called less only where nothing else is harmed.
 */
export function firstFailing(
  blames: readonly Blame[],
  nodes: ReadonlyMap<string, NodeEvidence>,
): string | null {
  let fallback: string | null = null;
  for (const { service } of blames) {
    const node = nodes.get(service);
    if (node?.assessment == null || !isHarmed(node.assessment)) continue;
    if (!onlyLessTraffic(node)) return service;
    fallback ??= service;
  }
  return fallback;
}

/** An explaining link of this strength drags a service down with the one it leads to. */
const DRAGS = 0.4;

/**
 * The services harmed by `first`, without it, by name: harmed ones that depend on it, directly or
 * not; where the graph does not know `first`, those that broke together with it or later.
 */
export function blastRadius(
  first: string | null,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  links: BlameFlow['links'],
): string[] {
  const origin = first === null ? undefined : nodes.get(first);
  if (first === null || origin === undefined) return [];
  const isKnown = graph.dependents(first).length > 0 || graph.dependencies(first).length > 0;
  const dependents = new Set(graph.reachesFrom(first));
  if (isKnown) for (const one of draggedDown(first, nodes, graph, links)) dependents.add(one);
  const harmed: string[] = [];
  for (const node of nodes.values()) {
    if (node.service === first || node.assessment === null || !isHarmed(node.assessment)) continue;
    if (onlyLessTraffic(node)) continue;
    if (isKnown ? dependents.has(node.service) : movedAfter(node, origin))
      harmed.push(node.service);
  }
  return harmed.sort();
}

/**
 * Those that a service drags down though they do not call it (flooded with calls, robbed of a
 * machine), and their callers.
 */
function draggedDown(
  first: string,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
  links: BlameFlow['links'],
): string[] {
  const dragged: string[] = [];
  for (const name of graph.dependencies(first)) {
    const node = nodes.get(name);
    const isLed = links.get(name)?.some(({ to, strength }) => to === first && strength >= DRAGS);
    if (node === undefined || isLed !== true || onlyLessTraffic(node)) continue;
    dragged.push(name, ...graph.reachesFrom(name));
  }
  return dragged;
}

function movedAfter(node: NodeEvidence, origin: NodeEvidence): boolean {
  if (node.onset === null || origin.onset === null) return true;
  return node.onset >= origin.onset - toleranceOf(node, origin);
}
