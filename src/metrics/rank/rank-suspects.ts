import type {
  DerivedSignal,
  MetricOptions,
  ServiceAssessment,
  Shift,
  Suspect,
  SuspectRole,
} from '#src/metrics/contract.ts';
import { type Blame, type BlameFlow, flowBlame } from '#src/metrics/rank/blame-flow.ts';
import { blastRadius } from '#src/metrics/rank/blast-radius.ts';
import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import { toleranceOf } from '#src/metrics/rank/explain.ts';
import { onlyLessTraffic } from '#src/metrics/rank/links.ts';
import { magnitudesOf } from '#src/metrics/rank/magnitudes.ts';
import {
  gatherEvidence,
  type NodeEvidence,
  strongestView,
} from '#src/metrics/rank/node-evidence.ts';
import { reasonsFor } from '#src/metrics/rank/reasons.ts';

/** A service has so many rows at most, one for each metric, weighed down in this order. */
const ROW_WEIGHTS = [1, 0.6, 0.45, 0.35];
/** So many services are named. */
const MAX_SUSPECTS = 50;
/** Less blame than this is not worth a row. */
const LEAST_SHARE = 0.002;

/** The ranking and the evidence it rests on, for what is concluded from it. */
export type Ranking = {
  suspects: Suspect[];
  blames: readonly Blame[];
  nodes: ReadonlyMap<string, NodeEvidence>;
  links: BlameFlow['links'];
};

/**
 * Ranks services, and the metrics that speak against them: by how far they moved from the baseline,
 * who moved first, and whether a dependency explains it (a victim) or their callers do (less
 * traffic: a consequence). Works without a graph, by order alone.
 */
export function rankSuspects(
  assessments: readonly ServiceAssessment[],
  signals: readonly DerivedSignal[],
  shifts: readonly Shift[],
  graph: DependencyGraph,
  options: Pick<MetricOptions, 'service' | 'window'>,
): Ranking {
  const nodes = gatherEvidence(assessments, signals, shifts);
  const magnitudes = magnitudesOf(signals, shifts, options.window);
  const { blames, links } = flowBlame(nodes, graph, magnitudes, signals, options.service);
  const signalOf = new Map(signals.map((signal) => [signal.id, signal]));
  const shiftOf = new Map(shifts.map((shift) => [shift.signalId, shift]));
  const suspects: Suspect[] = [];
  for (const blame of blames.slice(0, MAX_SUSPECTS)) {
    const node = nodes.get(blame.service) as NodeEvidence;
    const dragging = draggedBy(blame.service, graph, links);
    if (blame.share < LEAST_SHARE || (node.anomaly <= 0 && dragging.length === 0)) continue;
    const shared = {
      service: blame.service,
      role: roleOf(node, blame),
      category: categoryOf(node, signalOf),
      onset: node.onset,
      harmed: blastRadius(blame.service, nodes, graph, links),
      reasons: reasonsFor({ node, blame, nodes, graph, signalOf, shiftOf, dragging }),
    };
    const rows = rowsOf(node);
    rows.slice(0, ROW_WEIGHTS.length).forEach((signalId, i) => {
      const metric = signalId === null ? null : (signalOf.get(signalId)?.name ?? null);
      const score = blame.share * (ROW_WEIGHTS[i] as number);
      suspects.push({ ...shared, signalId, metric, score });
    });
  }
  suspects.sort(
    (a, b) =>
      b.score - a.score ||
      (a.service < b.service ? -1 : a.service > b.service ? 1 : 0) ||
      ((a.signalId ?? '') < (b.signalId ?? '') ? -1 : 1),
  );
  return { suspects, blames, nodes, links };
}

/** Those that a service calls or runs on and drags down: see `explainingLinks`. */
function draggedBy(
  service: string,
  graph: DependencyGraph,
  links: BlameFlow['links'],
): { name: string; isHost: boolean }[] {
  const dragged = graph.dependencies(service).filter((name) => {
    return links.get(name)?.some(({ to }) => to === service) ?? false;
  });
  return dragged.map((name) => ({ name, isHost: graph.isHost(name) }));
}

function roleOf(node: NodeEvidence, blame: Blame): SuspectRole {
  if (onlyLessTraffic(node)) return blame.explained >= 0.3 ? 'consequence' : 'bystander';
  if (blame.explained >= 0.5 && blame.by !== null) return 'victim';
  return node.anomaly >= 0.12 || blame.share >= 0.2 ? 'cause' : 'bystander';
}

/** The signals that speak against a service, loudest first, one for each metric and kind. */
function rowsOf(node: NodeEvidence): (string | null)[] {
  const voices: { signalId: string; weight: number }[] = [];
  for (const harm of node.assessment?.harms ?? []) {
    voices.push({ signalId: harm.signalId, weight: harm.strength });
  }
  const onset = node.assessment?.onset ?? null;
  for (const sign of node.assessment?.causes ?? []) {
    if (sign.signalId === null) continue;
    const isEarly = onset === null || sign.onset <= onset + toleranceOf(node, node);
    voices.push({ signalId: sign.signalId, weight: sign.strength * (isEarly ? 0.95 : 0.4) });
  }
  const view = strongestView(node.views)?.harm;
  if (view != null) voices.push({ signalId: view.signalId, weight: view.strength * 0.8 });
  voices.sort((a, b) => b.weight - a.weight || (a.signalId < b.signalId ? -1 : 1));
  const loudest = new Set(voices.map(({ signalId }) => signalId));
  return loudest.size === 0 ? [null] : [...loudest];
}

const HOST_FACETS = new Set(['cpu', 'memory', 'disk', 'network', 'file-descriptors']);

function categoryOf(
  node: NodeEvidence,
  signalOf: ReadonlyMap<string, DerivedSignal>,
): Suspect['category'] {
  const tolerance = toleranceOf(node, node);
  const { surge, cause, onset } = node;
  const surged = surge !== null && (onset === null || surge.onset <= onset);
  if (surged && surge.strength >= 0.2) return 'traffic';
  if (node.assessment === null || node.assessment.signals === 0) return 'dependency';
  const isEarly = cause !== null && (onset === null || cause.onset <= onset + tolerance);
  if (isEarly && cause.signalId !== null) {
    const facet = signalOf.get(cause.signalId)?.facet;
    if (facet !== undefined && HOST_FACETS.has(facet)) return 'infrastructure';
  }
  if (node.harm < 0.12 && node.byKind.has('dependency')) return 'dependency';
  return node.anomaly >= 0.12 ? 'service' : 'unknown';
}
