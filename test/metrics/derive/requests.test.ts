import { expect, test } from 'vitest';
import type { DerivedSignal } from '#src/metrics/contract.ts';
import { deriveSignals } from '#src/metrics/derive/derive-signals.ts';
import { counter, range, STEP, series } from '../build-series.ts';

const COUNT = 20;
/** 100 requests an interval, of which 10 fail from the tenth on. */
const fine = range(COUNT, (i) => (i >= 10 ? 90 : 100));
const broken = range(COUNT, (i) => (i >= 10 ? 10 : 0));

const find = (signals: DerivedSignal[], facet: DerivedSignal['facet'], scope = 'service') =>
  signals.find((one) => one.facet === facet && one.scope === scope);

const CONVENTIONS: [string, Record<string, string>, Record<string, string>][] = [
  ['grouped status', { status: '2xx' }, { status: '5xx' }],
  ['plain status', { status: '200' }, { status: '500' }],
  ['code', { code: '204' }, { code: '503' }],
  ['OpenTelemetry', { http_response_status_code: '200' }, { http_response_status_code: '502' }],
  ['Spring', { outcome: 'SUCCESS', status: '200' }, { outcome: 'SERVER_ERROR', status: '500' }],
  ['gRPC', { grpc_code: 'OK' }, { grpc_code: 'Internal' }],
  ['result', { result: 'success' }, { result: 'failure' }],
  ['error label', { error: '' }, { error: 'ETIMEDOUT' }],
  ['exception', { exception: 'None' }, { exception: 'SqlException' }],
  ['error type', { status: 'ok', error_type: '' }, { status: 'error', error_type: 'timeout' }],
];

test.each(CONVENTIONS)('error ratio by %s', (_, good, bad) => {
  const base = { __name__: 'http_requests_total', service: 'cart' };
  const { signals } = deriveSignals([
    series({ ...base, ...good }, counter(fine, 500)),
    series({ ...base, ...bad }, counter(broken, 3)),
  ]);
  const ratio = find(signals, 'error-ratio')!;
  expect(ratio.values[5]).toBe(0);
  expect(ratio.values[15]).toBeCloseTo(0.1, 9);
  expect(ratio.weights![15]).toBe(100);
  const traffic = find(signals, 'request-rate')!;
  expect(traffic.values[15]).toBeCloseTo(100 / STEP, 9);
  expect(ratio.sources).toContain(1);
});

test('refused requests are kept apart from failed ones', () => {
  const base = { __name__: 'http_requests_total', service: 'cart' };
  const { signals } = deriveSignals([
    series({ ...base, code: '200' }, counter(fine)),
    series({ ...base, code: '404' }, counter(broken)),
  ]);
  expect(find(signals, 'error-ratio')!.values[15]).toBe(0);
  expect(find(signals, 'client-error-ratio')!.values[15]).toBeCloseTo(0.1, 9);
});

test('a counter of failures alone is joined to the requests it belongs to', () => {
  const { signals } = deriveSignals([
    series({ __name__: 'http_requests_total', app: 'cart' }, counter(range(COUNT, () => 100))),
    series({ __name__: 'jobs_total', app: 'cart' }, counter(range(COUNT, () => 7))),
    series({ __name__: 'http_request_errors_total', app: 'cart' }, counter(broken)),
  ]);
  const ratio = find(signals, 'error-ratio')!;
  expect(ratio.values[15]).toBeCloseTo(0.1, 9);
});

test('an error series that is born with its first errors counts from zero', () => {
  const base = { __name__: 'http_requests_total', service: 'cart', instance: 'a:80' };
  const { signals } = deriveSignals([
    series({ ...base, status: '200' }, counter(fine)),
    series(
      { ...base, status: '500' },
      range(COUNT, (i) => (i < 10 ? null : (i - 9) * 10)),
    ),
  ]);
  const ratio = find(signals, 'error-ratio')!;
  expect(ratio.values[9]).toBe(0);
  expect(ratio.values[10]).toBeCloseTo(0.1, 9);
});

test('a total beside counts by status is not counted twice', () => {
  const base = { service: 'edge', envoy_cluster_name: 'cart' };
  const { signals } = deriveSignals([
    series(
      { __name__: 'envoy_cluster_upstream_rq_total', ...base },
      counter(range(COUNT, () => 100)),
    ),
    series({ __name__: 'envoy_cluster_upstream_rq_2xx', ...base }, counter(fine)),
    series({ __name__: 'envoy_cluster_upstream_rq_5xx', ...base }, counter(broken)),
  ]);
  expect(find(signals, 'request-rate')!.values[15]).toBeCloseTo(100 / STEP, 9);
  expect(find(signals, 'error-ratio')!.values[15]).toBeCloseTo(0.1, 9);
  expect(find(signals, 'error-ratio')!.peer).toBe('cart');
});

test('availability turns into an error ratio and learns its requests', () => {
  const { signals } = deriveSignals([
    series(
      { __name__: 'availability', service: 'cart' },
      range(COUNT, (i) => (i >= 10 ? 90 : 100)),
    ),
    series(
      { __name__: 'requests', service: 'cart' },
      range(COUNT, (i) => 50 + (i % 3)),
    ),
  ]);
  const ratio = find(signals, 'error-ratio', 'series')!;
  expect(ratio.values[15]).toBeCloseTo(0.1, 9);
  expect(ratio.harm).toBe('up');
  expect(ratio.model).toBe('proportion');
  expect(ratio.weights![15]).toBe(50);
});

test('one bad route is seen beside the whole', () => {
  const base = { __name__: 'http_requests_total', service: 'cart' };
  const { signals } = deriveSignals(
    ['/a', '/b', '/c'].flatMap((route) => [
      series(
        { ...base, route, status: '200' },
        counter(route === '/b' ? fine : range(COUNT, () => 900)),
      ),
      series(
        { ...base, route, status: '500' },
        counter(route === '/b' ? broken : range(COUNT, () => 0)),
      ),
    ]),
  );
  const routes = signals.filter((one) => one.facet === 'error-ratio' && one.scope === 'route');
  const worst = routes.find((one) => one.labels.route === '/b')!;
  expect(worst.values[15]).toBeCloseTo(0.1, 9);
  expect(find(signals, 'error-ratio')!.values[15]).toBeCloseTo(10 / 1900, 9);
});
