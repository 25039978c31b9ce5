import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type ServiceMetrics = {
  registry: Registry;
  /** One answered request: status is a code, duration in seconds. */
  request(labels: { handler: string; method: string; status: number }, seconds: number): void;
  /** The state of something that the service needs. */
  dependency(name: string, isUp: boolean): void;
};

/** The metrics of a service, named as the alert rules of the stack expect them. */
export function createServiceMetrics(service: string, version: string): ServiceMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 });
  const shared = { registers: [registry] };
  const requests = new Counter({
    ...shared,
    name: 'http_requests_total',
    help: 'Requests answered, by grouped status.',
    labelNames: ['handler', 'method', 'status'] as const,
  });
  const durations = new Histogram({
    ...shared,
    name: 'http_request_duration_seconds',
    help: 'Time to answer.',
    labelNames: ['handler', 'method'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  });
  const up = new Gauge({
    ...shared,
    name: 'dependency_up',
    help: '1 while the dependency answers.',
    labelNames: ['dependency'] as const,
  });
  const checked = new Gauge({
    ...shared,
    name: 'dependency_last_check_timestamp_seconds',
    help: 'When the dependency was last asked.',
    labelNames: ['dependency'] as const,
  });
  new Gauge({
    ...shared,
    name: 'app_build_info',
    help: 'Always 1; the labels tell what runs.',
    labelNames: ['version'] as const,
  }).set({ version }, 1);
  return {
    registry,
    request: ({ handler, method, status }, seconds) => {
      requests.inc({ handler, method, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ handler, method }, seconds);
    },
    dependency: (dependency, isUp) => {
      up.set({ dependency }, isUp ? 1 : 0);
      checked.set({ dependency }, Date.now() / 1000);
    },
  };
}
