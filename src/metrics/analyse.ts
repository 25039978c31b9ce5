import type { MetricSeries } from '#src/domain/bundle.ts';
import { assessServices } from '#src/metrics/assess/assess-services.ts';
import type { MetricAnalysis, MetricOptions } from '#src/metrics/contract.ts';
import { deriveSignals } from '#src/metrics/derive/derive-signals.ts';
import { acquitCalledLess, blastRadius, firstFailing } from '#src/metrics/rank/blast-radius.ts';
import { collectEdges, createGraph } from '#src/metrics/rank/dependency-graph.ts';
import { rankSuspects } from '#src/metrics/rank/rank-suspects.ts';
import { detectShifts } from '#src/metrics/shift/detect-shifts.ts';

/**
 * Everything that metrics tell about an incident: what each series is, how signals moved against
 * the baseline and since when, how each service fares, which services and metrics are to blame.
 * Pure: the same input gives the same answer. Time grows about linearly with the input.
 * @param series as in a bundle; anybody's names, labels and units
 * @param options the incident window and whatever else is known
 */
export function analyseMetrics(
  series: readonly MetricSeries[],
  options: MetricOptions,
): MetricAnalysis {
  const services = options.services ?? [];
  const { classes, signals, changes } = deriveSignals(series, services);
  const shifts = detectShifts(signals, options);
  const assessments = assessServices(signals, shifts, changes, options);
  const edges = collectEdges(signals, services, options.edges ?? []);
  const graph = createGraph(edges);
  const ranking = rankSuspects(assessments, signals, shifts, graph, options);
  const first = firstFailing(ranking.blames, ranking.nodes);
  return {
    classes,
    signals,
    shifts,
    changes,
    services: acquitCalledLess(assessments, ranking.blames, ranking.nodes),
    edges,
    suspects: ranking.suspects,
    firstFailingService: first,
    blastRadius: blastRadius(first, ranking.nodes, graph, ranking.links),
    onset: onsetOf(first, assessments),
  };
}

function onsetOf(first: string | null, assessments: MetricAnalysis['services']): number | null {
  const own = assessments.find(({ service }) => service === first)?.onset ?? null;
  if (own !== null) return own;
  const onsets = assessments.flatMap(({ condition, onset }) =>
    onset === null || condition === 'healthy' || condition === 'unknown' ? [] : [onset],
  );
  return onsets.length === 0 ? null : Math.min(...onsets);
}
