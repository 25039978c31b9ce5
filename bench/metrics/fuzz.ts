/**
 * Throws random and broken series at the whole analysis: no throw, no hang.
 *
 *   node bench/metrics/fuzz.ts [inputs = 100000] [seed = 1]
 */
import type { MetricSeries } from '#src/domain/bundle.ts';
import { analyseMetrics } from '#src/metrics/analyse.ts';
import { createRandom, type Random } from './random.ts';

const [inputs = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const ORIGIN = 1_750_000_000;
const WORDS =
  'http requests total bucket sum count latency seconds ms p99 error 5xx status code le quantile up pod service job instance peer max limit used free cache hit miss start time timestamp info version group \u0000 \ud800 { } " \\ . : / @ -'.split(
    ' ',
  );
const VALUES = ['NaN', '+Inf', '-Inf', '', 'x', '1e309', '-0', '5e-324', '1.7e9', '0', '1'];

const text = (random: Random) =>
  Array.from({ length: random.whole(0, 6) }, () => random.pick(WORDS)).join(
    random.pick(['_', '.', '', ':']),
  );

function anySeries(random: Random): MetricSeries {
  const metric: Record<string, string> = { __name__: text(random) };
  for (let i = random.whole(0, 5); i > 0; i -= 1) metric[text(random)] = text(random);
  const kind = random.whole(0, 4);
  let level = random.between(-10, 1000);
  const values = Array.from({ length: random.whole(0, 40) }, (_, i): [number, string] => {
    level = kind === 0 ? level + random.between(0, 9) : kind === 1 ? random.between(-1, 1) : level;
    const time = random.chance(0.05) ? random.between(-1e12, 1e12) : ORIGIN + i * 30;
    return [time, random.chance(0.1) ? random.pick(VALUES) : String(level)];
  });
  const one: MetricSeries = { metric, values };
  if (random.chance(0.2))
    one.query = `${text(random)}(${text(random)}{${text(random)}="${text(random)}"}[5m]) / ${text(random)}`;
  if (random.chance(0.1))
    one.signal = random.pick(['traffic', 'errors', 'latency', 'saturation', 'up', 'dependency']);
  if (random.chance(0.05)) {
    one.histograms = [
      [ORIGIN, { count: text(random), sum: 1, buckets: [[0, '0', '1', random.pick(VALUES)]] }],
      [ORIGIN + 30, null],
    ];
  }
  return one;
}

const random = createRandom(seed);
let slowest = 0;
const started = performance.now();
for (let done = 0; done < inputs; ) {
  const series = Array.from({ length: random.whole(1, 20) }, () => anySeries(random));
  const before = performance.now();
  const analysis = analyseMetrics(series, {
    window: { start: (ORIGIN + 800) * 1000, end: (ORIGIN + 1200) * 1000 },
    ...(random.chance(0.5)
      ? { baseline: { start: ORIGIN * 1000, end: (ORIGIN + 800) * 1000 } }
      : {}),
  });
  slowest = Math.max(slowest, performance.now() - before);
  if (analysis.classes.length !== series.length) throw new Error('a series is not classified');
  done += series.length;
}
console.log(
  `${inputs} series, ${((performance.now() - started) / 1000).toFixed(1)} s, slowest analysis ${slowest.toFixed(0)} ms, no throw`,
);
