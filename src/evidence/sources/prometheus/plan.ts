import type { MetricSeries, Signal } from '#src/domain/bundle.ts';
import type { ServiceSeries } from '#src/evidence/sources/prometheus/find-service.ts';
import { type Matchers, selector } from '#src/evidence/sources/prometheus/promql.ts';
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
  /** Which series of the answer are wanted, where the query asks about everybody. */
  about?: (labels: Readonly<Record<string, string>>) => boolean;
};

export type PlanOptions = {
  maxSeries: number;
  /** Queries for one service at the most. */
  maxQueries: number;
  /** A neighbour is asked for its golden signals only. */
  isNeighbour: boolean;
  /** What the server knows of the types of metrics, by family name. */
  types: ReadonlyMap<string, string>;
};

type Family = { name: string; series: Record<string, string>[]; matchers: Matchers };

const QUANTILES = ['0.5', '0.9', '0.99'];
/** Facets that tell of a change rather than of health. */
const CHANGE_FACETS = new Set(['restart', 'info', 'limit', 'replicas']);
const NEIGHBOUR_FACETS = new Set(['cpu', 'memory', 'disk', 'connections', 'queue', 'throttling']);
/** What is asked for first; the few that tell most stand before the many of saturation. */
const ORDER: readonly (Signal | 'change')[] = [
  'up',
  'errors',
  'traffic',
  'latency',
  'dependency',
  'change',
  'saturation',
];
/** No kind of question takes more than this share of the queries while others are open. */
const MOST_OF_ONE_KIND = 0.4;

/** The queries for what a service really exposes, most telling first. */
export function planQueries(found: ServiceSeries, options: PlanOptions): PlannedQuery[] {
  const families = found.groups.flatMap(({ matchers, series }) => familiesOf(series, matchers));
  const names = new Set(families.map(({ name }) => name));
  const classes = classifySeries(families.map((family) => sketchOf(family, options.types)));
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
    const rank = ORDER.indexOf(isChange ? 'change' : (signal ?? 'saturation'));
    const query = { service: found.service, signal, rank, labels: {} };
    if (family.name.endsWith('_bucket') && isHistogram) {
      // Not every duration is one that a caller waits for: pauses of the runtime are none.
      if (told.facet !== 'latency') return [];
      return QUANTILES.map((quantile) => quantileQuery(family, quantile, query));
    }
    return [plainQuery(family, told.type, told.part === 'value' ? signal : null, query, options)];
  });
  return withinQuota(planned, options.maxQueries);
}

/** At most `most` queries; a kind that has very many does not crowd out the others. */
function withinQuota(planned: readonly PlannedQuery[], most: number): PlannedQuery[] {
  const sorted = planned.toSorted((a, b) => a.rank - b.rank || compareText(a.query, b.query));
  const quota = Math.ceil(most * MOST_OF_ONE_KIND);
  const taken = new Map<number, number>();
  const first: PlannedQuery[] = [];
  const rest: PlannedQuery[] = [];
  for (const query of sorted) {
    const count = taken.get(query.rank) ?? 0;
    taken.set(query.rank, count + 1);
    (count < quota ? first : rest).push(query);
  }
  return [...first, ...rest].slice(0, most);
}

/** Any time since the epoch, in seconds: what such a metric's values look like. */
const A_TIMESTAMP = '1700000000';

/** A family as far as it is known before it was asked for, to be told what it measures. */
function sketchOf({ name, series }: Family, types: ReadonlyMap<string, string>): MetricSeries {
  const sketch: MetricSeries = { metric: { ...series[0], __name__: name }, values: [] };
  const type = types.get(name);
  if (type === 'counter' || type === 'gauge' || type === 'histogram') sketch.type = type;
  // A family of its own name that is a histogram is a native one: a classic one has parts.
  if (type === 'histogram') sketch.histograms = [[0, {}]];
  if (/_time(?:stamp)?(?:_seconds)?$/.test(name))
    sketch.values = [[Number(A_TIMESTAMP), A_TIMESTAMP]];
  return sketch;
}

type Common = Pick<PlannedQuery, 'service' | 'signal' | 'rank' | 'labels'>;

function quantileQuery(family: Family, quantile: string, common: Common): PlannedQuery {
  const { name } = family;
  const rate = `rate(${selector(name, family.matchers)}[$window])`;
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
  family: Family,
  type: MetricSeries['type'],
  signal: Signal | null,
  common: Common,
  options: PlanOptions,
): PlannedQuery {
  const plain = selector(family.name, family.matchers);
  const shared = { ...common, signal, unit: null, type: type ?? null };
  if (family.series.length <= options.maxSeries) return { ...shared, query: plain, raw: true };
  const isNative = type === 'histogram' && !family.name.endsWith('_bucket');
  if (!isNative && type !== 'counter' && !/_(?:sum|count|bucket)$/.test(family.name)) {
    return { ...shared, query: `topk(${options.maxSeries}, ${plain})`, raw: false };
  }
  // Too many series: labels that tell outcomes apart stay, those that tell instances apart go.
  const keep = labelsToKeep(family.series, options.maxSeries);
  const by = keep.length > 0 ? ` by (${keep.join(', ')})` : '';
  const sum = `sum${by} (rate(${plain}[$window]))`;
  return {
    ...shared,
    // Native histograms have no order that topk could go by.
    query: isNative ? sum : `topk(${options.maxSeries}, ${sum})`,
    raw: false,
    type: isNative ? 'histogram' : 'gauge',
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

function familiesOf(series: readonly Record<string, string>[], matchers: Matchers): Family[] {
  const families = new Map<string, Record<string, string>[]>();
  for (const labels of series) {
    const name = labels.__name__;
    if (name === undefined) continue;
    const known = families.get(name);
    if (known) known.push(labels);
    else families.set(name, [labels]);
  }
  return [...families]
    .map(([name, all]) => ({ name, series: all, matchers }))
    .sort((a, b) => compareText(a.name, b.name));
}
