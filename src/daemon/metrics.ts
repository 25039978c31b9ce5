import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type QueueName = 'alerts' | 'investigations' | 'side_effects';

/** What the daemon tells Prometheus about itself. */
export type DaemonMetrics = {
  registry: Registry;
  received(status: string, count: number): void;
  rejected(reason: string): void;
  deduplicated(count: number): void;
  failure(kind: string): void;
  /** Seconds to make a group of alerts durable. */
  commit: Histogram;
  /** Seconds from a request to its answer, by route and status. */
  answered: Histogram<'route' | 'status'>;
  /** Seconds of a stage of the work. */
  stage(
    name: 'sort' | 'investigate' | 'collect' | 'analyse' | 'model' | 'send',
    seconds: number,
  ): void;
  tokens(direction: 'input' | 'output', count: number): void;
  verdict(verdict: string): void;
  sideEffect(kind: string, outcome: 'delivered' | 'retried' | 'given_up'): void;
  open(bySeverity: Readonly<Record<string, number>>): void;
  queue(name: QueueName, depth: number, ageSeconds: number, dead: number): void;
};

const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const LATENCY = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const WORK = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

export function createDaemonMetrics(version: string): DaemonMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counter<T> =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: T[]): Gauge<T> =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <T extends string>(
    name: string,
    help: string,
    labelNames: T[],
    buckets: number[],
  ): Histogram<T> => new Histogram({ name, help, labelNames, buckets, registers });

  gauge('incident_build_info', 'The running version', ['version']).set({ version }, 1);
  const received = counter('incident_alerts_received_total', 'Alerts made durable', ['status']);
  const rejected = counter('incident_requests_rejected_total', 'Requests refused', ['reason']);
  const deduplicated = counter(
    'incident_alerts_deduplicated_total',
    'Deliveries of alerts that were known',
    [],
  );
  const failures = counter('incident_failures_total', 'Failures by kind', ['kind']);
  const tokens = counter('incident_model_tokens_total', 'Tokens of the model', ['direction']);
  const verdicts = counter('incident_investigations_total', 'Investigations by verdict', [
    'verdict',
  ]);
  const effects = counter('incident_side_effects_total', 'Side effects', ['kind', 'outcome']);
  const open = gauge('incident_open_incidents', 'Incidents not resolved', ['severity']);
  const depth = gauge('incident_queue_depth', 'What waits or is at work', ['queue']);
  const age = gauge('incident_queue_age_seconds', 'How long the oldest due waits', ['queue']);
  const dead = gauge('incident_dead_letters', 'What was given up', ['queue']);
  const stage = histogram('incident_stage_duration_seconds', 'Time of stages', ['stage'], WORK);

  return {
    registry,
    received: (status, count) => received.inc({ status }, count),
    rejected: (reason) => rejected.inc({ reason }),
    deduplicated: (count) => deduplicated.inc(count),
    failure: (kind) => failures.inc({ kind }),
    commit: histogram(
      'incident_commit_duration_seconds',
      'Time to make alerts durable',
      [],
      LATENCY,
    ),
    answered: histogram(
      'incident_http_request_duration_seconds',
      'Time from a request to its answer',
      ['route', 'status'],
      LATENCY,
    ),
    stage: (name, seconds) => stage.observe({ stage: name }, seconds),
    tokens: (direction, count) => tokens.inc({ direction }, count),
    verdict: (verdict) => verdicts.inc({ verdict }),
    sideEffect: (kind, outcome) => effects.inc({ kind, outcome }),
    open: (bySeverity) => {
      for (const severity of SEVERITIES) open.set({ severity }, bySeverity[severity] ?? 0);
    },
    queue: (name, many, ageSeconds, given) => {
      depth.set({ queue: name }, many);
      age.set({ queue: name }, ageSeconds);
      dead.set({ queue: name }, given);
    },
  };
}
