import type { HealthCheck, MetricSeries } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';

/** Health checks as `up` series, one a service and URL, so that they are judged like all others. */
export function seriesOfHealth(checks: readonly HealthCheck[]): MetricSeries[] {
  const series = new Map<string, MetricSeries>();
  for (const check of checks) {
    const at = parseTime(check.timestamp);
    if (at === null) continue;
    const key = `${check.service}\0${check.url}`;
    const one = series.get(key) ?? {
      metric: { __name__: 'health_check_up', service: check.service, url: check.url },
      values: [],
      signal: 'up' as const,
      service: check.service,
      type: 'gauge' as const,
    };
    one.values.push([at / 1000, isHealthy(check) ? '1' : '0']);
    series.set(key, one);
  }
  return [...series.values()];
}

/** Whether a check says that the service is fine. */
export function isHealthy(check: HealthCheck): boolean {
  return check.status !== undefined && check.status < 400;
}
