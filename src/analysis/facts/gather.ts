import type { Facts } from '#src/analysis/facts/contract.ts';
import { gatherLogs } from '#src/analysis/facts/logs.ts';
import { allSeries } from '#src/analysis/facts/series.ts';
import { subjectOf } from '#src/analysis/facts/subject.ts';
import type { Bundle, HealthCheck } from '#src/domain/bundle.ts';
import { analyseMetrics } from '#src/metrics/analyse.ts';

/** What tells how a service fares for those who call it. */
const USER_FACING = new Set(['error-ratio', 'client-error-ratio', 'request-rate']);

/** So many values a signal must have to show how the service fared before. */
const LEAST_VALUES = 5;

/** Reads everything off the bundle that triage and investigation rest on. Pure. */
export async function gatherFacts(bundle: Bundle, asked: string | undefined): Promise<Facts> {
  const subject = subjectOf(bundle, asked);
  const logs = await gatherLogs(bundle, subject);
  const options = {
    window: subject.window,
    ...(subject.baseline ? { baseline: subject.baseline } : {}),
    ...(subject.target ? { service: subject.target } : {}),
    ...(subject.alerts.length > 0 ? { alertAt: subject.detectedAt } : {}),
    services: subject.services,
  };
  let all = allSeries(bundle, []);
  let metrics = analyseMetrics(all.series, { ...options, edges: all.edges });
  // Logs are often sampled: where a service has metrics of some time, those are the better count.
  // Spans are sampled still more.
  const measured = new Set(
    metrics.signals
      .filter(
        ({ facet, peer, values, sources }) =>
          peer === null &&
          USER_FACING.has(facet) &&
          all.origins[sources[0] ?? -1] === 'metric' &&
          values.filter(Number.isFinite).length >= LEAST_VALUES,
      )
      .map(({ service }) => service),
  );
  const fromLogs = logs.series.filter(({ service }) => !measured.has(service ?? null));
  if (fromLogs.length > 0) {
    all = allSeries(bundle, fromLogs);
    metrics = analyseMetrics(all.series, { ...options, edges: all.edges });
  }
  return { bundle, subject, all, metrics, logs, health: checksByUrl(bundle.health) };
}

function checksByUrl(checks: readonly HealthCheck[]): HealthCheck[][] {
  const byUrl = new Map<string, HealthCheck[]>();
  for (const check of checks) {
    const key = `${check.service}\0${check.url}`;
    byUrl.set(key, [...(byUrl.get(key) ?? []), check].slice(-20));
  }
  return [...byUrl.values()];
}
