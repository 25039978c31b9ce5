import type { ServiceAssessment } from '#src/metrics/contract.ts';
import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import { toleranceOf } from '#src/metrics/rank/explain.ts';
import { onlyLessTraffic } from '#src/metrics/rank/links.ts';
import type { NodeEvidence } from '#src/metrics/rank/node-evidence.ts';
import type { Ranking } from '#src/metrics/rank/rank-suspects.ts';

const isHarmed = ({ condition }: ServiceAssessment) =>
  condition === 'failing' || condition === 'degraded';

/**
 * The first service to break by its own signals: the harmed one where most blame rests; one that
 * is merely called less only where nothing else is harmed.
 */
export function firstFailing({ blames, nodes }: Ranking): string | null {
  let fallback: string | null = null;
  for (const { service } of blames) {
    const node = nodes.get(service);
    if (node?.assessment == null || !isHarmed(node.assessment)) continue;
    if (!onlyLessTraffic(node)) return service;
    fallback ??= service;
  }
  return fallback;
}

/**
 * The services harmed by `first`, without it, by name: harmed ones that depend on it, directly or
 * not; where the graph does not know `first`, those that broke together with it or later.
 */
export function blastRadius(
  first: string | null,
  nodes: ReadonlyMap<string, NodeEvidence>,
  graph: DependencyGraph,
): string[] {
  const origin = first === null ? undefined : nodes.get(first);
  if (first === null || origin === undefined) return [];
  const isKnown = graph.dependents(first).length > 0 || graph.dependencies(first).length > 0;
  const dependents = graph.reachesFrom(first);
  const harmed: string[] = [];
  for (const node of nodes.values()) {
    if (node.service === first || node.assessment === null || !isHarmed(node.assessment)) continue;
    if (isKnown ? dependents.has(node.service) : movedAfter(node, origin))
      harmed.push(node.service);
  }
  return harmed.sort();
}

function movedAfter(node: NodeEvidence, origin: NodeEvidence): boolean {
  if (node.onset === null || origin.onset === null) return true;
  return node.onset >= origin.onset - toleranceOf(node, origin);
}
