import { expect, test } from 'vitest';
import { analyseMetrics } from '#src/metrics/analyse.ts';
import type { MetricOptions } from '#src/metrics/contract.ts';
import { at, counter, createNoise, range, scopeOf, series } from '../build-series.ts';
import { after, BASELINE, type Behaviour, COUNT, serviceSeries } from './build-system.ts';

const scope = scopeOf(BASELINE, COUNT);

function analyse(
  system: Record<string, Behaviour>,
  options: Partial<MetricOptions> = {},
  more: Parameters<typeof analyseMetrics>[0] = [],
) {
  const all = Object.entries(system).flatMap(([name, behaviour], i) =>
    serviceSeries(name, behaviour, i),
  );
  return analyseMetrics([...all, ...more], { ...scope, ...options });
}

const CHAIN = [
  { name: 'web', depends_on: ['cart'] },
  { name: 'cart', depends_on: ['stock', 'mail'] },
  { name: 'stock', depends_on: [] },
  { name: 'mail', depends_on: [] },
];
const conditionOf = (analysis: ReturnType<typeof analyse>, name: string) =>
  analysis.services.find(({ service }) => service === name)?.condition;

test('nothing wrong: everybody is healthy and nobody is suspected', () => {
  const analysis = analyse({ web: {}, cart: {}, stock: {}, mail: {} }, { services: CHAIN });
  expect(analysis.firstFailingService).toBeNull();
  expect(analysis.onset).toBeNull();
  expect(analysis.blastRadius).toEqual([]);
  expect(analysis.services.map(({ condition }) => condition)).toEqual(Array(4).fill('healthy'));
});

test('callers of a failing dependency are victims', () => {
  const system = {
    web: { errors: after(110, 0.002, 0.25) },
    cart: { errors: after(110, 0.002, 0.3) },
    stock: { errors: after(110, 0.002, 0.35) },
    mail: {},
  };
  const analysis = analyse(system, { services: CHAIN, service: 'web' });
  expect(analysis.suspects[0]).toMatchObject({
    service: 'stock',
    role: 'cause',
    harmed: ['cart', 'web'],
  });
  expect(analysis.firstFailingService).toBe('stock');
  expect(analysis.blastRadius).toEqual(['cart', 'web']);
  expect(analysis.onset).toBe(at(110));
  expect(analysis.suspects.find(({ service }) => service === 'web')!.role).toBe('victim');
  expect(conditionOf(analysis, 'mail')).toBe('healthy');
});

test('slowness travels up by its size: a small rise below does not explain a large one above', () => {
  const system = {
    web: { latency: after(110, 0.2, 1.2) },
    cart: { latency: after(110, 0.1, 1.1) },
    stock: { latency: after(110, 0.01, 0.018) },
    mail: {},
  };
  const { suspects } = analyse(system, { services: CHAIN, service: 'web' });
  expect(suspects[0]!.service).toBe('cart');
});

test('trouble behind a dependency that measures nothing is still found', () => {
  const system = {
    web: { errors: after(110, 0.002, 0.2) },
    stock: { errors: after(110, 0.002, 0.4) },
  };
  const { suspects } = analyse(system, { services: CHAIN, service: 'web' });
  expect(suspects[0]!.service).toBe('stock');
});

test('less traffic below a failing caller is a consequence', () => {
  const system = {
    web: { errors: after(110, 0.002, 0.6) },
    cart: { traffic: after(110, 200, 60) },
    stock: { traffic: after(110, 200, 60) },
    mail: {},
  };
  const analysis = analyse(system, { services: CHAIN, service: 'web' });
  expect(analysis.firstFailingService).toBe('web');
  expect(conditionOf(analysis, 'stock')).toBe('healthy');
  expect(analysis.blastRadius).toEqual([]);
});

test('retries on a failing dependency are no surge that caused it', () => {
  const system = {
    web: { errors: after(110, 0.002, 0.3) },
    cart: { errors: after(110, 0.002, 0.4) },
    stock: { errors: after(110, 0.002, 0.5), traffic: after(115, 200, 600) },
    mail: {},
  };
  const { suspects } = analyse(system, { services: CHAIN, service: 'web' });
  expect(suspects[0]).toMatchObject({ service: 'stock' });
  expect(suspects[0]!.category).not.toBe('traffic');
  expect(suspects[0]!.reasons.join()).toContain('retries');
});

