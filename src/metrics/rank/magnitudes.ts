import type { Span } from '#src/domain/time.ts';
import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';
import { median } from '#src/metrics/statistics/robust.ts';

/** A request may call a dependency several times; beyond this the estimate is not believed. */
const MOST_CALLS = 5;
/** Calls for each request, where traffic is unknown. */
const USUAL_CALLS = 3;
/** What is estimated from sums over everybody's traffic is taken this much too generously. */
const GENEROUS = 2;
/** However small a part it seems to be, so much may be explained. */
const LEAST_SHARE = 0.08;

/** How large a service's trouble is in absolute terms. */
export type Magnitude = {
  /** Requests a second in the window; null if unknown. */
  rate: number | null;
  /** Statistic (with the metric where the unit is unknown) → rise; 0 for one that is measured and did not rise. */
  rises: ReadonlyMap<string, number>;
  /** Additional share of failed requests. */
  errors: number;
};

/** Magnitudes of whole services, by their own signals. */
export function magnitudesOf(
  signals: readonly DerivedSignal[],
  shifts: readonly Shift[],
  window: Span,
): Map<string, Magnitude> {
  const shiftOf = new Map(shifts.map((shift) => [shift.signalId, shift]));
  const found = new Map<
    string,
    { rate: number | null; rises: Map<string, number>; errors: number }
  >();
  for (const signal of signals) {
    const { service, facet } = signal;
    if (service === null || signal.scope === 'route' || signal.scope === 'instance') continue;
    if (signal.peer !== null && !signal.peerIsCaller) continue;
    const magnitude = found.get(service) ?? { rate: null, rises: new Map(), errors: 0 };
    found.set(service, magnitude);
    const shift = shiftOf.get(signal.id);
    const change =
      shift === undefined || shift.direction === 'down' ? 0 : shift.level - shift.reference;
    if (facet === 'request-rate') {
      const rate = typicalIn(signal, window);
      if (rate !== null) magnitude.rate = Math.max(magnitude.rate ?? 0, rate);
    } else if (facet === 'latency') {
      // Times of an unknown unit are compared with their like only.
      const aspect = signal.unit === 'seconds' ? signal.aspect : `${signal.aspect} ${signal.name}`;
      magnitude.rises.set(aspect, Math.max(magnitude.rises.get(aspect) ?? 0, change));
    } else if (facet === 'error-ratio') magnitude.errors = Math.max(magnitude.errors, change);
  }
  return found;
}

function typicalIn({ times, values }: DerivedSignal, window: Span): number | null {
  const inside = values.filter((_, i) => {
    const time = times[i] as number;
    return time >= window.start && time <= window.end;
  });
  const typical = median(inside);
  return Number.isFinite(typical) ? typical : null;
}

/** Calls of a dependency for each request of its caller, at most; null if traffic is unknown. */
function callsFor(caller: Magnitude, dependency: Magnitude): number | null {
  if (caller.rate === null || dependency.rate === null || caller.rate <= 0) return null;
  return Math.min(MOST_CALLS, dependency.rate / caller.rate);
}

/**
 * The share of a caller's extra latency that a dependency's extra latency can make up, averaged
 * over the statistics that rose in the caller and are known of the dependency; 1 where they cannot
 * be compared. A dependency that is seldom called moves no mean.
 */
export function latencyShare(caller?: Magnitude, dependency?: Magnitude): number {
  if (caller === undefined || dependency === undefined) return 1;
  const calls = callsFor(caller, dependency);
  let sum = 0;
  let compared = 0;
  for (const [aspect, rise] of caller.rises) {
    const below = dependency.rises.get(aspect);
    if (below === undefined || rise <= 0) continue;
    const reach = aspect.startsWith('mean') ? (calls ?? USUAL_CALLS) : tailReach(aspect, calls);
    sum += Math.min(1, (GENEROUS * reach * below) / rise);
    compared += 1;
  }
  return compared === 0 ? 1 : Math.max(LEAST_SHARE, sum / compared);
}

/** How far a quantile of the dependency reaches into that of its caller. */
function tailReach(aspect: string, calls: number | null): number {
  if (calls === null) return USUAL_CALLS / GENEROUS;
  if (calls >= 1) return calls;
  const quantile = /^p(\d{2})/.exec(aspect)?.[1];
  const tail = quantile === undefined ? 0.05 : Math.max(0.01, 1 - Number(quantile) / 100);
  return Math.min(1, calls / tail);
}

/** The share of a caller's failed requests that a dependency's failed calls can make up. */
export function errorShare(caller?: Magnitude, dependency?: Magnitude): number {
  if (caller === undefined || dependency === undefined) return 1;
  if (caller.errors <= 0 || dependency.errors <= 0) return 1;
  const calls = callsFor(caller, dependency) ?? USUAL_CALLS;
  const share = (GENEROUS * calls * dependency.errors) / caller.errors;
  return Math.max(LEAST_SHARE, Math.min(1, share));
}
