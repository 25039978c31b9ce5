import { type Alert, SERVICE_LABELS } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import { ENVIRONMENT_LABELS } from '#src/evidence/shared-labels.ts';
import type { PrometheusClient } from '#src/evidence/sources/prometheus/client.ts';
import { type Matchers, selector } from '#src/evidence/sources/prometheus/promql.ts';
import { compareText } from '#src/platform/compare.ts';

type Labels = Record<string, string>;

/** Series that one set of matchers finds. */
export type SeriesGroup = { matchers: Matchers; series: Labels[] };

/** What a service exposes: its own series first, then what others expose about it. */
export type ServiceSeries = { service: string; groups: [SeriesGroup, ...SeriesGroup[]] };

/** Labels by which a service may be found, beside those by which alerts name it. */
const MORE_LABELS = ['k8s_deployment_name', 'workload', 'statefulset', 'daemonset'];
/** Labels by which the platform speaks of a service, whose own series may carry another one. */
const WORKLOAD_LABELS: ReadonlySet<string> = new Set(['container', 'deployment', ...MORE_LABELS]);
const MOST_JOBS = 3;
const MOST_INSTANCES = 30;

/**
 * Finds how Prometheus labels a service: the registry's matchers, else the one of the usual labels
 * that finds most under the service's name, and what the platform says of its containers.
 * @param start seconds since the epoch
 * @returns null when nothing is found
 */
export async function findService(
  client: PrometheusClient,
  service: Service,
  alerts: readonly Alert[],
  start: number,
  end: number,
): Promise<ServiceSeries | null> {
  const given = service.selectors?.prometheus;
  if (given && Object.keys(given).length > 0) {
    const series = await client.series([selector(null, given)], start, end);
    if (series.length === 0) return null;
    const own = { matchers: given, series };
    return { service: service.name, groups: [own, ...upGroups(own)] };
  }
  const candidates = [...new Set([...SERVICE_LABELS, ...MORE_LABELS])];
  const found = await client.series(
    candidates.map((label) => selector(null, { [label]: service.name })),
    start,
    end,
  );
  const groups = candidates.map((label): SeriesGroup & { label: string } => ({
    label,
    matchers: { [label]: service.name },
    series: found.filter((labels) => labels[label] === service.name),
  }));
  // The label that finds most is the one that the target carries, not one that a peer mentions.
  const [first, ...others] = groups.toSorted((a, b) => b.series.length - a.series.length);
  if (!first || first.series.length === 0) return null;
  const own = narrowed(first, alerts);
  const seen = new Set(first.series);
  const ofPlatform = others
    .filter(({ label }) => WORKLOAD_LABELS.has(label))
    .map(({ matchers, series }) => ({ matchers, series: series.filter((one) => !seen.has(one)) }))
    .filter(({ series }) => series.length > 0)
    .map((group) => narrowed(group, alerts));
  return { service: service.name, groups: [own, ...upGroups(own), ...ofPlatform] };
}

/** Only the environment that the alert speaks of, where series of several were found. */
function narrowed({ matchers, series }: SeriesGroup, alerts: readonly Alert[]): SeriesGroup {
  const labels = alerts[0]?.labels ?? {};
  let group: SeriesGroup = { matchers, series };
  for (const label of ENVIRONMENT_LABELS) {
    const value = labels[label];
    if (!value) continue;
    const same = group.series.filter((one) => one[label] === value);
    if (same.length === 0 || same.length === group.series.length) continue;
    group = { matchers: { ...group.matchers, [label]: value }, series: same };
  }
  return group;
}

/**
 * `up` of the targets that a service is scraped from: it bears the labels of the target, which
 * are not always those that the service writes to its own series.
 */
function upGroups(own: SeriesGroup): SeriesGroup[] {
  if (own.series.some((labels) => labels.__name__ === 'up')) return [];
  const instances = new Map<string, Set<string>>();
  for (const { job, instance } of own.series) {
    if (!job || !instance) continue;
    const known = instances.get(job) ?? new Set();
    instances.set(job, known.add(instance));
  }
  return [...instances]
    .sort(([a, x], [b, y]) => y.size - x.size || compareText(a, b))
    .slice(0, MOST_JOBS)
    .map(([job, of]) => ({
      matchers: { job, instance: [...of].sort(compareText).slice(0, MOST_INSTANCES) },
      series: [...of].map((instance) => ({ __name__: 'up', job, instance })),
    }));
}
