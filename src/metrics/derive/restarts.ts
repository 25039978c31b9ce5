import { formatTime } from '#src/domain/time.ts';
import type { MetricChange } from '#src/metrics/contract.ts';
import { byTime } from '#src/metrics/derive/change-order.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { groupBy } from '#src/metrics/derive/signal-builder.ts';
import { resetsOf } from '#src/metrics/samples/increments.ts';

/**
 * Restarts of processes, from start times that jump, uptimes that fall, counted restarts, or many
 * counters that fall at one moment.
 */
export function restarts(all: readonly PreparedSeries[]): MetricChange[] {
  const found: MetricChange[] = [];
  const told = new Set<string>();
  for (const series of all) {
    if (series.cls.facet !== 'restart') continue;
    const moments =
      series.cls.unit === 'timestamp'
        ? startJumps(series)
        : series.cls.type === 'counter'
          ? countedRestarts(series)
          : uptimeFalls(series);
    for (const moment of moments) found.push(restart(series, moment));
    if (series.cls.unit === 'timestamp') told.add(processKey(series));
  }
  for (const group of groupBy(all, processKey).values()) {
    if (!told.has(processKey(group[0] as PreparedSeries))) found.push(...commonResets(group));
  }
  return merged(found);
}

const processKey = ({ cls, instance }: PreparedSeries) => `${cls.service ?? ''}\n${instance ?? ''}`;

type Moment = { at: number; after: number };

function restart(series: PreparedSeries, { at, after }: Moment): MetricChange {
  const { service } = series.cls;
  const where = series.instance === null ? '' : ` (${series.instance})`;
  return {
    kind: 'restart',
    service,
    at,
    after,
    from: null,
    to: null,
    instance: series.instance,
    text: `${service ?? 'a process'}${where} started again at ${formatTime(at)}`,
    sources: [series.index],
  };
}

/** The value of a start time is the moment itself. */
function startJumps({ times, values }: PreparedSeries): Moment[] {
  const found: Moment[] = [];
  for (let i = 1; i < values.length; i += 1) {
    const at = Math.round((values[i] as number) * 1000);
    if ((values[i] as number) - (values[i - 1] as number) < 1) continue;
    const seen = times[i] as number;
    const after = times[i - 1] as number;
    found.push(
      at <= seen && at >= after ? { at, after: Math.min(at, after) } : { at: seen, after },
    );
  }
  return found;
}

function countedRestarts({ times, values }: PreparedSeries): Moment[] {
  const found: Moment[] = [];
  for (let i = 1; i < values.length; i += 1) {
    if ((values[i] as number) > (values[i - 1] as number)) {
      found.push({ at: times[i] as number, after: times[i - 1] as number });
    }
  }
  return found;
}

function uptimeFalls({ times, values }: PreparedSeries): Moment[] {
  const found: Moment[] = [];
  for (let i = 1; i < values.length; i += 1) {
    if ((values[i] as number) >= (values[i - 1] as number)) continue;
    const seen = times[i] as number;
    const after = times[i - 1] as number;
    const began = seen - (values[i] as number) * 1000;
    found.push({ at: began > after && began <= seen ? began : seen, after });
  }
  return found;
}

/** Where no start time is told: at least three counters, most of a process, fall at one moment. */
function commonResets(group: readonly PreparedSeries[]): MetricChange[] {
  const counters = group.filter(
    ({ cls, values }) => cls.type === 'counter' && (values.at(-1) ?? 0) > 0 && values.length > 2,
  );
  if (counters.length < 3) return [];
  const falls = new Map<number, { count: number; series: PreparedSeries; after: number }>();
  for (const series of counters) {
    for (const i of resetsOf(series.values)) {
      const at = series.times[i] as number;
      const known = falls.get(at);
      if (known === undefined) {
        falls.set(at, { count: 1, series, after: series.times[i - 1] as number });
      } else known.count += 1;
    }
  }
  return [...falls]
    .filter(([, { count }]) => count >= 3 && count >= counters.length * 0.3)
    .map(([at, { series, after }]) => restart(series, { at, after }));
}

/** Several series tell of one restart. */
function merged(found: MetricChange[]): MetricChange[] {
  const kept: MetricChange[] = [];
  for (const group of groupBy(found, (one) => `${one.service}\n${one.instance}`).values()) {
    group.sort(byTime);
    let last: MetricChange | null = null;
    for (const one of group) {
      if (last !== null && one.after <= last.at && one.at - last.at < 120_000) {
        if (last.sources.length < 8) last.sources.push(...one.sources);
        continue;
      }
      kept.push(one);
      last = one;
    }
  }
  return kept;
}
