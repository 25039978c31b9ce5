import { seriesOfHealth } from '#src/analysis/facts/series-of-health.ts';
import { seriesOfSpans } from '#src/analysis/facts/series-of-spans.ts';
import type { Bundle, MetricSeries } from '#src/domain/bundle.ts';

/** Which kind of evidence a series was made from. */
export type SeriesOrigin = 'metric' | 'trace' | 'health' | 'log';

/** Everything that can be judged as a signal over time, whatever it was made from. */
export type AllSeries = {
  series: MetricSeries[];
  /** In the order of `series`. */
  origins: SeriesOrigin[];
  /** Calls that spans have shown. */
  edges: { from: string; to: string }[];
};

/**
 * Metrics, and what spans, health checks and logs say, as series.
 * @param fromLogs series that the log analysis derived, e.g. requests and errors of access logs
 */
export function allSeries(bundle: Bundle, fromLogs: readonly MetricSeries[]): AllSeries {
  const spans = seriesOfSpans(bundle.spans);
  const parts: [SeriesOrigin, readonly MetricSeries[]][] = [
    ['metric', bundle.metrics],
    ['trace', spans.series],
    ['health', seriesOfHealth(bundle.health)],
    ['log', fromLogs],
  ];
  return {
    series: parts.flatMap(([, list]) => list),
    origins: parts.flatMap(([origin, list]) => list.map(() => origin)),
    edges: spans.edges,
  };
}
