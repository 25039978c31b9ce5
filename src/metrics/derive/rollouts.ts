import { formatTime } from '#src/domain/time.ts';
import type { MetricChange } from '#src/metrics/contract.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { groupBy } from '#src/metrics/derive/signal-builder.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** Old and new processes overlap or follow each other within this many steps or milliseconds. */
const HANDOVER_STEPS = 10;
const HANDOVER_MS = 600_000;
/** An instance counts as gone or new only so many steps from the ends of the data. */
const EDGE_STEPS = 3;
/** So many new processes are compared with those that went. */
const MAX_SUCCESSORS = 200;
/** So many instance names are told. */
const SHOWN = 3;

type Life = { instance: string; first: number; last: number; series: PreparedSeries };

/**
 * Processes of a service that others took the place of: a rollout, a rescheduling, a scale event
 * that replaced. Told as a new version, since that is the usual reason, with the names.
 */
export function rollouts(all: readonly PreparedSeries[]): MetricChange[] {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  let step = 0;
  for (const { times } of all) {
    if (times.length === 0) continue;
    start = Math.min(start, times[0] as number);
    end = Math.max(end, times.at(-1) as number);
    step = Math.max(step, usualStep(times));
  }
  const found: MetricChange[] = [];
  const named = all.filter(({ cls, instance, times }) => {
    return cls.service !== null && instance !== null && times.length > 0;
  });
  for (const group of groupBy(named, ({ cls }) => cls.service).values()) {
    const lives = livesOf(group);
    if (lives.length < 2) continue;
    const edge = EDGE_STEPS * step;
    const born = lives.filter(({ first }) => first > start + edge);
    const handover = Math.max(HANDOVER_MS, HANDOVER_STEPS * step);
    const successors = born.slice(0, MAX_SUCCESSORS);
    const gone = lives.filter(
      ({ first, last }) =>
        first <= start + edge &&
        last < end - edge &&
        successors.some((other) => Math.abs(other.first - last) <= handover),
    );
    const head = born[0];
    if (head === undefined || gone.length === 0) continue;
    found.push(changeOf(head, gone, born));
  }
  return found;
}

function livesOf(group: readonly PreparedSeries[]): Life[] {
  const lives = new Map<string, Life>();
  for (const series of group) {
    const instance = series.instance as string;
    const first = series.times[0] as number;
    const last = series.times.at(-1) as number;
    const known = lives.get(instance);
    if (known === undefined) lives.set(instance, { instance, first, last, series });
    else {
      known.first = Math.min(known.first, first);
      known.last = Math.max(known.last, last);
    }
  }
  return [...lives.values()].sort(
    (a, b) => a.first - b.first || (a.instance < b.instance ? -1 : 1),
  );
}

function changeOf(head: Life, gone: readonly Life[], born: readonly Life[]): MetricChange {
  const names = (lives: readonly Life[]) =>
    lives
      .slice(0, SHOWN)
      .map(({ instance }) => instance)
      .join(', ');
  const service = head.series.cls.service as string;
  const from = names(gone);
  const to = names(born);
  const step = usualStep(head.series.times);
  return {
    kind: 'version',
    service,
    at: head.first,
    after: head.first - step,
    from,
    to,
    instance: head.instance,
    text: `${service}: new processes (${to}) took over from ${from} at ${formatTime(head.first)}`,
    sources: [...gone, ...born].slice(0, 8).map(({ series }) => series.index),
  };
}
