/**
 * Time and memory of a whole analysis against the number of series.
 *
 *   node --max-old-space-size=6000 bench/metrics/scale.ts [series = 100000] [points = 300]
 *
 * Sample arrays are shared between series, as 30 million of them would not fit into memory; the
 * analysis still reads every one.
 */
import type { MetricSeries } from '#src/domain/bundle.ts';
import { analyseMetrics } from '#src/metrics/analyse.ts';
import { createRandom } from './random.ts';

const [most = 100_000, points = 300] = process.argv.slice(2).map(Number);
const STEP = 30;
const ORIGIN = 1_750_000_000;

function sampleSets(): { counters: [number, string][][]; gauges: [number, string][][] } {
  const random = createRandom(7);
  const times = Array.from({ length: points }, (_, i) => ORIGIN + i * STEP);
  const make = (of: (i: number) => number) =>
    times.map((time, i): [number, string] => [time, of(i).toPrecision(9)]);
  const counters = Array.from({ length: 100 }, (_, k) => {
    let total = random.whole(0, 1e6);
    const rate = random.between(1, 200);
    return make((i) => {
      const shifted = k % 20 === 0 && i > points * 0.8 ? 4 : 1;
      total += random.poisson(rate * shifted);
      return total;
    });
  });
  const gauges = Array.from({ length: 100 }, (_, k) => {
    const level = random.between(1, 100);
    return make(
      (i) => level * (k % 20 === 0 && i > points * 0.8 ? 3 : 1) * Math.exp(0.1 * random.normal()),
    );
  });
  return { counters, gauges };
}

function seriesOf(count: number): MetricSeries[] {
  const { counters, gauges } = sampleSets();
  const perService = 200;
  return Array.from({ length: count }, (_, i) => {
    const service = `service-${Math.floor(i / perService)}`;
    const k = i % perService;
    const pod = `${service}-${k % 10}`;
    if (k < 80) {
      const metric = {
        __name__: 'http_requests_total',
        service,
        pod,
        route: `/r${k % 8}`,
        status: k % 4 === 0 ? '500' : '200',
      };
      return { metric, values: counters[(i * 7) % 100]! };
    }
    if (k < 120) {
      const le = ['0.1', '0.5', '1', '+Inf'][k % 4]!;
      return {
        metric: { __name__: 'http_request_duration_seconds_bucket', service, pod, le },
        values: counters[(i * 7) % 100]!,
      };
    }
    const name = [
      'process_resident_memory_bytes',
      'process_open_fds',
      'queue_depth',
      'cpu_usage_ratio',
    ][k % 4]!;
    return {
      metric: { __name__: name, service, pod, shard: String(k) },
      values: gauges[(i * 13) % 100]!,
    };
  });
}

console.log('series   points     seconds  µs/series  peak MB');
for (const count of [most / 16, most / 4, most].map(Math.round)) {
  const series = seriesOf(count);
  const started = performance.now();
  const analysis = analyseMetrics(series, {
    window: { start: (ORIGIN + points * 0.7 * STEP) * 1000, end: (ORIGIN + points * STEP) * 1000 },
    baseline: { start: ORIGIN * 1000, end: (ORIGIN + points * 0.7 * STEP) * 1000 },
  });
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${String(count).padEnd(8)} ${String(points).padEnd(8)} ${seconds.toFixed(2).padStart(9)}  ${((seconds * 1e6) / count).toFixed(0).padStart(9)}  ${peak.toFixed(0).padStart(7)}   (${analysis.signals.length} signals, ${analysis.shifts.length} shifts)`,
  );
}
