import type { MetricSeries } from '#src/domain/bundle.ts';
import type { AccessSeries, LogAnalysis, SeveritySeries } from '#src/logs/windows/types.ts';

const MINUTE = 60;
/** The name of the series that counts records which report errors. */
export const ERROR_RECORDS = 'log_error_records_total';
const TROUBLE = new Set(['error', 'fatal']);

/**
 * What logs tell over time as series: requests by outcome and latency from access lines, and the
 * records that report errors. Counts are given as counters, so that they are judged like those of
 * metrics.
 */
export function seriesOfLogs(analysis: LogAnalysis): MetricSeries[] {
  const minutes = coveredMinutes(analysis);
  return [
    ...analysis.access.flatMap((access) => requestSeries(access, minutes)),
    ...errorSeries(analysis.severity, minutes),
  ];
}

/** Every minute that some record covers, in unix seconds; the last one may be cut short and is left out. */
function coveredMinutes({ severity }: LogAnalysis): number[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { perMinute } of severity) {
    for (const [at] of perMinute) {
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
  }
  const minutes: number[] = [];
  for (let at = first; at < last && minutes.length < 20_000; at += MINUTE) minutes.push(at);
  return minutes;
}

function requestSeries(
  { service, points }: AccessSeries,
  minutes: readonly number[],
): MetricSeries[] {
  const at = new Map(points.map((point) => [point.at, point]));
  const counted = (status: string, count: (point: AccessSeries['points'][number]) => number) =>
    counter('http_requests_total', { service, status }, minutes, (minute) => {
      const point = at.get(minute);
      return point ? count(point) : 0;
    });
  const series = [
    counted('2xx', (point) => point.requests - point.clientErrors - point.serverErrors),
    counted('4xx', (point) => point.clientErrors),
    counted('5xx', (point) => point.serverErrors),
  ];
  for (const [quantile, pick] of [
    ['0.5', 'p50'],
    ['0.95', 'p95'],
  ] as const) {
    const values = points.flatMap((point): [number, string][] => {
      const value = point[pick];
      return value === null ? [] : [[point.at + MINUTE, String(value)]];
    });
    if (values.length === 0) continue;
    series.push({
      metric: { __name__: 'http_request_duration_milliseconds', service, quantile },
      values,
      service,
      signal: 'latency',
      type: 'gauge',
      unit: 'ms',
      query: 'access logs',
    });
  }
  return series;
}

function errorSeries(
  severity: readonly SeveritySeries[],
  minutes: readonly number[],
): MetricSeries[] {
  const services = [...new Set(severity.map(({ service }) => service))].sort();
  return services.flatMap((service): MetricSeries[] => {
    const counts = new Map<number, number>();
    for (const one of severity) {
      if (one.service !== service || !TROUBLE.has(one.level)) continue;
      for (const [at, count] of one.perMinute) counts.set(at, (counts.get(at) ?? 0) + count);
    }
    if (counts.size === 0) return [];
    return [counter(ERROR_RECORDS, { service }, minutes, (minute) => counts.get(minute) ?? 0)];
  });
}

function counter(
  name: string,
  labels: Record<string, string>,
  minutes: readonly number[],
  countAt: (minute: number) => number,
): MetricSeries {
  let sum = 0;
  const values = minutes.map((minute): [number, string] => {
    sum += countAt(minute);
    return [minute + MINUTE, String(sum)];
  });
  const first = minutes[0];
  // A counter's first sample is where counting began.
  if (first !== undefined) values.unshift([first, '0']);
  return {
    metric: { __name__: name, ...labels },
    values,
    service: labels.service ?? '',
    type: 'counter',
    query: 'logs',
  };
}
