import type { DerivedSignal, NoiseModel } from '#src/metrics/contract.ts';
import { indexLimits, type ResourceReading, readResource } from '#src/metrics/derive/limits.ts';
import {
  birthsOf,
  countsOf,
  type FirstSeen,
  type PreparedSeries,
} from '#src/metrics/derive/prepare.ts';
import { countsRequests } from '#src/metrics/derive/request-signals.ts';
import { buildSignal, groupBy, subjectKey } from '#src/metrics/derive/signal-builder.ts';
import { commonAxis, ratesOf, sumCounts } from '#src/metrics/samples/sum-counts.ts';

/** Facets that are read for other purposes than their values. */
const SILENT = new Set(['info', 'expiry', 'restart', 'limit']);

/** True for what is looked at sample by sample: gauges, and quantiles made elsewhere. */
function isLevel(series: PreparedSeries): boolean {
  const { cls } = series;
  const isGauge = cls.type === 'gauge' || cls.part === 'quantile';
  if (!isGauge || SILENT.has(cls.facet) || series.times.length === 0) return false;
  if (cls.unit === 'timestamp') return false;
  if (cls.part === 'bucket' || cls.part === 'sum' || cls.part === 'count') return false;
  return !countsRequests(series);
}

/** True for a counter that is no count of requests: seconds of CPU, throttled periods, restarts. */
function isOtherCounter(series: PreparedSeries): boolean {
  const { cls } = series;
  if (cls.part === 'quantile') return false;
  if (cls.part === 'bucket' || (cls.part === 'count' && cls.signal === 'latency')) return false;
  if (cls.part === 'sum' && cls.signal === 'latency') return false;
  const counts = cls.type === 'counter' || (cls.rated && cls.part !== 'value');
  return counts && !countsRequests(series) && cls.facet !== 'info' && series.times.length > 0;
}

/** One signal for each gauge, as a share of its limit where there is one. */
export function gaugeSignals(all: readonly PreparedSeries[]): DerivedSignal[] {
  const gauges = all.filter(isLevel);
  const readings = new Map<PreparedSeries, ResourceReading>();
  for (const series of all) {
    const isConstant = series.cls.type === 'gauge' && series.cls.facet === 'limit';
    if (!isConstant && !isLevel(series)) continue;
    const reading = readResource(series);
    if (reading !== null) readings.set(series, reading);
  }
  const limits = [...readings].filter(([, reading]) => reading.role === 'limit');
  const limitOf = indexLimits(limits.map(([series, reading]) => ({ series, reading })));

  return gauges.flatMap((series) => {
    const reading = readings.get(series);
    if (reading?.role === 'limit') return [];
    const limit = reading === undefined ? null : limitOf(series, reading);
    const share =
      limit === null || reading === undefined ? null : shareSignal(series, reading, limit);
    return [share ?? levelSignal(series)];
  });
}

function levelSignal(series: PreparedSeries): DerivedSignal {
  const { cls } = series;
  const turned = cls.facet === 'error-ratio' && cls.harm === 'down';
  return buildSignal([series], {
    signal: cls.signal,
    facet: cls.facet,
    aspect: turned ? `1 - ${cls.statistic ?? 'value'}` : (cls.statistic ?? 'value'),
    unit: cls.unit,
    harm: turned ? 'up' : cls.harm,
    scope: 'series',
    model: 'level',
    times: series.times,
    values: turned ? series.values.map((value) => 1 - value) : series.values,
    weights: null,
  });
}

/** Used over limit, or 1 - free over limit; null where the limit says "none". */
function shareSignal(
  series: PreparedSeries,
  reading: ResourceReading,
  limit: PreparedSeries,
): DerivedSignal | null {
  const values = new Float64Array(series.values.length);
  let at = 0;
  let sane = 0;
  for (let i = 0; i < values.length; i += 1) {
    const time = series.times[i] as number;
    while (at + 1 < limit.times.length && (limit.times[at + 1] as number) <= time) at += 1;
    const bound = limit.values[at] ?? 0;
    const share = (series.values[i] as number) / bound;
    values[i] = bound > 0 ? (reading.role === 'free' ? 1 - share : share) : Number.NaN;
    if (bound > 0 && share >= 0 && share <= 1.5) sane += 1;
  }
  if (sane < values.length * 0.9) return null;
  return buildSignal([series, limit], {
    signal: 'saturation',
    facet: reading.resource,
    aspect: reading.role === 'free' ? '1 - free / limit' : 'used / limit',
    unit: 'ratio',
    harm: 'up',
    scope: 'series',
    model: 'level',
    times: series.times,
    values,
    weights: null,
  });
}

/** Rates of counters that count no requests; one signal for each label set without its process. */
export function counterSignals(
  all: readonly PreparedSeries[],
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const groups = groupBy(all.filter(isOtherCounter), (series) => {
    const { cls } = series;
    const rest = Object.keys(series.labels)
      .filter((key) => key !== '__name__')
      .sort()
      .map((key) => `${key}=${series.labels[key]}`);
    return `${subjectKey(series)}\n${cls.family}\n${cls.part}\n${rest.join(',')}`;
  });
  return [...groups.values()].map((group) => {
    const head = group[0] as PreparedSeries;
    const { cls } = head;
    const axis = commonAxis(group.map((one) => one.times));
    const counts = group.map(countsOf);
    const total = sumCounts(axis, counts, birthsOf(group, counts, firstSeen));
    // Seconds spent and bytes moved are amounts; only whole events scatter like counts.
    const model: NoiseModel = head.integers && cls.unit === 'none' ? 'count' : 'level';
    return buildSignal(group, {
      signal: cls.signal,
      facet: cls.facet,
      aspect: cls.part === 'value' ? 'rate' : `rate of ${cls.part}`,
      unit: cls.unit === 'seconds' ? 'ratio' : cls.unit,
      harm: cls.harm,
      scope: 'series',
      model,
      times: axis.times,
      values: ratesOf(
        axis,
        total,
        counts.every((one) => one.fixed),
      ),
      weights: model === 'count' ? total : null,
    });
  });
}
