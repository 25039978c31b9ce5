import { describe, expect, test } from 'vitest';
import { incompleteBeta, logGamma, poissonTail } from '#src/logs/windows/distributions.ts';

const choose = (n: number, k: number): number =>
  k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;

describe('distributions', () => {
  test('logGamma', () => {
    expect(logGamma(1)).toBeCloseTo(0, 10);
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 10);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10);
  });

  test('incompleteBeta is the binomial tail for integers', () => {
    for (const [n, k, p] of [
      [8, 3, 0.5],
      [20, 1, 0.1],
      [30, 29, 0.9],
      [5, 5, 0.2],
    ] as const) {
      let tail = 0;
      for (let i = k; i <= n; i++) tail += choose(n, i) * p ** i * (1 - p) ** (n - i);
      expect(incompleteBeta(p, k, n - k + 1)).toBeCloseTo(tail, 9);
    }
  });

  test('poissonTail', () => {
    for (const [k, mean] of [
      [3, 2],
      [1, 0.1],
      [10, 4],
      [2, 50],
    ] as const) {
      let below = 0;
      for (let i = 0; i < k; i++) below += Math.exp(-mean + i * Math.log(mean) - logGamma(i + 1));
      expect(poissonTail(k, mean)).toBeCloseTo(1 - below, 9);
    }
    expect(poissonTail(0, 3)).toBe(1);
    expect(poissonTail(3, 0)).toBe(0);
  });
});
