import { SERVICE_LABELS } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import type { PrometheusClient } from '#src/evidence/sources/prometheus/client.ts';
import { selector } from '#src/evidence/sources/prometheus/promql.ts';

/** What a service exposes: the label matchers that find it and the label sets of its series. */
export type ServiceSeries = {
  service: string;
  matchers: Record<string, string>;
  series: Record<string, string>[];
};

/** Labels by which a service may be found, beside those by which alerts name it. */
const MORE_LABELS = ['app_kubernetes_io_name', 'k8s_deployment_name', 'workload'];

/**
 * Finds how Prometheus labels a service: the registry's matchers, else the first of the usual
 * labels that has series under the service's name.
 * @returns null when nothing is found
 */
export async function findService(
  client: PrometheusClient,
  service: Service,
  start: number,
  end: number,
): Promise<ServiceSeries | null> {
  const given = service.selectors?.prometheus;
  if (given && Object.keys(given).length > 0) {
    const series = await client.series([selector(null, given)], start, end);
    return series.length > 0 ? { service: service.name, matchers: given, series } : null;
  }
  const candidates = [...new Set([...SERVICE_LABELS, ...MORE_LABELS])];
  const series = await client.series(
    candidates.map((label) => selector(null, { [label]: service.name })),
    start,
    end,
  );
  // The label that finds most is the one that the target carries, not one that a peer mentions.
  let best: ServiceSeries | null = null;
  for (const label of candidates) {
    const found = series.filter((labels) => labels[label] === service.name);
    if (found.length > (best?.series.length ?? 0)) {
      best = { service: service.name, matchers: { [label]: service.name }, series: found };
    }
  }
  return best;
}
