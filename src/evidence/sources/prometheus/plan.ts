import type { MetricSeries, Signal } from '#src/domain/bundle.ts';
import { SIGNALS } from '#src/domain/bundle.ts';
import type { ServiceSeries } from '#src/evidence/sources/prometheus/find-service.ts';
import { selector } from '#src/evidence/sources/prometheus/promql.ts';
import { classifySeries } from '#src/metrics/classify/classify-series.ts';
import { compareText } from '#src/platform/compare.ts';

/** One question to Prometheus about a service. */
export type PlannedQuery = {
  service: string;
  /** PromQL; `$window` stands for the rate window. */
  query: string;
  /** Raw samples at their own times are wanted (the query is a plain selector). */
  raw: boolean;
  signal: Signal | null;
  type: MetricSeries['type'] | null;
  unit: string | null;
  /** Added to the labels of the answer, which an aggregation may have taken away. */
  labels: Record<string, string>;
  rank: number;
};

export type PlanOptions = {
  maxSeries: number;
  /** Queries for one service at the most. */
  maxQueries: number;
  /** A neighbour is asked for its golden signals only. */
  isNeighbour: boolean;
};

type Family = { name: string; series: Record<string, string>[] };

const QUANTILES = ['0.5', '0.9', '0.99'];
/** Facets that tell of a change rather than of health. */
const CHANGE_FACETS = new Set(['restart', 'info', 'limit', 'replicas']);
const NEIGHBOUR_FACETS = new Set(['cpu', 'memory', 'disk', 'connections', 'queue', 'throttling']);

/** The queries for what a service really exposes, most telling first. */
export function planQueries(found: ServiceSeries, options: PlanOptions): PlannedQuery[] {
  const families = familiesOf(found.series);
  const names = new Set(families.map(({ name }) => name));
  const classes = classifySeries(
    families.map(({ name, series }) => ({ metric: { ...series[0], __name__: name }, values: [] })),
  );
  const planned = families.flatMap((family, index): PlannedQuery[] => {
    const told = classes[index];
    if (!told) return [];
    const isChange = CHANGE_FACETS.has(told.facet);
    if (told.signal === 'other' && !isChange) return [];
    if (options.isNeighbour && told.signal === 'saturation' && !NEIGHBOUR_FACETS.has(told.facet)) {
      return [];
    }
    const base = family.name.replace(/_(?:bucket|sum|count)$/, '');
    const isHistogram = names.has(`${base}_bucket`) && names.has(`${base}_count`);
    // The buckets answer for the whole histogram; its count and sum stay, for rates and means.
    const signal = told.signal === 'other' ? null : told.signal;
    const rank = isChange ? SIGNALS.length : SIGNALS.indexOf(signal ?? 'saturation');
    const query = { service: found.service, signal, rank, labels: {} };
    if (family.name.endsWith('_bucket') && isHistogram) {
      return QUANTILES.map((quantile) =>
        quantileQuery(found, family.name, quantile, { ...query, signal: 'latency' }),
      );
    }
    return [
      plainQuery(found, family, told.type, told.part === 'value' ? signal : null, query, options),
    ];
  });
  return planned
    .sort((a, b) => a.rank - b.rank || compareText(a.query, b.query))
    .slice(0, options.maxQueries);
}

type Common = Pick<PlannedQuery, 'service' | 'signal' | 'rank' | 'labels'>;

function quantileQuery(
  found: ServiceSeries,
  name: string,
  quantile: string,
  common: Common,
): PlannedQuery {
  const rate = `rate(${selector(name, found.matchers)}[$window])`;
  return {
    ...common,
    query: `histogram_quantile(${quantile}, sum by (le) (${rate}))`,
    raw: false,
    type: 'gauge',
    unit: /_seconds_bucket$/.test(name)
      ? 'seconds'
      : /_(?:ms|milliseconds)_bucket$/.test(name)
        ? 'milliseconds'
        : null,
    labels: { __name__: name.replace(/_bucket$/, ''), quantile },
  };
}

function plainQuery(
  found: ServiceSeries,
  family: Family,
  type: MetricSeries['type'],
  signal: Signal | null,
  common: Common,
  options: PlanOptions,
): PlannedQuery {
  const plain = selector(family.name, found.matchers);
  const shared = { ...common, signal, unit: null, type: type ?? null };
  if (family.series.length <= options.maxSeries) return { ...shared, query: plain, raw: true };
  if (type !== 'counter' && !/_(?:sum|count)$/.test(family.name)) {
    return { ...shared, query: `topk(${options.maxSeries}, ${plain})`, raw: false };
  }
  // Too many series: labels that tell outcomes apart stay, those that tell instances apart go.
  const keep = labelsToKeep(family.series, options.maxSeries);
  const by = keep.length > 0 ? ` by (${keep.join(', ')})` : '';
  return {
    ...shared,
    query: `topk(${options.maxSeries}, sum${by} (rate(${plain}[$window])))`,
    raw: false,
    type: 'gauge',
    labels: { __name__: family.name },
  };
}

const OUTCOME_LABELS =
  /^(?:status|status_code|code|http_status|http_status_code|http_response_status_code|response_code|grpc_code|grpc_status|outcome|result|success|error|error_type|exception)$/;
const PLACE_LABELS = /^(?:instance|pod|pod_name|container_id|id|host|node|replica|ip)$/;

/** Outcome labels first, then others while the number of combinations stays in bounds. */
function labelsToKeep(series: readonly Record<string, string>[], most: number): string[] {
  const valuesOf = new Map<string, Set<string>>();
  for (const labels of series) {
    for (const [label, value] of Object.entries(labels)) {
      if (label === '__name__' || label === 'le' || PLACE_LABELS.test(label)) continue;
      const values = valuesOf.get(label) ?? new Set();
      values.add(value);
      valuesOf.set(label, values);
    }
  }
  const ordered = [...valuesOf].sort(
    ([a, x], [b, y]) =>
      Number(OUTCOME_LABELS.test(b)) - Number(OUTCOME_LABELS.test(a)) ||
      x.size - y.size ||
      compareText(a, b),
  );
  const keep: string[] = [];
  let combinations = 1;
  for (const [label, values] of ordered) {
    if (combinations * values.size > most && keep.length > 0) continue;
    combinations *= values.size;
    if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) && combinations <= most) keep.push(label);
  }
  return keep.sort(compareText);
}

function familiesOf(series: readonly Record<string, string>[]): Family[] {
  const families = new Map<string, Record<string, string>[]>();
  for (const labels of series) {
    const name = labels.__name__;
    if (name === undefined) continue;
    const known = families.get(name);
    if (known) known.push(labels);
    else families.set(name, [labels]);
  }
  return [...families]
    .map(([name, all]) => ({ name, series: all }))
    .sort((a, b) => compareText(a.name, b.name));
}
