import type { MetricSeries } from '#src/domain/bundle.ts';
import { createRandom, type Random } from './random.ts';
import type { State, World } from './world.ts';

/** How metrics are named and what they are made of. */
export const CONVENTIONS = ['prom-client', 'micrometer', 'otel', 'gauges', 'own'] as const;
/** Seen in the held-out part only. */
export const HELD_OUT_CONVENTIONS = [...CONVENTIONS, 'statsd', 'cloudwatch'] as const;
export type Convention = (typeof HELD_OUT_CONVENTIONS)[number];

type Sink = (metric: Record<string, string>, values: (number | null)[]) => void;

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Share of lognormal(median, 0.4) at or below a bound (logistic approximation). */
const below = (bound: number, middle: number) =>
  1 / (1 + Math.exp((-1.702 * Math.log(bound / middle)) / 0.4));

/** The series that a world would show, with gaps, counter resets and integer counts. */
export function emitSeries(
  world: World,
  seed: number,
  conventions: readonly Convention[],
): { series: MetricSeries[]; convention: Convention; peers: boolean } {
  const random = createRandom(seed ^ 0x5bd1e995);
  const convention = random.pick(conventions);
  const peers = random.chance(0.35);
  const gappy = random.chance(0.3) ? 0.08 : 0;
  const series: MetricSeries[] = [];
  world.services.forEach((service, s) => {
    const states = world.states[s]!;
    // A scrape is missed as a whole.
    const missed = states.map(() => random.chance(gappy));
    const sink: Sink = (metric, values) => {
      const kept: [number, string][] = [];
      values.forEach((value, i) => {
        const gone = !states[i]!.up && metric.__name__ !== 'up';
        if (value === null || gone || missed[i]!) return;
        kept.push([world.times[i]!, String(Number(value.toPrecision(8)))]);
      });
      if (kept.length > 0) series.push({ metric, values: kept });
    };
    const counts = states.map(({ traffic }) => random.poisson(traffic * world.step));
    const failed = states.map(({ errors }, i) => binomial(random, counts[i]!, errors));
    EMITTERS[convention]({
      name: service.name,
      states,
      counts,
      failed,
      random,
      step: world.step,
      sink,
    });
    if (peers) emitPeers(world, s, random, sink);
  });
  return { series, convention, peers };
}

function binomial(random: Random, n: number, p: number): number {
  if (n > 60) return Math.min(n, random.poisson(n * p));
  let hits = 0;
  for (let i = 0; i < n; i += 1) if (random.chance(p)) hits += 1;
  return hits;
}

function cumulate(counts: readonly number[], start: number): number[] {
  let total = start;
  return counts.map((count) => (total += count));
}

type Emission = {
  name: string;
  states: readonly State[];
  counts: number[];
  failed: number[];
  random: Random;
  step: number;
  sink: Sink;
};

function resources(
  { name, states, sink }: Emission,
  label: string,
  names: [string, string, string, string],
) {
  sink(
    { __name__: names[0], [label]: name },
    states.map(({ cpu }) => cpu),
  );
  sink(
    { __name__: names[1], [label]: name },
    states.map(({ memory }) => memory),
  );
  sink(
    { __name__: names[2], [label]: name },
    states.map(({ pool }) => Math.round(pool * 50)),
  );
  sink(
    { __name__: names[3], [label]: name },
    states.map(() => 50),
  );
}

/** How many of an interval's requests took no longer than each bound. */
function bucketCounts(random: Random, count: number, middle: number): number[] {
  const inside = BOUNDS.map(() => 0);
  if (count > 60) return BOUNDS.map((bound) => Math.round(count * below(bound, middle)));
  for (let i = 0; i < count; i += 1) {
    const latency = middle * Math.exp(0.4 * random.normal());
    BOUNDS.forEach((bound, b) => {
      if (latency <= bound) inside[b]! += 1;
    });
  }
  return inside;
}

