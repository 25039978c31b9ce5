import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classifySeries } from '#src/metrics/classify/classify-series.ts';
import type { SeriesClass } from '#src/metrics/contract.ts';
import { counter, createNoise, range, series } from '../build-series.ts';

const noise = createNoise(3);
const VALUES: Record<string, number[]> = {
  counter: counter(
    range(40, () => noise.poisson(20)),
    1000,
  ),
  seconds: counter(
    range(40, () => 0.3 + 0.1 * noise.next()),
    50,
  ),
  gauge: range(40, () => 40 + 5 * noise.normal()),
  ratio: range(40, () => 0.4 + 0.05 * noise.next()),
  percent: range(40, () => 40 + 5 * noise.next()),
  bytes: range(40, () => 3e8 + 1e7 * noise.normal()),
  ones: range(40, () => 1),
  epoch: range(40, () => 1_767_225_000),
  small: range(40, () => noise.poisson(3)),
};

const pairs = (text: string): [string, string][] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);

/** The table's text as the value of a class: numbers and booleans are written plainly. */
const asText = (cls: SeriesClass, keys: string[]) =>
  keys.map((key) => [key, String(cls[key as keyof SeriesClass])]);

const rows = readFileSync(new URL('./conventions.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test.each(rows)('%s {%s} %s', (name, labels, values, expected) => {
  const metric = { __name__: name!, ...Object.fromEntries(pairs(labels!)) };
  const [cls] = classifySeries([series(metric, VALUES[values!]!)]);
  const wanted = pairs(expected!);
  expect(wanted.length).toBeGreaterThan(0);
  expect(
    asText(
      cls!,
      wanted.map(([key]) => key),
    ),
  ).toEqual(wanted);
});
