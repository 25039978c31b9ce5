import type { Draft } from '#src/analysis/evidence/ledger.ts';
import type { AllSeries, SeriesOrigin } from '#src/analysis/facts/series.ts';
import type { EvidenceKind } from '#src/domain/evidence.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import { formatTime, type TimeWindow } from '#src/domain/time.ts';
import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';
import { describeShift, describeSignal } from '#src/metrics/describe.ts';

/** Points of a signal that evidence keeps at the most; more are thinned out. */
const MOST_POINTS = 240;

const KIND_OF_ORIGIN: Record<SeriesOrigin, EvidenceKind> = {
  metric: 'metric',
  trace: 'trace',
  health: 'health',
  log: 'log',
};

const SOURCE_OF_ORIGIN: Record<SeriesOrigin, string> = {
  metric: 'metrics',
  trace: 'spans',
  health: 'health checks',
  log: 'logs',
};

/** A signal with its shift, if it has one, as evidence. */
export function signalDraft(
  signal: DerivedSignal,
  shift: Shift | null,
  all: AllSeries,
  window: TimeWindow,
): Draft {
  const first = signal.sources[0] ?? 0;
  const origin = all.origins[first] ?? 'metric';
  const raw = all.series[first];
  const last = signal.values.at(-1) ?? Number.NaN;
  return {
    kind: KIND_OF_ORIGIN[origin],
    source: SOURCE_OF_ORIGIN[origin],
    query: raw?.query ?? queryOf(signal),
    window,
    service: signal.service,
    at: shift?.onset ?? null,
    summary: shift
      ? describeShift(signal, shift)
      : `${describeSignal(signal)} is steady at ${formatQuantity(last, signal.unit)}`,
    data: {
      type: 'series',
      metric: { __name__: signal.name, ...signal.labels },
      points: pointsOf(signal),
      ...(signal.signal === 'other' ? {} : { signal: signal.signal }),
      unit: signal.unit,
      derived: shortName(signal),
      baseline: shift ? finite(shift.reference) : null,
      peak: shift ? finite(shift.level) : null,
      onset: shift ? formatTime(shift.onset) : null,
    },
  };
}

/** A selector by which the raw series can be found again. */
function queryOf(signal: DerivedSignal): string {
  const labels = Object.entries(signal.labels)
    .filter(([label]) => label !== '__name__')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${signal.name}{${labels.join(',')}}`;
}

function shortName(signal: DerivedSignal): string {
  const facet = signal.facet.replace(/-/g, ' ');
  const isPlain =
    signal.aspect === 'value' || signal.aspect === 'rate' || signal.facet !== 'latency';
  const peer = signal.peer ? ` ${signal.peerIsCaller ? 'from' : 'to'} ${signal.peer}` : '';
  return isPlain ? `${facet}${peer}` : `${signal.aspect} ${facet}${peer}`;
}

function pointsOf(signal: DerivedSignal): [number, number | null][] {
  const { times, values } = signal;
  const step = Math.max(1, Math.ceil(times.length / MOST_POINTS));
  const points: [number, number | null][] = [];
  for (let index = 0; index < times.length; index += step) {
    const at = (times[index] ?? 0) / 1000;
    points.push([at, finite(mostExtreme(values, index, Math.min(index + step, values.length)))]);
  }
  return points;
}

/** The largest value of a thinned-out stretch: a spike must not get lost. */
function mostExtreme(values: Float64Array, from: number, to: number): number {
  let best = values[from] ?? Number.NaN;
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(best) || value > best) best = value;
  }
  return best;
}

/** Six significant digits: more would be noise that differs between machines. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}
