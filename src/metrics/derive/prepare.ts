import type { MetricSeries } from '#src/domain/bundle.ts';
import type { Classifier } from '#src/metrics/classify/classify-series.ts';
import { isOutcomeKey } from '#src/metrics/classify/outcome.ts';
import { snake } from '#src/metrics/classify/tokens.ts';
import type { SeriesClass } from '#src/metrics/contract.ts';
import {
  birthIncrement,
  type Increments,
  incrementsOf,
  incrementsOfRates,
} from '#src/metrics/samples/increments.ts';
import { parseSamples } from '#src/metrics/samples/parse.ts';
import { profileOf } from '#src/metrics/samples/profile.ts';
import type { TimeAxes } from '#src/metrics/samples/time-axes.ts';

/** A raw series, classified, with its finite samples in the unit of its class. */
export type PreparedSeries = {
  /** Its place in the input. */
  index: number;
  labels: Readonly<Record<string, string>>;
  cls: SeriesClass;
  times: Float64Array;
  values: Float64Array;
  integers: boolean;
  histograms: MetricSeries['histograms'];
  /** Value of the label that names a route or operation, and of the one that names a process. */
  route: string | null;
  instance: string | null;
};

const ROUTE_KEYS = new Set(
  (
    'route http_route handler path uri endpoint url operation rpc_method grpc_method action ' +
    'controller view topic queue command resource_path path_template request_path span_name'
  ).split(' '),
);
/** In the order in which they tell one process from another best. */
const INSTANCE_KEYS = [
  'instance',
  'pod',
  'pod_name',
  'k8s_pod_name',
  'service_instance_id',
  'exported_instance',
  'container_id',
  'host',
  'hostname',
  'node',
  'replica',
];
export const INSTANCE_KEY_SET: ReadonlySet<string> = new Set([
  ...INSTANCE_KEYS,
  'exported_pod',
  'kubernetes_pod_name',
  'pod_ip',
  'nodename',
  'id',
  'uid',
  'task_id',
  'pid',
  'replicaset',
  'pod_template_hash',
]);

/** Spells label keys in snake case and remembers them. */
export type KeySpelling = (key: string) => string;

/** @returns a {@link KeySpelling} with a bounded memory */
export function createKeySpelling(): KeySpelling {
  const known = new Map<string, string>();
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined) return hit;
    const spelt = snake(key);
    if (known.size < 10_000) known.set(key, spelt);
    return spelt;
  };
}

/** Reads, classifies and scales one series. */
export function prepareSeries(
  series: MetricSeries,
  index: number,
  classify: Classifier,
  axes: TimeAxes,
  spell: KeySpelling,
): PreparedSeries {
  const samples = parseSamples(series.values);
  const profile = profileOf(samples.values);
  const cls = classify(series, profile);
  const scaled = cls.scale !== 1 && cls.part !== 'count' && cls.part !== 'bucket';
  const scalesRates = cls.facet === 'request-rate' || cls.facet === 'event-rate';
  const values =
    scaled && !scalesRates ? samples.values.map((value) => value * cls.scale) : samples.values;
  let route: string | null = null;
  const byKey = new Map<string, string>();
  for (const key in series.metric) {
    const spelt = spell(key);
    const value = series.metric[key] as string;
    if (ROUTE_KEYS.has(spelt)) route = route === null ? value : `${route} ${value}`;
    byKey.set(spelt, value);
  }
  const instanceKey = INSTANCE_KEYS.find((key) => byKey.has(key));
  const instance = instanceKey === undefined ? null : (byKey.get(instanceKey) ?? null);
  return {
    index,
    labels: series.metric,
    cls,
    times: axes(samples.times),
    values,
    integers: profile.integers,
    histograms: series.histograms,
    route,
    instance,
  };
}

/** Events an interval of a counter or of something already rated. */
export function countsOf(series: PreparedSeries): Increments {
  return series.cls.type === 'counter' || (series.cls.type === 'histogram' && !series.cls.rated)
    ? incrementsOf(series.times, series.values)
    : incrementsOfRates(series.times, series.values, series.integers);
}

/** When a process of a service was first seen, by any of its series; milliseconds. */
export type FirstSeen = (series: PreparedSeries) => number;

/** @param all every series of the analysis */
export function firstSeenOf(all: readonly PreparedSeries[]): FirstSeen {
  const earliest = new Map<string, number>();
  const keyOf = (series: PreparedSeries) => `${series.cls.service ?? ''}\n${series.instance ?? ''}`;
  for (const series of all) {
    const first = series.times[0];
    if (first === undefined) continue;
    const key = keyOf(series);
    earliest.set(key, Math.min(earliest.get(key) ?? Number.POSITIVE_INFINITY, first));
  }
  return (series) => earliest.get(keyOf(series)) ?? series.times[0] ?? 0;
}

/**
 * For each series of a group, the events it had counted at its first sample, where the same
 * process was watched before; else 0.
 */
export function birthsOf(
  group: readonly PreparedSeries[],
  counts: readonly Increments[],
  firstSeen: FirstSeen,
): number[] {
  return group.map((series, i) => {
    const first = series.times[0];
    if (first === undefined || series.cls.type === 'gauge' || firstSeen(series) >= first) return 0;
    return birthIncrement(series.values, (counts[i] as Increments).counts);
  });
}

/** Labels that all series of a group share, without the name and what tells outcomes or buckets. */
export function commonLabels(group: readonly PreparedSeries[]): Record<string, string> {
  const head = group[0];
  if (head === undefined) return {};
  const common: [string, string][] = [];
  for (const key of Object.keys(head.labels).sort()) {
    if (key === '__name__' || key === 'le') continue;
    const value = head.labels[key] as string;
    if (group.every((other) => other.labels[key] === value)) common.push([key, value]);
  }
  return Object.fromEntries(common.filter(([key]) => group.length === 1 || !isOutcomeKey(key)));
}
