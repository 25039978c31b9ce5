import fc from 'fast-check';
import { expect, test } from 'vitest';
import { falseDiscoveryRates } from '#src/metrics/statistics/false-discovery.ts';
import {
  median,
  quantileOfSorted,
  robustScale,
  sortedFinite,
} from '#src/metrics/statistics/robust.ts';
import {
  logBinomialTail,
  logCountLowTail,
  logCountTail,
  logGamma,
  logStudentTail,
} from '#src/metrics/statistics/tails.ts';

/** Exact sum, for small cases. */
function binomialTail(k: number, n: number, p: number): number {
  let sum = 0;
  for (let i = k; i <= n; i += 1) {
    let ways = 1;
    for (let j = 0; j < i; j += 1) ways = (ways * (n - j)) / (j + 1);
    sum += ways * p ** i * (1 - p) ** (n - i);
  }
  return sum;
}

test('tails agree with tables and with exact sums', () => {
  // Student's t: t = 2.228 is the two-sided 5 % point of 10 degrees of freedom; 12.706 of 1.
  expect(10 ** logStudentTail(2.228, 10)).toBeCloseTo(0.05, 3);
  expect(10 ** logStudentTail(12.706, 1)).toBeCloseTo(0.05, 3);
  expect(10 ** logStudentTail(1.96, 1e6)).toBeCloseTo(0.05, 3);
  expect(logStudentTail(0, 5)).toBe(0);
  for (const [k, n, p] of [
    [3, 10, 0.2],
    [1, 2, 0.005],
    [9, 12, 0.5],
    [20, 30, 0.4],
  ] as const) {
    expect(10 ** logBinomialTail(k, n, p)).toBeCloseTo(binomialTail(k, n, p), 8);
  }
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 9);
});

test('far tails stay finite', () => {
  expect(logStudentTail(1e6, 200)).toBeGreaterThanOrEqual(-300);
  expect(logBinomialTail(5000, 5000, 0.001)).toBe(-300);
  expect(logCountTail(0, 0, 3)).toBe(0);
});

test('a few events against none seen in a longer time', () => {
  // One event where none was seen in ten times the exposure is nothing; ten are.
  expect(logCountTail(1, 0, 10)).toBeGreaterThan(-2);
  expect(logCountTail(10, 0, 10)).toBeLessThan(-6);
  expect(logCountLowTail(0, 300, 3)).toBeLessThan(-10);
  expect(logCountLowTail(100, 300, 3)).toBeGreaterThan(-1);
});

test('false discovery rates by the definition', () => {
  const logP = [0.01, 0.02, 0.03, 0.5].map(Math.log10);
  const rates = falseDiscoveryRates(logP).map((log) => 10 ** log);
  [0.04, 0.04, 0.04, 0.5].forEach((rate, i) => void expect(rates[i]).toBeCloseTo(rate, 9));
  expect(falseDiscoveryRates([])).toEqual([]);
});

test('a minority of outliers moves neither centre nor scale far', () => {
  const values = [...Array.from({ length: 80 }, (_, i) => 10 + (i % 5)), ...Array(7).fill(1e9)];
  const { center, scale } = robustScale(values);
  expect(center).toBeCloseTo(12, 0);
  expect(scale).toBeLessThan(4);
  expect(median([3, Number.NaN, 1, 2])).toBe(2);
});

test('the median deviation found by walking equals that found by sorting', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }),
      (list) => {
        const sorted = sortedFinite(list);
        const center = quantileOfSorted(sorted, 0.5);
        const slow =
          quantileOfSorted(sortedFinite(list.map((v) => Math.abs(v - center))), 0.5) * 1.4826;
        const tenths = (quantileOfSorted(sorted, 0.9) - quantileOfSorted(sorted, 0.1)) / 2.5631;
        expect(robustScale(list).scale).toBeCloseTo(Math.max(slow, tenths), 9);
      },
    ),
  );
});
