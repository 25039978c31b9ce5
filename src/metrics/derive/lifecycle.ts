import { formatTime } from '#src/domain/time.ts';
import type { MetricChange } from '#src/metrics/contract.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { groupBy } from '#src/metrics/derive/signal-builder.ts';
import { resetsOf } from '#src/metrics/samples/increments.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** More changes than this of one kind and service are not told one by one. */
const MAX_CHANGES = 50;

/** Restarts, new versions and changed limits that the series tell, in the order of time. */
export function metricChanges(all: readonly PreparedSeries[]): MetricChange[] {
  const changes = [...restarts(all), ...versions(all), ...changedLimits(all)];
  const bounded: MetricChange[] = [];
  for (const group of groupBy(changes, (one) => `${one.kind}\n${one.service}`).values()) {
    group.sort(byTime);
    bounded.push(...group.slice(-MAX_CHANGES));
  }
  return bounded.sort(byTime);
}

function byTime(a: MetricChange, b: MetricChange): number {
  if (a.at !== b.at) return a.at - b.at;
  const left = `${a.kind} ${a.service} ${a.instance} ${a.text}`;
  const right = `${b.kind} ${b.service} ${b.instance} ${b.text}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

function restarts(all: readonly PreparedSeries[]): MetricChange[] {
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

const VERSION_KEYS =
  /^(?:version|service_version|app_version|revision|git_(?:sha|commit|revision)|commit|commit_sha|sha|image|image_tag|tag|build|release|branch_commit|git_hash)$/i;

function versionOf(labels: Readonly<Record<string, string>>): string | null {
  const parts: string[] = [];
  for (const key of Object.keys(labels).sort()) {
    if (VERSION_KEYS.test(key)) parts.push(labels[key] as string);
  }
  return parts.length === 0 ? null : parts.join(' ').slice(0, 200);
}

/** A version that was not there when the data begins, beside one that was. */
function versions(all: readonly PreparedSeries[]): MetricChange[] {
  const found: MetricChange[] = [];
  const infos = all.filter(({ cls, labels, times }) => {
    const telling = cls.facet === 'info' || cls.family === 'up' || 'image' in labels;
    return telling && times.length > 0 && versionOf(labels) !== null;
  });
  const groups = groupBy(infos, ({ cls }) => `${cls.service ?? ''}\n${cls.family}`);
  for (const group of groups.values()) {
    const spans = new Map<string, { first: number; last: number; series: PreparedSeries }>();
    let step = 0;
    for (const series of group) {
      const version = versionOf(series.labels) as string;
      const first = series.times[0] as number;
      const last = series.times.at(-1) as number;
      step = Math.max(step, usualStep(series.times));
      const known = spans.get(version);
      if (known === undefined) spans.set(version, { first, last, series });
      else {
        if (first < known.first) spans.set(version, { ...known, first, series });
        known.last = Math.max(known.last, last);
      }
    }
    const order = [...spans].sort((a, b) => a[1].first - b[1].first || (a[0] < b[0] ? -1 : 1));
    for (let i = 1; i < order.length; i += 1) {
      const [to, { first, series }] = order[i] as (typeof order)[number];
      const [from, before] = order[i - 1] as (typeof order)[number];
      if (first <= before.first) continue;
      const { service } = series.cls;
      found.push({
        kind: 'version',
        service,
        at: first,
        after: Math.min(first - step, Math.max(before.first, Math.min(before.last, first - step))),
        from,
        to,
        instance: series.instance,
        text: `${service ?? 'a service'} went from ${from} to ${to} at ${formatTime(first)}`,
        sources: [before.series.index, series.index],
      });
    }
  }
  return found;
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