test('a surge that precedes the trouble makes it one of traffic', () => {
  const surge = after(108, 200, 900);
  const system = {
    web: { traffic: surge },
    cart: { traffic: surge, latency: after(112, 0.05, 0.9), errors: after(112, 0.002, 0.2) },
    stock: { traffic: surge },
    mail: {},
  };
  const { suspects } = analyse(system, { services: CHAIN, service: 'cart' });
  expect(suspects[0]).toMatchObject({ service: 'cart', category: 'traffic' });
});

test('a full pool under normal traffic is the cause', () => {
  const system = {
    web: { latency: after(112, 0.05, 1) },
    cart: { latency: after(112, 0.05, 1.1) },
    stock: {
      latency: after(112, 0.05, 1.2),
      pool: (i: number) => Math.min(1, i >= 104 ? 0.3 + (i - 104) * 0.09 : 0.3),
    },
    mail: {},
  };
  const { suspects, signals } = analyse(system, { services: CHAIN, service: 'web' });
  expect(suspects[0]!.service).toBe('stock');
  const pool = signals.find(({ aspect }) => aspect === 'used / limit')!;
  expect(suspects.some(({ signalId }) => signalId === pool.id)).toBe(true);
});

test('a dependency without metrics is known by what its callers see', () => {
  const failing = range(COUNT, (i) => (i >= 110 ? 0 : 1));
  const gauge = series(
    { __name__: 'dependency_up', service: 'cart', dependency: 'mongodb' },
    failing,
  );
  const analysis = analyse({ cart: { errors: after(111, 0.002, 0.5) } }, {}, [gauge]);
  expect(analysis.edges).toContainEqual({ from: 'cart', to: 'mongodb', source: 'metrics' });
  expect(analysis.suspects[0]).toMatchObject({
    service: 'mongodb',
    category: 'dependency',
    harmed: ['cart'],
  });
  expect(analysis.firstFailingService).toBe('cart');
});

test('a caller that measures a healthy dependency acquits it', () => {
  const calls = ['200', '503'].map((code) =>
    series(
      { __name__: 'http_client_requests_total', service: 'cart', peer: 'mail', code },
      counter(range(COUNT, () => (code === '200' ? 100 : 0))),
    ),
  );
  const system = {
    cart: { errors: after(110, 0.002, 0.2) },
    stock: { errors: after(110, 0.002, 0.2) },
    mail: { errors: after(110, 0.002, 0.2) },
  };
  const { suspects } = analyse(system, { services: CHAIN, service: 'cart' }, calls);
  expect(suspects[0]!.service).toBe('stock');
  const score = (name: string) => suspects.find(({ service }) => service === name)!.score;
  expect(score('mail')).toBeLessThan(score('stock') / 2);
});

test('without a graph, who broke first and worst leads', () => {
  const first = analyse({
    n1: { errors: after(118, 0.002, 0.2) },
    n2: { errors: after(108, 0.002, 0.3) },
    n3: { errors: after(116, 0.002, 0.25) },
  });
  expect(first.firstFailingService).toBe('n2');
  expect(first.blastRadius).toEqual(['n1', 'n3']);
  const worst = analyse({
    n1: { errors: after(110, 0.002, 0.1) },
    n2: { errors: after(110, 0.002, 0.7) },
  });
  expect(worst.firstFailingService).toBe('n2');
});

test('a crashed process that no longer answers scrapes comes first', () => {
  const system = {
    web: { errors: after(110, 0.002, 0.3) },
    cart: { errors: after(110, 0.002, 0.5) },
    stock: { up: after(110, 1, 0) },
    mail: {},
  };
  const cut = (one: Parameters<typeof analyseMetrics>[0][number]) =>
    one.metric.service === 'stock' && one.metric.__name__ !== 'up'
      ? { ...one, values: one.values.slice(0, 110) }
      : one;
  const all = Object.entries(system).flatMap(([name, behaviour], i) =>
    serviceSeries(name, behaviour, i),
  );
  const analysis = analyseMetrics(all.map(cut), { ...scope, services: CHAIN, service: 'web' });
  expect(analysis.firstFailingService).toBe('stock');
  expect(conditionOf(analysis, 'stock')).toBe('failing');
  expect(analysis.onset).toBe(at(110));
});

