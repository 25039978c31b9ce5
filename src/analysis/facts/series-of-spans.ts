import type { MetricSeries, SpanRecord } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';

/** Width of a slot in seconds; wider where the spans are few. */
const SLOTS = [10, 30, 60, 300] as const;
const WANTED_PER_SLOT = 8;

type Slot = { count: number; errors: number; self: number; total: number };

/**
 * Spans as series: requests, errors and mean duration of each service a slot, and the edges of
 * the call graph. The duration is the service's own: the time that its children took is not in it,
 * so that a slow callee does not make its callers look slow by themselves; the whole duration is
 * given beside it.
 */
export function seriesOfSpans(spans: readonly SpanRecord[]): {
  series: MetricSeries[];
  edges: { from: string; to: string }[];
} {
  const byId = new Map(spans.map((span) => [`${span.traceId}/${span.spanId}`, span]));
  const childTime = new Map<SpanRecord, number>();
  const edges = new Map<string, { from: string; to: string }>();
  const entries: SpanRecord[] = [];
  for (const span of spans) {
    const parent = span.parentId ? byId.get(`${span.traceId}/${span.parentId}`) : undefined;
    if (!parent || parent.service !== span.service) entries.push(span);
    if (!parent || parent.service === span.service) continue;
    childTime.set(parent, (childTime.get(parent) ?? 0) + span.durationMs);
    edges.set(`${parent.service}\0${span.service}`, { from: parent.service, to: span.service });
  }
  const calleeTime = timeOfCallees(spans, byId, childTime);
  const width = slotWidth(entries);
  const slots = new Map<string, Map<number, Slot>>();
  for (const span of entries) {
    const at = parseTime(span.start);
    if (at === null) continue;
    const ofService = slots.get(span.service) ?? new Map<number, Slot>();
    slots.set(span.service, ofService);
    const key = Math.floor(at / 1000 / width) * width;
    const slot = ofService.get(key) ?? { count: 0, errors: 0, self: 0, total: 0 };
    ofService.set(key, slot);
    slot.count++;
    if (span.status === 'ERROR') slot.errors++;
    slot.total += span.durationMs;
    slot.self += Math.max(0, span.durationMs - (calleeTime.get(span) ?? 0));
  }
  return {
    series: [...slots].flatMap(([service, ofService]) =>
      seriesOfService(service, ofService, width),
    ),
    edges: [...edges.values()],
  };
}

/** For each entry span, the time that other services took anywhere below it. */
function timeOfCallees(
  spans: readonly SpanRecord[],
  byId: ReadonlyMap<string, SpanRecord>,
  childTime: ReadonlyMap<SpanRecord, number>,
): Map<SpanRecord, number> {
  const total = new Map<SpanRecord, number>();
  for (const span of spans) {
    const time = childTime.get(span) ?? 0;
    if (time === 0) continue;
    // Climb to the span by which the service was entered.
    let at: SpanRecord = span;
    for (let depth = 0; depth < 64; depth++) {
      const parent = at.parentId ? byId.get(`${at.traceId}/${at.parentId}`) : undefined;
      if (!parent || parent.service !== at.service) break;
      at = parent;
    }
    total.set(at, (total.get(at) ?? 0) + time);
  }
  return total;
}

function slotWidth(entries: readonly SpanRecord[]): number {
  const times = entries.flatMap((span) => parseTime(span.start) ?? []);
  if (times.length === 0) return SLOTS[0];
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const services = new Set(entries.map((span) => span.service)).size;
  const perSecond = times.length / services / Math.max(1, (last - first) / 1000);
  return SLOTS.find((width) => width * perSecond >= WANTED_PER_SLOT) ?? 300;
}

function seriesOfService(
  service: string,
  slots: ReadonlyMap<number, Slot>,
  width: number,
): MetricSeries[] {
  const times = [...slots.keys()].sort((a, b) => a - b);
  const make = (
    name: string,
    measure: (slot: Slot) => number,
    more: Partial<MetricSeries>,
  ): MetricSeries => ({
    metric: { __name__: name, service },
    // A slot's value is known at its end.
    values: times.map((at) => [at + width, String(measure(slots.get(at) as Slot))]),
    service,
    type: 'gauge',
    query: 'spans',
    ...more,
  });
  return [
    make('span_requests', (slot) => slot.count, { signal: 'traffic' }),
    make('span_error_ratio', (slot) => slot.errors / slot.count, {
      signal: 'errors',
      unit: 'ratio',
    }),
    make('span_self_duration_mean_seconds', (slot) => slot.self / slot.count / 1000, {
      signal: 'latency',
      unit: 'seconds',
    }),
    make('span_duration_mean_seconds', (slot) => slot.total / slot.count / 1000, {
      signal: 'latency',
      unit: 'seconds',
    }),
  ];
}