function buckets(
  emission: Emission,
  metric: string,
  labels: Record<string, string>,
  scale: number,
): void {
  const { states, counts, random, sink } = emission;
  const perInterval = counts.map((count, i) => bucketCounts(random, count, states[i]!.latency));
  BOUNDS.forEach((bound, b) => {
    const values = cumulate(
      perInterval.map((one) => one[b]!),
      0,
    );
    sink({ __name__: `${metric}_bucket`, ...labels, le: String(bound * scale) }, values);
  });
  sink({ __name__: `${metric}_bucket`, ...labels, le: '+Inf' }, cumulate(counts, 0));
  const sums = counts.map(
    (count, i) => count * states[i]!.latency * scale * (1 + 0.02 * random.normal()),
  );
  sink({ __name__: `${metric}_sum`, ...labels }, cumulate(sums, 100));
  sink({ __name__: `${metric}_count`, ...labels }, cumulate(counts, 1000));
}

const up = ({ name, states, sink }: Emission, label: string) =>
  sink(
    { __name__: 'up', [label]: name, instance: `${name}:8080` },
    states.map((one) => (one.up ? 1 : 0)),
  );

const EMITTERS: Record<Convention, (emission: Emission) => void> = {
  'prom-client': (emission) => {
    const { name, counts, failed, random, sink } = emission;
    const fine = counts.map((count, i) => count - failed[i]!);
    const base = { __name__: 'http_requests_total', service: name, method: 'GET' };
    sink({ ...base, status: '2xx' }, cumulate(fine, random.whole(0, 1e5)));
    sink({ ...base, status: '5xx' }, cumulate(failed, random.whole(0, 50)));
    buckets(emission, 'http_request_duration_seconds', { service: name }, 1);
    resources(emission, 'service', [
      'process_cpu_utilization',
      'process_resident_memory_bytes',
      'db_pool_connections_active',
      'db_pool_connections_max',
    ]);
    up(emission, 'service');
  },
  micrometer: (emission) => {
    const { name, counts, failed, random, sink, states } = emission;
    for (const [status, outcome, part] of [
      ['200', 'SUCCESS', counts.map((count, i) => count - failed[i]!)],
      ['500', 'SERVER_ERROR', failed],
    ] as const) {
      const labels = { application: name, uri: '/x', status, outcome };
      sink(
        { __name__: 'http_server_requests_seconds_count', ...labels },
        cumulate(part, random.whole(0, 999)),
      );
      const sums = part.map((count, i) => count * states[i]!.latency);
      sink({ __name__: 'http_server_requests_seconds_sum', ...labels }, cumulate(sums, 5));
    }
    resources(emission, 'application', [
      'process_cpu_usage',
      'jvm_memory_used_bytes',
      'hikaricp_connections_active',
      'hikaricp_connections_max',
    ]);
    up(emission, 'job');
  },
  otel: (emission) => {
    const { name, counts, failed, random, sink } = emission;
    const ms = { service_name: name };
    buckets(emission, 'http_server_duration_milliseconds', ms, 1000);
    const base = { __name__: 'rpc_server_requests_total', service_name: name };
    sink(
      { ...base, rpc_grpc_status_code: '0' },
      cumulate(
        counts.map((c, i) => c - failed[i]!),
        7,
      ),
    );
    sink({ ...base, rpc_grpc_status_code: random.pick(['2', '13', '14']) }, cumulate(failed, 0));
    resources(emission, 'service_name', [
      'process_cpu_utilization_ratio',
      'process_memory_usage_bytes',
      'db_client_connections_usage',
      'db_client_connections_max',
    ]);
    up(emission, 'service_name');
  },
  gauges: ({ name, states, counts, failed, step, sink }) => {
    sink(
      { __name__: 'requests_per_second', app: name },
      counts.map((count) => count / step),
    );
    sink(
      { __name__: 'error_rate_percent', app: name },
      counts.map((n, i) => (n > 0 ? (100 * failed[i]!) / n : null)),
    );
    for (const [q, factor] of [
      ['p50', 1],
      ['p95', 1.9],
      ['p99', 2.5],
    ] as const) {
      sink(
        { __name__: `latency_${q}_ms`, app: name },
        states.map(({ latency }, i) => (counts[i]! > 0 ? latency * 1000 * factor : null)),
      );
    }
    sink(
      { __name__: 'cpu_percent', app: name },
      states.map(({ cpu }) => cpu * 100),
    );
    sink(
      { __name__: 'memory_used_mb', app: name },
      states.map(({ memory }) => memory / 1e6),
    );
    sink(
      { __name__: 'pool_in_use', app: name },
      states.map(({ pool }) => Math.round(pool * 50)),
    );
    sink(
      { __name__: 'healthy', app: name },
      states.map(({ up: alive }) => (alive ? 1 : 0)),
    );
  },
  own: (emission) => {
    const { name, counts, failed, random, sink, states } = emission;
    sink({ __name__: 'api_calls', job: name }, cumulate(counts, random.whole(0, 1e6)));
    sink({ __name__: 'api_calls_failed', job: name }, cumulate(failed, random.whole(0, 99)));
    const sums = counts.map((count, i) => count * states[i]!.latency);
    sink({ __name__: 'api_call_time_seconds_sum', job: name }, cumulate(sums, 1));
    sink({ __name__: 'api_call_time_seconds_count', job: name }, cumulate(counts, 1));
    resources(emission, 'job', [
      'cpu_load',
      'heap_used_bytes',
      'worker_threads_busy',
      'worker_threads_max',
    ]);
    up(emission, 'job');
  },
  statsd: ({ name, states, counts, failed, sink }) => {
    sink({ __name__: 'app.request.hits', service: name }, counts);
    sink({ __name__: 'app.request.errors', service: name }, failed);
    sink(
      { __name__: 'app.request.duration.mean', service: name },
      states.map(({ latency }) => latency),
    );
    sink(
      { __name__: 'app.request.duration.95percentile', service: name },
      states.map(({ latency }) => latency * 1.9),
    );
    sink(
      { __name__: 'system.cpu.user', service: name },
      states.map(({ cpu }) => cpu * 100),
    );
    sink(
      { __name__: 'runtime.mem.rss', service: name },
      states.map(({ memory }) => memory),
    );
    sink(
      { __name__: 'pool.connections.used', service: name },
      states.map(({ pool }) => Math.round(pool * 50)),
    );
  },
  cloudwatch: ({ name, states, counts, failed, sink }) => {
    const dimension = { dimension_FunctionName: name };
    sink({ __name__: 'Invocations', ...dimension, statistic: 'Sum' }, counts);
    sink({ __name__: 'Errors', ...dimension, statistic: 'Sum' }, failed);
    sink(
      { __name__: 'Duration', ...dimension, statistic: 'Average' },
      states.map(({ latency }) => latency * 1000),
    );
    sink(
      { __name__: 'Duration', ...dimension, statistic: 'p99' },
      states.map(({ latency }) => latency * 2500),
    );
    sink(
      { __name__: 'CPUUtilization', ...dimension, statistic: 'Average' },
      states.map(({ cpu }) => cpu * 100),
    );
    sink(
      { __name__: 'ConcurrentExecutions', ...dimension, statistic: 'Maximum' },
      states.map(({ pool }) => Math.round(pool * 50)),
    );
  },
};

/** What a caller's own client metrics say about those it calls. */
function emitPeers(world: World, s: number, random: Random, sink: Sink): void {
  for (const call of world.services[s]!.calls) {
    const peer = world.services[call.to]!.name;
    const labels = { service: world.services[s]!.name, peer };
    const counts = world.states[s]!.map(({ traffic }) =>
      random.poisson(traffic * call.factor * world.step),
    );
    const child = world.states[call.to]!;
    const failed = counts.map((n, i) => binomial(random, n, child[i]!.up ? child[i]!.errors : 1));
    const fine = counts.map((n, i) => n - failed[i]!);
    sink({ __name__: 'http_client_requests_total', ...labels, code: '200' }, cumulate(fine, 5));
    sink({ __name__: 'http_client_requests_total', ...labels, code: '503' }, cumulate(failed, 0));
  }
}
