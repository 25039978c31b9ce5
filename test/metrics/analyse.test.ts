import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MetricSeries } from '#src/domain/bundle.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import { analyseMetrics } from '#src/metrics/analyse.ts';
import { describeShift } from '#src/metrics/describe.ts';
import { counter, range, scopeOf, series } from './build-series.ts';
import { after, BASELINE, COUNT, serviceSeries } from './rank/build-system.ts';

const scope = scopeOf(BASELINE, COUNT);
const system = () => [
  ...serviceSeries('web', { errors: after(110, 0.002, 0.2) }),
  ...serviceSeries('cart', { errors: after(110, 0.002, 0.3), latency: after(110, 0.05, 0.5) }, 2),
];

test('an empty input is answered', () => {
  expect(analyseMetrics([], scope)).toMatchObject({
    classes: [],
    signals: [],
    shifts: [],
    suspects: [],
    firstFailingService: null,
    onset: null,
  });
  expect(analyseMetrics([], { ...scope, services: [{ name: 'a' }] }).services).toMatchObject([
    { service: 'a', condition: 'unknown' },
  ]);
});

test('the same input gives the same answer, and is left as it was', () => {
  const input = system();
  const before = JSON.stringify(input);
  const answer = () => JSON.stringify(analyseMetrics(input, { ...scope, service: 'web' }));
  expect(answer()).toBe(answer());
  expect(JSON.stringify(input)).toBe(before);
});

test('the order of series does not decide who is blamed', () => {
  const names = (input: MetricSeries[]) => [
    ...new Set(
      analyseMetrics(input, { ...scope, service: 'web' }).suspects.map((one) => one.service),
    ),
  ];
  expect(names(system().reverse())).toEqual(names(system()));
});

test('every signal names its raw series, and every id is its own', () => {
  const input = system();
  const { signals, shifts } = analyseMetrics(input, scope);
  expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
  for (const { sources, service, times, values } of signals) {
    expect(sources.length).toBeGreaterThan(0);
    for (const index of sources) expect(input[index]!.metric.service).toBe(service);
    expect(values.length).toBe(times.length);
  }
  const byId = new Map(signals.map((signal) => [signal.id, signal]));
  for (const shift of shifts)
    expect(describeShift(byId.get(shift.signalId)!, shift)).toMatch(/since|from/);
});

test('thousands of healthy series give hardly any alarm', () => {
  const many = range(150, (k) => serviceSeries(`s${k}`, {}, k)).flat();
  const harmed = analyseMetrics(many, scope).services.filter(
    ({ condition }) => condition !== 'healthy',
  );
  expect(harmed.length).toBeLessThanOrEqual(1);
});

test('values for people', () => {
  expect([
    formatQuantity(0.0123, 'seconds'),
    formatQuantity(2.5, 'seconds'),
    formatQuantity(0.034, 'ratio'),
  ]).toEqual(['12.3 ms', '2.5 s', '3.4 %']);
  expect([
    formatQuantity(1.5 * 2 ** 30, 'bytes'),
    formatQuantity(120, 'count'),
    formatQuantity(0, 'none'),
  ]).toEqual(['1.5 GiB', '120/s', '0']);
});

const word = fc.oneof(
  fc.constantFrom(
    'http_requests_total',
    'up',
    'le',
    'service',
    'quantile',
    'instance',
    '0.5',
    '+Inf',
    'status',
    '500',
    'process_start_time_seconds',
  ),
  fc.string({ maxLength: 12 }),
);
const sample = fc.tuple(
  fc.oneof(fc.double(), fc.integer({ min: 1_767_225_600, max: 1_767_232_000 })),
  fc.oneof(fc.constantFrom('NaN', '+Inf', '', '1', '1e400'), fc.double().map(String)),
);
const anySeries: fc.Arbitrary<MetricSeries> = fc.record({
  metric: fc.dictionary(fc.oneof(fc.constant('__name__'), word), word, { maxKeys: 6 }),
  values: fc.array(sample, { maxLength: 40 }),
});

test('hostile series neither throw nor hang', () => {
  fc.assert(
    fc.property(fc.array(anySeries, { maxLength: 12 }), (input) => {
      const analysis = analyseMetrics(input, scope);
      expect(analysis.classes).toHaveLength(input.length);
    }),
    { numRuns: 300 },
  );
});

test('time grows about linearly with the number of series', () => {
  const make = (count: number) =>
    range(count, (k) =>
      series(
        {
          __name__: 'http_requests_total',
          service: `s${k % 7}`,
          pod: `p${k}`,
          status: k % 5 ? '200' : '500',
        },
        counter(range(60, (i) => (k * i) % 17)),
      ),
    );
  const millis = (count: number) => {
    const input = make(count);
    // Processor time, as others may use the machine.
    const started = process.cpuUsage();
    analyseMetrics(input, scopeOf(40, 60));
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  millis(500);
  const small = Math.max(20, millis(1000));
  expect(millis(8000)).toBeLessThan(small * 8 * 4);
});
