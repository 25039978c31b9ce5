import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  birthIncrement,
  incrementsOf,
  incrementsOfRates,
} from '#src/metrics/samples/increments.ts';
import { parseSamples } from '#src/metrics/samples/parse.ts';
import { commonAxis, ratesOf, sumCounts } from '#src/metrics/samples/sum-counts.ts';
import { createTimeAxes, usualStep } from '#src/metrics/samples/time-axes.ts';

const every = (step: number, count: number, from = 0) =>
  Float64Array.from({ length: count }, (_, i) => from + i * step);

test('samples are put in order, doubles and what is no number left out', () => {
  const { times, values } = parseSamples([
    [30, '3'],
    [10, '1'],
    [20, 'NaN'],
    [30, '4'],
    [40, '+Inf'],
    [50, ''],
    [60, '6'],
  ]);
  expect([...times]).toEqual([10_000, 30_000, 60_000]);
  expect([...values]).toEqual([1, 4, 6]);
});

test('milliseconds are told from seconds', () => {
  expect([...parseSamples([[1_767_225_600_000, '1']]).times]).toEqual([1_767_225_600_000]);
  expect([...parseSamples([[1_767_225_600.5, '1']]).times]).toEqual([1_767_225_600_500]);
});

test('a reset counts what came after it', () => {
  const { counts } = incrementsOf(every(1000, 6), Float64Array.of(10, 15, 25, 3, 9, 9));
  expect([...counts]).toEqual([Number.NaN, 5, 10, 3, 6, 0]);
});

test('a sum over processes that loses one is no burst', () => {
  const values = Float64Array.of(1000, 1010, 1020, 640, 650);
  expect([...incrementsOf(every(1000, 5), values).counts].slice(1)).toEqual([10, 10, 0, 10]);
});

test('nothing is known across a hole', () => {
  const times = Float64Array.of(0, 1000, 2000, 60_000, 61_000);
  expect(incrementsOf(times, Float64Array.of(1, 2, 3, 500, 501)).counts[3]).toBeNaN();
});

test('a series born with its first failures counts them, one found late does not', () => {
  expect(birthIncrement(Float64Array.of(4, 9), Float64Array.of(Number.NaN, 5))).toBe(4);
  expect(birthIncrement(Float64Array.of(5e6, 5e6 + 5), Float64Array.of(Number.NaN, 5))).toBe(0);
});

test('whole rates are counts an interval, others events a second', () => {
  const times = every(60_000, 3);
  expect([...incrementsOfRates(times, Float64Array.of(3, 4, 5), true).counts]).toEqual([3, 4, 5]);
  expect([...incrementsOfRates(times, Float64Array.of(0.5, 1, 2), false).counts]).toEqual([
    30, 60, 120,
  ]);
});

test('series scraped at other moments are summed on one grid', () => {
  const a = incrementsOf(every(30_000, 5), Float64Array.of(0, 10, 20, 30, 40));
  const b = incrementsOf(every(30_000, 5, 4000), Float64Array.of(0, 1, 2, 3, 4));
  const axis = commonAxis([a.times, b.times]);
  const total = sumCounts(axis, [a, b]);
  expect(axis.times).toHaveLength(5);
  expect([...total].slice(1)).toEqual([11, 11, 11, 11]);
  expect(
    [...ratesOf(axis, total, false)].slice(1).every((rate) => Math.abs(rate - 11 / 30) < 1e-9),
  ).toBe(true);
});

test('a missed scrape spreads its events instead of making a burst', () => {
  const full = incrementsOf(every(1000, 5), Float64Array.of(0, 1, 2, 3, 4));
  const holed = incrementsOf(Float64Array.of(0, 1000, 3000, 4000), Float64Array.of(0, 10, 30, 40));
  const total = sumCounts(commonAxis([full.times, holed.times]), [full, holed]);
  expect([...total].slice(1)).toEqual([11, 11, 11, 11]);
});

test('equal axes are one object, and baselines months away cost nothing', () => {
  const axes = createTimeAxes();
  expect(axes(every(1000, 9))).toBe(axes(every(1000, 9)));
  const far = Float64Array.of(...every(60_000, 5), ...every(60_000, 5, 1e10));
  expect(commonAxis([far, every(60_000, 5)]).times).toHaveLength(10);
  expect(usualStep(far)).toBe(60_000);
});

test('increments of a counter add up to its rise, with or without gaps', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 60 }), (rises) => {
      let total = 0;
      const values = Float64Array.from(rises, (rise) => (total += rise));
      const { counts } = incrementsOf(every(1000, rises.length), values);
      const sum = counts.slice(1).reduce((a, b) => a + b, 0);
      expect(sum).toBe(total - rises[0]!);
    }),
  );
});
