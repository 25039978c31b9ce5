import type { MetricSeries } from '#src/domain/bundle.ts';
import { counter, createNoise, range, series } from '../build-series.ts';

export const COUNT = 150;
export const BASELINE = 100;

/** How one service behaves at each point; what is left out is normal. */
export type Behaviour = {
  /** Requests an interval. */
  traffic?: (i: number) => number;
  /** Share of failed requests. */
  errors?: (i: number) => number;
  /** Seconds. */
  latency?: (i: number) => number;
  /** Share of a pool. */
  pool?: (i: number) => number;
  up?: (i: number) => number;
};

/** Series of one service in the manner of prom-client. */
export function serviceSeries(service: string, behaviour: Behaviour, seed = 1): MetricSeries[] {
  const noise = createNoise(seed * 7919 + service.length + service.charCodeAt(0));
  const { traffic = () => 200, errors = () => 0.002, latency = () => 0.05, pool, up } = behaviour;
  const counts = range(COUNT, (i) => noise.poisson(traffic(i)));
  const failed = counts.map((n, i) => Math.min(n, noise.poisson(n * errors(i))));
  const times = counts.map((n, i) => n * latency(i) * Math.exp(0.05 * noise.normal()));
  const base = { service };
  const request = { __name__: 'http_requests_total', ...base };
  return [
    series({ ...request, status: '200' }, counter(counts.map((n, i) => n - failed[i]!))),
    series({ ...request, status: '500' }, counter(failed)),
    series({ __name__: 'http_request_duration_seconds_sum', ...base }, counter(times)),
    series({ __name__: 'http_request_duration_seconds_count', ...base }, counter(counts)),
    ...(pool === undefined
      ? []
      : [
          series(
            { __name__: 'db_pool_active', ...base },
            range(COUNT, (i) => Math.round(50 * pool(i))),
          ),
          series(
            { __name__: 'db_pool_max', ...base },
            range(COUNT, () => 50),
          ),
        ]),
    ...(up === undefined ? [] : [series({ __name__: 'up', ...base }, range(COUNT, up))]),
  ];
}

/** `after(110, a, b)`: `b` from point 110 on, `a` before. */
export const after = (from: number, before: number, then: number) => (i: number) =>
  i >= from ? then : before;
