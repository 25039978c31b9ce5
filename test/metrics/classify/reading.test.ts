import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifySeries } from '#src/metrics/classify/classify-series.ts';
import { quantileWord, readName, statisticOf } from '#src/metrics/classify/name-reading.ts';
import { outcomeOfLabels, outcomeOfValue } from '#src/metrics/classify/outcome.ts';
import { readQuery } from '#src/metrics/classify/query-hints.ts';
import { stem, words } from '#src/metrics/classify/tokens.ts';
import { counter, range, series } from '../build-series.ts';

test('words of every habit of writing', () => {
  expect(words('HTTPCode_Target_5XX_Count')).toEqual(['http', 'code', 'target', '5xx', 'count']);
  expect(words('jvm.gc.pause-seconds')).toEqual(['jvm', 'gc', 'pause', 'seconds']);
  expect(words('upstreamRq5xx')).toEqual(['upstream', 'rq5xx']);
  expect(words('')).toEqual([]);
  expect(['queries', 'statuses', 'process', 'bytes', 'ms', 'accesses'].map(stem)).toEqual([
    'query',
    'status',
    'process',
    'byte',
    'ms',
    'access',
  ]);
});

test('names give family, part, statistic and status', () => {
  expect(readName('http_request_duration_seconds_bucket')).toMatchObject({
    family: 'http_request_duration_seconds',
    part: 'bucket',
    counterSuffix: true,
  });
  expect(readName('api.latency.p99')).toMatchObject({ statistic: 'p99' });
  expect(readName('job:requests:rate5m').ratedName).toBe(true);
  expect(readName('cluster.rq_503')).toMatchObject({ status: '503', family: 'cluster_rq' });
  expect(quantileWord('200')).toBeNull();
  expect(statisticOf('0.5')).toBe('p50');
  expect(statisticOf('Average')).toBe('mean');
});

test('status values of HTTP, gRPC and words', () => {
  expect(['200', '302', '404', '5xx', '503'].map((value) => outcomeOfValue(value))).toEqual([
    'ok',
    'ok',
    'client-error',
    'server-error',
    'server-error',
  ]);
  expect(
    ['0', '5', '14', 'Internal', 'NotFound'].map((value) => outcomeOfValue(value, true)),
  ).toEqual(['ok', 'client-error', 'server-error', 'server-error', 'client-error']);
  expect(outcomeOfLabels({ status: '200', error_type: 'timeout' })).toBe('server-error');
  expect(outcomeOfLabels({ exception: 'None', status: '200' })).toBe('ok');
  expect(outcomeOfLabels({ route: '/500', method: 'GET' })).toBeNull();
});

test('expressions tell what their results are', () => {
  expect(
    readQuery(
      'sum by (service) (rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))',
    ),
  ).toEqual({
    names: ['http_requests_total'],
    rated: true,
    divided: true,
    quantile: null,
    selectsErrors: true,
    complement: false,
  });
  expect(readQuery('histogram_quantile(0.95, sum(rate(x_bucket[1m])) by (le))')).toMatchObject({
    names: ['x_bucket'],
    quantile: '0.95',
  });
});

test('a series without a name is told by its expression', () => {
  const values = range(20, (i) => 0.01 + 0.001 * (i % 3));
  const of = (query: string) => classifySeries([series({ service: 'a' }, values, { query })])[0]!;
  expect(
    of('sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))'),
  ).toMatchObject({
    facet: 'error-ratio',
    harm: 'up',
  });
  expect(of('1 - sum(rate(r_total{code=~"5.."}[5m])) / sum(rate(r_total[5m]))').harm).toBe('down');
  expect(of('histogram_quantile(0.99, sum by (le) (rate(h_seconds_bucket[5m])))')).toMatchObject({
    facet: 'latency',
    statistic: 'p99',
  });
  expect(of('sum by (service) (rate(http_request_duration_seconds_count[1m]))')).toMatchObject({
    part: 'count',
    rated: true,
  });
});

test('a counter that was rated before it was stored is no counter', () => {
  const rated = series({ __name__: 'requests_total' }, [5, 7, 3, 8, 2, 9, 4, 6, 1, 8]);
  expect(classifySeries([rated])[0]).toMatchObject({ type: 'gauge', rated: true });
  const reset = series({ __name__: 'requests_total' }, [5, 9, 14, 20, 1, 4, 9, 15, 20, 30]);
  expect(classifySeries([reset])[0]).toMatchObject({ type: 'counter', rated: false });
});

test('a rising gauge of something held is no counter', () => {
  const leak = series(
    { __name__: 'heap_used' },
    counter(
      range(30, () => 5),
      100,
    ),
  );
  expect(classifySeries([leak])[0]).toMatchObject({ type: 'gauge', facet: 'memory' });
});

test('any name, label and query is classified without a throw, in bounded time', () => {
  const text = fc.string({ maxLength: 200, unit: 'binary' });
  fc.assert(
    fc.property(text, fc.dictionary(text, text, { maxKeys: 8 }), text, (name, labels, query) => {
      const one = series({ ...labels, __name__: name }, [1, 2, 3], { query });
      expect(classifySeries([one])).toHaveLength(1);
    }),
    { numRuns: 500 },
  );
  const started = process.cpuUsage();
  for (const evil of [
    '"'.repeat(50_000),
    '{'.repeat(50_000),
    '\\"'.repeat(30_000),
    'by ('.repeat(20_000),
    '[=~"5'.repeat(9000),
    'a_'.repeat(50_000),
  ]) {
    classifySeries([
      series({ __name__: evil, pod: evil, instance: evil }, [1, 2], { query: evil }),
    ]);
  }
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
});
