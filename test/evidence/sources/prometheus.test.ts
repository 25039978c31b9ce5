import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Service } from '#src/domain/service.ts';
import { createPrometheusSource } from '#src/evidence/sources/prometheus.ts';
import { classifySeries } from '#src/metrics/classify/classify-series.ts';
import { collectFrom, series, settings } from '../helpers/fake-prometheus.ts';
import { alertOn, NOW, requestFor, toolsAt, unending } from '../helpers/request.ts';

const captured = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../captured', name), 'utf8')).data;

describe('prometheus', () => {
  it.each(['service', 'service_name', 'app', 'application', 'job', 'container', 'deployment'])(
    'finds a service by the label %s',
    async (label) => {
      const { metrics, gaps } = await collectFrom({
        series: [series('http_requests_total', { [label]: 'shop', status: '200' })],
      });
      expect(gaps).toEqual([]);
      expect(metrics.map(({ metric, service }) => [metric.__name__, service])).toEqual([
        ['http_requests_total', 'shop'],
      ]);
    },
  );

  it('uses the matchers of the registry where there are some', async () => {
    const service: Service = {
      name: 'shop',
      selectors: { prometheus: { team: 'a', unit: 'till' } },
    };
    const { metrics } = await collectFrom(
      {
        series: [
          series('http_requests_total', { team: 'a', unit: 'till' }),
          series('http_requests_total', { team: 'a', unit: 'other' }),
        ],
      },
      [service],
    );
    expect(metrics.map(({ metric }) => metric.unit)).toEqual(['till']);
  });

  it.each([
    ['status', '5xx'],
    ['status', '503'],
    ['code', '500'],
    ['status_code', '502'],
    ['http_status_code', '500'],
    ['http_response_status_code', '500'],
  ])('takes %s="%s" along, by which an error is known', async (label, value) => {
    const name = label.startsWith('http_')
      ? 'http_server_request_duration_seconds_count'
      : 'http_requests_total';
    const { metrics } = await collectFrom({
      series: [
        series(name, { service: 'shop', [label]: value }),
        series(name, { service: 'shop', [label]: value.replace('5', '2') }),
      ],
    });
    const classes = classifySeries(metrics, [{ name: 'shop' }]);
    expect(metrics).toHaveLength(2);
    expect(classes.map(({ outcome }) => outcome).sort()).toEqual(['ok', 'server-error']);
  });

  it('asks a classic histogram for quantiles, and its count and sum raw', async () => {
    const labels = { service: 'shop', route: '/' };
    const { queries, metrics } = await collectFrom({
      series: [
        series('http_request_duration_seconds_bucket', { ...labels, le: '0.1' }),
        series('http_request_duration_seconds_bucket', { ...labels, le: '+Inf' }),
        series('http_request_duration_seconds_count', labels),
        series('http_request_duration_seconds_sum', labels),
      ],
    });
    const quantiles = queries.filter((query) => query.startsWith('histogram_quantile('));
    expect(new Set(quantiles)).toEqual(
      new Set(
        ['0.5', '0.9', '0.99'].map(
          (q) =>
            `histogram_quantile(${q}, sum by (le) (rate(http_request_duration_seconds_bucket{service="shop"}[60s])))`,
        ),
      ),
    );
    expect(
      metrics.filter(({ metric }) => metric.quantile).map(({ metric }) => metric.quantile),
    ).toContain('0.99');
    expect(queries.some((query) => /_bucket\{[^}]*\}\[\d+s\]$/.test(query))).toBe(false);
  });

  it('takes native histograms as they are', async () => {
    const buckets = { count: '3', sum: '0.6', buckets: [[0, '0.17', '0.2', '3']] };
    const { metrics } = await collectFrom({
      series: [
        {
          metric: { __name__: 'http_request_duration_seconds', service: 'shop' },
          histograms: [[NOW / 1000, buckets]],
        },
      ],
      metadata: { http_request_duration_seconds: [{ type: 'histogram' }] },
    });
    expect(metrics[0]?.histograms).toContainEqual([NOW / 1000, buckets]);
    expect(metrics[0]?.values).toEqual([]);
  });

  it('never asks for a metric that is not there', async () => {
    const names = [
      'http_requests_total',
      'process_cpu_seconds_total',
      'process_start_time_seconds',
      'dependency_up',
    ];
    const { asked } = await collectFrom({
      series: names.map((name) => series(name, { service: 'shop', job: 'shops', instance: 'a:1' })),
    });
    const wanted = new Set(asked.flatMap(({ parsed }) => parsed.selectors.map(({ name }) => name)));
    for (const name of wanted) expect([...names, 'up']).toContain(name);
    expect(wanted.size).toBe(names.length + 1);
  });

  it('asks for the up of the targets that the series come from', async () => {
    const of = { job: 'shops', instance: 'a.b:1' };
    const { queries, metrics } = await collectFrom({
      series: [
        series('http_requests_total', { ...of, service: 'shop' }),
        series('http_requests_total', { ...of, instance: 'c:1', service: 'shop' }),
        series('up', of),
        series('up', { ...of, instance: 'c:1' }),
        series('up', { ...of, instance: 'aXb:1' }),
      ],
    });
    expect(queries.find((query) => query.startsWith('up{'))).toMatch(
      /^up\{job="shops",instance=~"a\\\\\.b:1\|c:1"\}/,
    );
    const up = metrics.filter(({ metric }) => metric.__name__ === 'up');
    expect(up.map(({ metric, service }) => `${service} ${metric.instance}`).sort()).toEqual([
      'shop a.b:1',
      'shop c:1',
    ]);
  });

  it('adds what the platform says of the containers of a service', async () => {
    const { metrics } = await collectFrom({
      series: [
        series('http_requests_total', { job: 'shop' }),
        series('http_request_duration_seconds_count', { job: 'shop' }),
        series('container_memory_working_set_bytes', { container: 'shop', job: 'kubelet' }),
        series('container_memory_working_set_bytes', { container: 'other', job: 'kubelet' }),
      ],
    });
    const memory = metrics.filter(
      ({ metric }) => metric.__name__ === 'container_memory_working_set_bytes',
    );
    expect(memory.map(({ metric, service }) => [metric.container, service])).toEqual([
      ['shop', 'shop'],
    ]);
  });

  it('keeps to the environment of the alert', async () => {
    const alert = alertOn('shop');
    alert.labels.namespace = 'prod';
    const { metrics } = await collectFrom(
      {
        series: ['prod', 'staging'].map((namespace) =>
          series('http_requests_total', { service: 'shop', namespace }),
        ),
      },
      undefined,
      { alerts: [alert] },
    );
    expect(metrics.map(({ metric }) => metric.namespace)).toEqual(['prod']);
  });

  it('adds up series where there are too many, and keeps what tells outcomes apart', async () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      series('http_requests_total', {
        service: 'shop',
        pod: `p${n}`,
        status: n % 2 ? '200' : '500',
        path: `/${n}`,
      }),
    );
    const gauges = Array.from({ length: 300 }, (_, n) =>
      series('queue_depth', { service: 'shop', queue: `q${n}` }),
    );
    const { queries, metrics } = await collectFrom({ series: [...many, ...gauges] });
    expect(queries).toContain(
      'topk(40, sum by (service, status) (rate(http_requests_total{service="shop"}[60s])))',
    );
    expect(queries).toContain('topk(40, queue_depth{service="shop"})');
    expect(
      metrics.filter(({ metric }) => metric.__name__ === 'queue_depth').length,
    ).toBeLessThanOrEqual(40);
  });

  it('asks for no more than some hundred points a series, whatever the span', async () => {
    for (const hours of [0.2, 2, 48, 24 * 30]) {
      const window = { start: NOW - hours * 3_600_000, end: NOW };
      const baseline = { start: window.start - 2 * hours * 3_600_000, end: window.start };
      const { asked } = await collectFrom(
        {
          series: [
            series('http_requests_total', { service: 'shop' }),
            series('x_seconds_bucket', { service: 'shop', le: '1' }),
            series('x_seconds_count', { service: 'shop' }),
          ],
          targets: captured('prometheus_targets.json'),
        },
        undefined,
        { window, baseline, alerts: [alertOn('shop')] },
      );
      for (const { path, params, query } of asked) {
        const range = /\[(\d+)s\]$/.exec(query)?.[1];
        if (path === 'query_range') {
          const [start, end, step] = ['start', 'end', 'step'].map((key) => Number(params.get(key)));
          expect((end as number) - (start as number)).toBeLessThanOrEqual(
            240 * (step as number) + 1,
          );
        } else if (range !== undefined) expect(Number(range)).toBeLessThanOrEqual(300 * 1);
      }
    }
  });

  it('asks the most telling first when a service exposes very much', async () => {
    const noise = Array.from({ length: 200 }, (_, n) =>
      series(`pool_${n}_connections_active`, { service: 'shop' }),
    );
    const { asked } = await collectFrom({
      series: [
        ...noise,
        series('dependency_up', { service: 'shop', dependency: 'db' }),
        series('process_start_time_seconds', { service: 'shop' }),
        series('http_requests_total', { service: 'shop', code: '500' }),
        series('up', { service: 'shop' }),
      ],
    });
    const names = asked.flatMap(({ parsed }) => parsed.selectors.map(({ name }) => name));
    for (const name of [
      'up',
      'dependency_up',
      'process_start_time_seconds',
      'http_requests_total',
    ]) {
      expect(names).toContain(name);
    }
    expect(new Set(names).size).toBeLessThanOrEqual(61);
  });

  it('asks for the expression of the rule that fires, about the alert alone', async () => {
    const alert = alertOn('checkout');
    Object.assign(alert.labels, { job: 'app', instance: '127.0.0.1:19198' });
    const { queries, rules, metrics } = await collectFrom(
      {
        series: [
          series('up', { service: 'checkout', job: 'app', instance: '127.0.0.1:19198' }),
          series('up', { job: 'prometheus', instance: '127.0.0.1:19090' }),
        ],
        rules: captured('prometheus_rules_firing.json'),
      },
      [{ name: 'checkout' }],
      { alerts: [alert] },
    );
    expect(rules.map(({ name, query, duration }) => [name, query, duration])).toEqual([
      ['ServiceDown', 'up == 0', 3],
    ]);
    expect(queries).toContain('up');
    expect(new Set(metrics.map(({ metric }) => metric.job))).toEqual(new Set(['app']));
  });

  it('counts samples where the server does not tell how often it scrapes', async () => {
    const { asked } = await collectFrom({
      series: [series('http_requests_total', { service: 'shop' })],
    });
    expect(asked[0]?.query).toBe('max(count_over_time(http_requests_total{service="shop"}[300s]))');
  });

  it('tells of queries that failed and keeps the others', async () => {
    const { metrics, gaps } = await collectFrom({
      series: [
        series('http_requests_total', { service: 'shop' }),
        series('process_open_fds', { service: 'shop' }),
      ],
      failOn: {
        text: 'process_open_fds',
        status: 422,
        error: 'query processing would load too many samples',
      },
    });
    expect(metrics.map(({ metric }) => metric.__name__)).toEqual(['http_requests_total']);
    expect(gaps.map(({ why }) => why)).toEqual([
      '1 of 2 queries failed, e.g. answered 422: query processing would load too many samples',
    ]);
  });

  it('is a gap with a hint when nothing is found, or nothing is configured', async () => {
    const { gaps } = await collectFrom({ series: [] });
    expect(gaps).toEqual([
      {
        source: 'prometheus',
        why: 'no series for shop',
        hint: expect.stringContaining('selectors.prometheus'),
      },
    ]);
    const found = await createPrometheusSource(settings, toolsAt()).collect(
      requestFor([{ name: 'shop' }]),
      unending(),
    );
    expect(found.gaps?.[0]?.why).toBe('not configured');
  });

  it('sends the authorization header, and long expressions as a form', async () => {
    const instances = Array.from(
      { length: 60 },
      (_, n) => `${'long-host-name-'.repeat(4)}${n}:8080`,
    );
    const { asked } = await collectFrom(
      {
        series: instances.map((instance) =>
          series('http_requests_total', { service: 'shop', job: 'j', instance }),
        ),
      },
      undefined,
      { authHeader: 'Bearer abc', maxSeries: 100 },
    );
    for (const { headers } of asked) expect(headers.authorization).toBe('Bearer abc');
    const long = asked.find(({ query }) => query.startsWith('up{'));
    expect(long?.method).toBe('POST');
    expect(long?.parsed.selectors[0]?.matchers[1]?.value.split('|')).toHaveLength(30);
  });
});
