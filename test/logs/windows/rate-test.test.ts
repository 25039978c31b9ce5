import { describe, expect, test } from 'vitest';
import { changeBucket } from '#src/logs/windows/onset.ts';
import {
  adjustForMany,
  decreaseProbability,
  dispersionOf,
  increaseProbability,
} from '#src/logs/windows/rate-test.ts';
import { Random } from '../../../bench/logs/corpus/random.ts';

const spans = { exposure: 15, baselineExposure: 60 };

describe('the comparison of two rates', () => {
  test('does not wonder at the same rate', () => {
    expect(
      increaseProbability({ ...spans, count: 5, baselineCount: 20, dispersion: 1 }),
    ).toBeGreaterThan(0.3);
    expect(
      decreaseProbability({ ...spans, count: 5, baselineCount: 20, dispersion: 1 }),
    ).toBeGreaterThan(0.3);
  });

  test('is exact for small counts', () => {
    // All of three events in a fifth of the time.
    expect(
      increaseProbability({ ...spans, count: 3, baselineCount: 0, dispersion: 1 }),
    ).toBeCloseTo(0.2 ** 3, 9);
    expect(
      decreaseProbability({ ...spans, count: 0, baselineCount: 10, dispersion: 1 }),
    ).toBeCloseTo(0.8 ** 10, 9);
    expect(increaseProbability({ ...spans, count: 0, baselineCount: 0, dispersion: 1 })).toBe(1);
  });

  test('allows for bursts', () => {
    const counts = { ...spans, count: 40, baselineCount: 40 };
    expect(increaseProbability({ ...counts, dispersion: 1 })).toBeLessThan(1e-6);
    expect(increaseProbability({ ...counts, dispersion: 20 })).toBeGreaterThan(0.05);
  });

  test('raises few false alarms on steady and on bursty series', () => {
    for (const burst of [1, 12]) {
      let alarms = 0;
      const random = new Random(11);
      for (let run = 0; run < 400; run++) {
        const minute = () => (random.chance(0.4 / burst) ? random.int(1, 2 * burst) : 0);
        const baseline = Array.from({ length: 60 }, minute);
        const window = Array.from({ length: 15 }, minute);
        const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
        const p = increaseProbability({
          ...spans,
          count: sum(window),
          baselineCount: sum(baseline),
          dispersion: Math.max(dispersionOf(baseline), dispersionOf(window)),
        });
        if (p < 0.01) alarms++;
      }
      expect(alarms / 400).toBeLessThan(0.03);
    }
  });

  test('finds the dispersion of bursts that go on for minutes', () => {
    expect(dispersionOf([1, 0, 1, 1, 0, 1, 0, 1, 1, 0])).toBe(1);
    expect(dispersionOf([])).toBe(1);
    expect(
      dispersionOf(Array.from({ length: 60 }, (_, i) => (i >= 20 && i < 25 ? 30 : 0))),
    ).toBeGreaterThan(25);
  });

  test('corrects for many tests', () => {
    const adjusted = adjustForMany([0.01, 0.04, 0.03, 0.9]);
    expect(adjusted[0]).toBeCloseTo(0.04);
    expect(adjusted[1]).toBeCloseTo(0.16 / 3);
    expect(adjusted[2]).toBeCloseTo(0.16 / 3);
    expect(adjusted[3]).toBeCloseTo(0.9);
    expect(adjustForMany([])).toEqual([]);
  });
});

describe('changeBucket', () => {
  test('finds where a rate rose or fell', () => {
    expect(changeBucket([1, 0, 1, 0, 1, 9, 8, 11, 10], 'rise')).toBe(5);
    expect(changeBucket([9, 8, 11, 0, 1, 0, 0], 'fall')).toBe(3);
    expect(changeBucket([0, 0, 0, 5], 'rise')).toBe(3);
    expect(changeBucket([5, 5, 1], 'rise')).toBe(-1);
    expect(changeBucket([], 'rise')).toBe(-1);
  });
});
