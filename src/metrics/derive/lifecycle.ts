import { formatTime } from '#src/domain/time.ts';
import type { MetricChange } from '#src/metrics/contract.ts';
import { byTime } from '#src/metrics/derive/change-order.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { restarts } from '#src/metrics/derive/restarts.ts';
import { rollouts } from '#src/metrics/derive/rollouts.ts';
import { groupBy } from '#src/metrics/derive/signal-builder.ts';
import { versions } from '#src/metrics/derive/versions.ts';

/** More changes than this of one kind and service are not told one by one. */
const MAX_CHANGES = 50;

/** Restarts, new versions and changed limits that the series tell, in the order of time. */
export function metricChanges(all: readonly PreparedSeries[]): MetricChange[] {
  const told = versions(all);
  const versioned = new Set(told.map(({ service }) => service));
  const replaced = rollouts(all).filter(({ service }) => !versioned.has(service));
  const changes = [...restarts(all), ...told, ...replaced, ...changedLimits(all)];
  const bounded: MetricChange[] = [];
  for (const group of groupBy(changes, (one) => `${one.kind}\n${one.service}`).values()) {
    group.sort(byTime);
    bounded.push(...group.slice(-MAX_CHANGES));
  }
  return bounded.sort(byTime);
}

/** A limit or wished replica count that stood still before and after, and moved once or twice. */
function changedLimits(all: readonly PreparedSeries[]): MetricChange[] {
  const found: MetricChange[] = [];
  for (const series of all) {
    const { cls, times, values } = series;
    if (cls.facet !== 'limit' || cls.type !== 'gauge' || values.length < 4) continue;
    const jumps: number[] = [];
    for (let i = 1; i < values.length && jumps.length <= 2; i += 1) {
      if (values[i] !== values[i - 1]) jumps.push(i);
    }
    if (jumps.length === 0 || jumps.length > 2) continue;
    for (const i of jumps) {
      const from = String(values[i - 1]);
      const to = String(values[i]);
      found.push({
        kind: /replica/.test(cls.family) ? 'replicas' : 'limit',
        service: cls.service,
        at: times[i] as number,
        after: times[i - 1] as number,
        from,
        to,
        instance: series.instance,
        text: `${cls.family} of ${cls.service ?? 'a service'} went from ${from} to ${to} at ${formatTime(times[i] as number)}`,
        sources: [series.index],
      });
    }
  }
  return found;
}
