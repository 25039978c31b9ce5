import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createMetricsPageSource } from '#src/evidence/sources/metrics-page.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { NOW, requestFor, toolsAt, unending } from '../helpers/request.ts';

const settings = { timeoutMs: 2000, hasPrometheus: false, scrapeGapMs: 50 };

describe('metrics pages', () => {
  it('scrapes three times, so that counters have rates, and says that the service was up', async () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const requests = new Counter({
      name: 'http_requests_total',
      help: 'x',
      labelNames: ['status'],
      registers: [registry],
    });
    const url = await httpServer((_request, response) => {
      requests.inc({ status: '500' }, 5);
      void registry.metrics().then((text) => response.end(text));
    });
    let now = NOW - 3000;
    const tools = { ...toolsAt(), now: () => (now += 1000) };
    const source = createMetricsPageSource(settings, tools);
    const found = await source.collect(
      requestFor([{ name: 'shop', metrics_url: url }]),
      unending(),
    );
    const named = (name: string) => found.metrics?.find(({ metric }) => metric.__name__ === name);
    expect(named('http_requests_total')).toEqual({
      metric: { __name__: 'http_requests_total', status: '500', service: 'shop' },
      values: [
        [NOW / 1000 - 2, '5'],
        [NOW / 1000 - 1, '10'],
        [NOW / 1000, '15'],
      ],
      query: 'scrape',
      service: 'shop',
      type: 'counter',
    });
    expect(named('up')?.values.map(([, value]) => value)).toEqual(['1', '1', '1']);
    expect(named('process_start_time_seconds')?.type).toBe('gauge');
    expect(found.gaps).toEqual([]);
  });

  it('begins with what was scraped before, of the baseline and the window', async () => {
    const url = await httpServer((_request, response) => response.end('errors_total 9\n'));
    const asked: unknown[] = [];
    const source = createMetricsPageSource(
      {
        ...settings,
        readKept: async (service, span) => {
          asked.push(service, span);
          return [
            { at: NOW - 600_000, page: 'errors_total 1\n' },
            { at: NOW - 300_000, page: null },
          ];
        },
      },
      toolsAt(),
    );
    const request = requestFor([{ name: 'shop', metrics_url: url }]);
    const { metrics } = await source.collect(request, unending());
    expect(asked).toEqual(['shop', { start: request.baseline.start, end: request.window.end }]);
    const valuesOf = (name: string) =>
      metrics?.find(({ metric }) => metric.__name__ === name)?.values.map(([, value]) => value);
    expect(valuesOf('errors_total')).toEqual(['1', '9', '9', '9']);
    expect(valuesOf('up')).toEqual(['1', '0', '1', '1', '1']);
  });

  it('takes a page that does not answer as a service that is down', async () => {
    const found = await createMetricsPageSource(settings, toolsAt()).collect(
      requestFor([{ name: 'shop', metrics_url: 'http://127.0.0.1:9/metrics' }]),
      unending(),
    );
    expect(found.metrics?.map(({ metric, values }) => [metric.__name__, values[0]?.[1]])).toEqual([
      ['up', '0'],
    ]);
    expect(found.gaps).toEqual([{ source: 'metrics-page', why: 'shop: connection refused' }]);
  });

  it('does nothing where there is Prometheus, and is a gap for a target without a page', async () => {
    const source = createMetricsPageSource({ ...settings, hasPrometheus: true }, toolsAt());
    expect(await source.collect(requestFor([{ name: 'shop' }]), unending())).toEqual({});
    const found = await createMetricsPageSource(settings, toolsAt()).collect(
      requestFor([{ name: 'shop' }]),
      unending(),
    );
    expect(found.gaps?.[0]?.why).toBe('shop has no metrics_url');
  });

  it('says so when the page is something else', async () => {
    const url = await httpServer((_request, response) => response.end('<html>log in</html>'));
    const found = await createMetricsPageSource(settings, toolsAt()).collect(
      requestFor([{ name: 'shop', metrics_url: url }]),
      unending(),
    );
    expect(found.gaps?.[0]?.why).toBe('shop: metrics page is not in the Prometheus text format');
  });
});
