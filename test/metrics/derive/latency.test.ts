import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketQuantile } from '#src/metrics/derive/classic-histogram.ts';
import { deriveSignals } from '#src/metrics/derive/derive-signals.ts';
import { nativeDelta, nativeQuantile, parseNative } from '#src/metrics/derive/native-histogram.ts';
import { counter, ORIGIN, range, STEP, series } from '../build-series.ts';

test('quantiles inside buckets are linear, beyond the last bound they stay there', () => {
  const bounds = [1, 2, 4, Number.POSITIVE_INFINITY];
  expect(bucketQuantile(0.5, bounds, [10, 20, 20, 20])).toBe(1);
  expect(bucketQuantile(0.75, bounds, [10, 20, 20, 20])).toBe(1.5);
  expect(bucketQuantile(0.99, bounds, [10, 10, 10, 20])).toBe(4);
  expect(bucketQuantile(0.5, bounds, [0, 0, 0, 0])).toBeNaN();
});

test('a quantile lies within the bounds, for any counts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100), { minLength: 3, maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (counts, q) => {
        let total = 0;
        const cumulative = counts.map((count) => (total += count));
        const bounds = counts.map((_, i) => (i === counts.length - 1 ? Infinity : i + 1));
        const value = bucketQuantile(q, bounds, cumulative);
        if (total > 0) expect(value >= 0 && value <= counts.length - 1).toBe(true);
      },
    ),
  );
});

test('buckets give quantiles and requests, sum and count a mean, in seconds', () => {
  const labels = { service: 'cart' };
  const name = 'http_request_duration_ms';
  const per = { '100': 50, '200': 100, '+Inf': 100 };
  const { signals } = deriveSignals([
    ...Object.entries(per).map(([le, n]) =>
      series({ __name__: `${name}_bucket`, ...labels, le }, counter(range(10, () => n))),
    ),
    series({ __name__: `${name}_sum`, ...labels }, counter(range(10, () => 12_000))),
    series({ __name__: `${name}_count`, ...labels }, counter(range(10, () => 100))),
  ]);
  const of = (aspect: string) =>
    signals.find((one) => one.facet === 'latency' && one.aspect === aspect)!;
  expect(of('p50').values[5]).toBeCloseTo(0.1, 9);
  expect(of('p95').values[5]).toBeCloseTo(0.19, 9);
  expect(of('mean').values[5]).toBeCloseTo(0.12, 9);
  expect(of('p50').weights![5]).toBe(100);
  expect(of('p50').unit).toBe('seconds');
});

test('native histograms give traffic, mean and quantiles', () => {
  const sample = (i: number): [number, unknown] => [
    ORIGIN + i * STEP,
    {
      count: String(i * 100),
      sum: String(i * 30),
      buckets: [
        [0, '0.1', '0.2', String(i * 50)],
        [0, '0.2', '0.8', String(i * 50)],
      ],
    },
  ];
  const { signals } = deriveSignals([
    {
      metric: { __name__: 'http_request_duration_seconds', service: 'cart' },
      values: [],
      histograms: range(10, sample),
    },
  ]);
  const of = (aspect: string) => signals.find((one) => one.aspect === aspect)!;
  expect(of('rate').values[5]).toBeCloseTo(100 / STEP, 9);
  expect(of('mean').values[5]).toBeCloseTo(0.3, 9);
  expect(of('p50').values[5]).toBeCloseTo(0.2, 9);
  expect(of('p95').values[5]).toBeCloseTo(0.2 * 4 ** 0.9, 6);
});

test('native samples: resets, merged buckets, rubbish', () => {
  const [before, after] = parseNative([
    [1, { count: '5', sum: '1', buckets: [[0, '0', '1', '5']] }],
    [2, { count: '2', sum: '1', buckets: [[0, '0', '1', '2']] }],
  ]);
  expect(nativeDelta(before!, after!)!.count).toBe(2);
  const merged = parseNative([[3, { count: '9', sum: '1', buckets: [[0, '0', '2', '9']] }]])[0]!;
  expect(nativeDelta(before!, merged)).toBeNull();
  expect(
    parseNative([
      [1, null],
      [2, 'x'],
      [3, { count: 'x' }],
      [4, { count: 1, buckets: 7 }],
    ]),
  ).toHaveLength(1);
  expect(nativeQuantile(0.5, { time: 0, count: 0, sum: 0, buckets: new Map() })).toBeNaN();
});
