import { expect, test } from 'vitest';
import { deriveSignals } from '#src/metrics/derive/derive-signals.ts';
import { at, counter, ORIGIN, range, STEP, series } from '../build-series.ts';

const flat = (value: number) => range(12, () => value);
const PAIRS: [string, Record<string, string>, number, Record<string, string>, number, number][] = [
  [
    'pool',
    { __name__: 'hikaricp_connections_active', app: 'a', pool: 'p' },
    8,
    { __name__: 'hikaricp_connections_max', app: 'a', pool: 'p' },
    10,
    0.8,
  ],
  [
    'descriptors',
    { __name__: 'process_open_fds', job: 'a', instance: 'x' },
    90,
    { __name__: 'process_max_fds', job: 'a', instance: 'x' },
    100,
    0.9,
  ],
  [
    'disk',
    { __name__: 'node_filesystem_avail_bytes', instance: 'n', mountpoint: '/' },
    20,
    { __name__: 'node_filesystem_size_bytes', instance: 'n', mountpoint: '/' },
    100,
    0.8,
  ],
  [
    'memory of a node',
    { __name__: 'node_memory_MemAvailable_bytes', instance: 'n' },
    30,
    { __name__: 'node_memory_MemTotal_bytes', instance: 'n' },
    100,
    0.7,
  ],
  [
    'container against the cluster’s limit',
    { __name__: 'container_memory_working_set_bytes', job: 'kubelet', pod: 'a-0', container: 'a' },
    50,
    {
      __name__: 'kube_pod_container_resource_limits',
      job: 'kube-state-metrics',
      pod: 'a-0',
      container: 'a',
      resource: 'memory',
    },
    100,
    0.5,
  ],
  [
    'threads',
    { __name__: 'tomcat_threads_busy_threads', app: 'a' },
    150,
    { __name__: 'tomcat_threads_config_max_threads', app: 'a' },
    200,
    0.75,
  ],
  [
    'OpenTelemetry pool',
    { __name__: 'db_client_connections_usage', service_name: 'a', pool_name: 'p', state: 'used' },
    4,
    { __name__: 'db_client_connections_max', service_name: 'a', pool_name: 'p' },
    5,
    0.8,
  ],
  [
    'redis',
    { __name__: 'redis_memory_used_bytes', job: 'r' },
    9,
    { __name__: 'redis_memory_max_bytes', job: 'r' },
    10,
    0.9,
  ],
];

test.each(PAIRS)('%s: used against its limit', (_, used, value, limit, bound, expected) => {
  const { signals } = deriveSignals([series(used, flat(value)), series(limit, flat(bound))]);
  const share = signals.find((one) => one.aspect.includes('limit'))!;
  expect(share.values[5]).toBeCloseTo(expected, 9);
  expect(share.harm).toBe('up');
  expect(share.sources).toEqual([0, 1]);
});

test('a limit of another pool or of "none" is not used', () => {
  const used = series({ __name__: 'hikaricp_connections_active', app: 'a', pool: 'p' }, flat(8));
  for (const [pool, bound] of [
    ['q', 10],
    ['p', -1],
  ] as const) {
    const limit = series({ __name__: 'hikaricp_connections_max', app: 'a', pool }, flat(bound));
    const { signals } = deriveSignals([used, limit]);
    expect(signals.some((one) => one.aspect.includes('limit'))).toBe(false);
  }
});

test('cache hits and misses give a miss ratio', () => {
  const { signals } = deriveSignals([
    series({ __name__: 'redis_keyspace_hits_total', job: 'r' }, counter(flat(90))),
    series({ __name__: 'redis_keyspace_misses_total', job: 'r' }, counter(flat(10))),
  ]);
  expect(signals.find((one) => one.aspect === 'misses / lookups')!.values[5]).toBeCloseTo(0.1, 9);
});

test('ages and expiries are told in seconds', () => {
  const { signals } = deriveSignals([
    series({ __name__: 'job_last_success_timestamp_seconds', job: 'a' }, flat(ORIGIN - 60)),
    series({ __name__: 'cert_expiry_timestamp_seconds', job: 'a' }, flat(ORIGIN + 3600)),
  ]);
  expect(signals.find((one) => one.facet === 'freshness')!.values[2]).toBe(60 + 2 * STEP);
  expect(signals.find((one) => one.facet === 'expiry')!.values[2]).toBe(3600 - 2 * STEP);
});

test('restarts from start times, uptimes, counters and common resets', () => {
  const restarted = ORIGIN + 5 * STEP - 7;
  const start = range(12, (i) => (i < 5 ? ORIGIN - 999 : restarted));
  const uptime = range(12, (i) => (i < 5 ? 999 + i * STEP : 7 + (i - 5) * STEP));
  const reset = range(12, (i) => (i < 5 ? 100 + i : i - 5));
  const of = (...all: Parameters<typeof deriveSignals>[0]) => deriveSignals(all).changes;
  const expected = [{ kind: 'restart', at: restarted * 1000, service: 'a' }];
  expect(of(series({ __name__: 'process_start_time_seconds', job: 'a' }, start))).toMatchObject(
    expected,
  );
  expect(of(series({ __name__: 'process_uptime_seconds', job: 'a' }, uptime))).toMatchObject(
    expected,
  );
  expect(
    of(
      series(
        { __name__: 'kube_pod_container_status_restarts_total', service: 'a' },
        range(12, (i) => (i < 5 ? 2 : 3)),
      ),
    ),
  ).toMatchObject([{ kind: 'restart', at: at(5), after: at(4) }]);
  expect(
    of(
      ...['a_total', 'b_total', 'c_total'].map((name) =>
        series({ __name__: name, job: 'a' }, reset),
      ),
    ),
  ).toMatchObject([{ kind: 'restart', at: at(5) }]);
});

test('a new version, a moved limit, and processes that took over', () => {
  const v = (version: string, from: number, to: number, pod = 'p') =>
    series(
      { __name__: 'build_info', service: 'a', version, pod },
      range(12, (i) => (i >= from && i < to ? 1 : null)),
    );
  expect(deriveSignals([v('1.0', 0, 6), v('1.1', 6, 12)]).changes).toMatchObject([
    { kind: 'version', service: 'a', from: '1.0', to: '1.1', at: at(6) },
  ]);
  const limit = series(
    { __name__: 'db_pool_max', service: 'a' },
    range(12, (i) => (i < 7 ? 20 : 5)),
  );
  expect(deriveSignals([limit]).changes).toMatchObject([
    { kind: 'limit', from: '20', to: '5', at: at(7) },
  ]);
  const pods = range(2, (k) =>
    series(
      { __name__: 'up', service: 'a', pod: `a-${k}` },
      range(30, (i) => (k === 0 ? (i < 12 ? 1 : null) : i >= 12 ? 1 : null)),
    ),
  );
  expect(deriveSignals(pods).changes).toMatchObject([
    { kind: 'version', from: 'a-0', to: 'a-1', at: at(12) },
  ]);
});

test('processes of a service are one share that answers', () => {
  const { signals } = deriveSignals(
    range(4, (k) =>
      series(
        { __name__: 'up', job: 'a', instance: `i${k}` },
        range(12, (i) => (k === 0 && i > 5 ? 0 : 1)),
      ),
    ),
  );
  const share = signals.find((one) => one.aspect === 'share up')!;
  expect([share.values[5], share.values[6]]).toEqual([1, 0.75]);
});
