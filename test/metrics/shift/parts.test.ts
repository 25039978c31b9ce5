import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noiseProfile, prefixSums } from '#src/metrics/shift/noise.ts';
import { segment } from '#src/metrics/shift/segment.ts';
import { rampStart } from '#src/metrics/shift/shape.ts';
import { createNoise, range } from '../build-series.ts';

test('means of white noise scatter with the root of their length, those of wandering noise less so', () => {
  const noise = createNoise(1);
  const white = noiseProfile(Float64Array.from(range(400, () => noise.normal())), 0.1);
  expect(white.deviation(1)).toBeGreaterThan(0.7);
  expect(white.deviation(64)).toBeLessThan(0.35);
  let wander = 0;
  const slow = Float64Array.from(
    range(400, () => (wander = 0.97 * wander + 0.24 * noise.normal())),
  );
  expect(noiseProfile(slow, 0.1).deviation(64)).toBeGreaterThan(0.5);
  expect(noiseProfile(slow, 0.1).freedom).toBeLessThan(white.freedom);
});

test('splits are found where means change, and the segments tile the points', () => {
  const values = Float64Array.from(range(120, (i) => (i < 40 ? 0 : i < 70 ? 5 : -2)));
  const bounds = segment(prefixSums(values, 8), 0, 120, 3).map(({ from }) => from);
  expect(bounds).toEqual([0, 40, 70]);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 120 }),
      (list) => {
        const parts = segment(prefixSums(Float64Array.from(list), 8), 0, list.length, 2);
        expect(parts[0]!.from).toBe(0);
        expect(parts.at(-1)!.to).toBe(list.length);
        parts.slice(1).forEach((part, i) => void expect(part.from).toBe(parts[i]!.to));
      },
    ),
  );
});

test('a slope has a corner, a step has none', () => {
  const slope = Float64Array.from(range(60, (i) => Math.max(0, i - 20)));
  expect(rampStart(slope, 0, 60, 0, 35)).toBe(20);
  expect(rampStart(Float64Array.from(range(60, (i) => (i < 20 ? 0 : 5))), 0, 60, 0, 5)).toBeNull();
});