test('a scrape that fails while requests are served elsewhere is no outage', () => {
  const seen = [
    series(
      {
        __name__: 'haproxy_backend_http_responses_total',
        job: 'haproxy',
        proxy: 'cart',
        code: '2xx',
      },
      counter(range(COUNT, () => 50)),
    ),
    series({ __name__: 'up', job: 'cart' }, range(COUNT, after(110, 1, 0))),
  ];
  const analysis = analyseMetrics(seen, { ...scope, services: [{ name: 'cart' }] });
  expect(conditionOf(analysis, 'cart')).toBe('healthy');
});

test('a load balancer’s address is not blamed for the service behind it', () => {
  const noise = createNoise(3);
  const gauge = (service: string, of: (i: number) => number) =>
    series(
      { __name__: 'latency_seconds', service },
      range(COUNT, (i) => of(i) * Math.exp(0.05 * noise.normal())),
    );
  const endpoint = 'prod-search-77.eu-west-1.elb.example.com';
  const { suspects } = analyseMetrics(
    [
      gauge('web', after(110, 0.2, 1.2)),
      gauge(endpoint, after(110, 0.05, 1.05)),
      gauge('zsearch', after(110, 0.05, 1.05)),
    ],
    {
      ...scope,
      service: 'web',
      edges: [
        { from: 'web', to: endpoint },
        { from: 'web', to: 'zsearch' },
      ],
    },
  );
  expect(suspects[0]!.service).toBe('zsearch');
});

test('a caller that floods its dependency with repeated calls is the cause, the dependency a victim', () => {
  const noise = createNoise(5);
  const calls = (of: (i: number) => number) =>
    series(
      { __name__: 'http_client_requests_total', service: 'cart', peer: 'stock', code: '200' },
      counter(range(COUNT, (i) => noise.poisson(of(i)))),
    );
  const system = {
    web: { errors: after(110, 0.002, 0.4) },
    cart: { errors: after(110, 0.002, 0.5), latency: after(110, 0.05, 2) },
    stock: { latency: after(110, 0.05, 2.5), traffic: after(110, 200, 1600) },
    mail: {},
  };
  const analysis = analyse(system, { services: CHAIN, service: 'web' }, [
    calls(after(110, 200, 1600)),
  ]);
  expect(analysis.firstFailingService).toBe('cart');
  expect(analysis.blastRadius).toEqual(['stock', 'web']);
  expect(analysis.suspects[0]!.reasons.join()).toContain('times as often');
});

test('a tenant that appears on a machine and takes most of it is named, with those it robs', () => {
  const on = (name: string, node: string, of: (i: number) => number | null) =>
    series(
      { __name__: 'container_cpu_usage_cores', container: name, pod: `${name}-0`, node },
      range(COUNT, of),
    );
  const noise = createNoise(2);
  const machine = series(
    { __name__: 'node_cpu_utilization_ratio', instance: 'm1' },
    range(COUNT, (i) => (i >= 108 ? 0.97 : 0.3) + 0.01 * noise.normal()),
  );
  const analysis = analyse(
    { web: { latency: after(109, 0.1, 0.9) }, cart: { latency: after(109, 0.05, 0.8) } },
    {
      services: [
        { name: 'web', depends_on: ['cart'] },
        { name: 'cart' },
        { name: 'm1' },
        { name: 'batch' },
      ],
      service: 'web',
    },
    [
      machine,
      on('cart', 'm1', () => 0.5 + 0.02 * noise.normal()),
      on('batch', 'm1', (i) => (i >= 108 ? 6 : null)),
    ],
  );
  expect(analysis.edges).toContainEqual({ from: 'cart', to: 'm1', source: 'host' });
  const batch = analysis.suspects.find(({ service }) => service === 'batch')!;
  expect(batch.reasons.join()).toContain('machine m1');
  expect(batch.harmed).toEqual(['cart', 'web']);
  const order = [...new Set(analysis.suspects.map(({ service }) => service))];
  expect(order.indexOf('batch')).toBeLessThan(3);
});

test('cycles in the graph end', () => {
  const services = [
    { name: 'a', depends_on: ['b'] },
    { name: 'b', depends_on: ['a'] },
  ];
  const { suspects } = analyse(
    { a: { errors: after(110, 0.002, 0.2) }, b: { errors: after(110, 0.002, 0.4) } },
    { services },
  );
  expect(suspects.reduce((sum, one) => sum + one.score, 0)).toBeGreaterThan(0);
});
