import type { Span } from '#src/domain/time.ts';
import type { DerivedSignal, HarmKind, ServiceHarm, Shift } from '#src/metrics/contract.ts';
import { median } from '#src/metrics/statistics/robust.ts';

/** A share of failed requests from which a service counts as failing, not only degraded. */
const FAILING_RATIO = 0.05;
/** A share of refused requests (4xx) from which users get errors instead of answers. */
const FAILING_REFUSALS = 0.1;
/** A latency that grew tenfold and beyond the usual patience of callers is as good as a failure. */
const FAILING_SLOWNESS = 10;
const FAILING_SECONDS = 5;
/** Without a shift, a level is told as bad only when so many requests stand behind it. */
const LEVEL_REQUESTS = 20;

/** Which user-facing harm a movement of a signal is, or null. */
export function harmKindOf(signal: DerivedSignal): HarmKind | null {
  const asCaller = signal.peer !== null && !signal.peerIsCaller;
  switch (signal.facet) {
    case 'error-ratio':
    case 'error-rate':
    case 'client-error-ratio':
      return asCaller ? 'dependency' : 'errors';
    case 'latency':
      return asCaller ? 'dependency' : 'latency';
    case 'up':
    case 'presence':
    case 'replicas':
      return 'down';
    case 'dependency-up':
      return 'dependency';
    case 'request-rate':
    case 'event-rate':
      return asCaller ? null : 'traffic-drop';
    case 'freshness':
      return 'staleness';
    default:
      return null;
  }
}

/** How much a signal's word counts: narrow scopes, refusals and business events count less. */
function trustIn(signal: DerivedSignal): number {
  let trust = 1;
  if (signal.scope === 'route' || signal.scope === 'instance') trust *= 0.8;
  if (signal.facet === 'client-error-ratio') trust *= 0.5;
  if (signal.facet === 'event-rate') trust *= 0.5;
  if (signal.facet === 'error-rate') trust *= 0.8;
  if (signal.aspect === 'max' || signal.aspect === 'p99') trust *= 0.85;
  return trust;
}

/**
 * A shift as a harm, or null where it is none.
 * @param oldTrust what a shift is worth whose beginning was not seen, see `assessServices`
 */
export function harmOf(signal: DerivedSignal, shift: Shift, oldTrust: number): ServiceHarm | null {
  const kind = harmKindOf(signal);
  if (kind === null || !shift.harmful) return null;
  const discount = shift.preexisting ? oldTrust : 1;
  const spike = shift.shape === 'spike' ? 0.7 : 1;
  // Traffic comes and goes by itself; only a sudden loss is a symptom.
  const gradual = kind === 'traffic-drop' && shift.shape === 'ramp' ? 0.3 : 1;
  return {
    kind,
    signalId: signal.id,
    seenBy: null,
    shift,
    onset: shift.preexisting ? null : shift.onset,
    end: shift.end,
    strength: shift.strength * trustIn(signal) * discount * spike * gradual,
    failing: kind !== 'dependency' && isFailing(signal, shift.level, shift.reference),
  };
}

/**
 * What a caller's harm says about the dependency that it names, as that one's own harm.
 * @param harm of kind `dependency`, from a signal of `caller`
 */
export function harmSeenBy(signal: DerivedSignal, harm: ServiceHarm): ServiceHarm {
  const kind =
    signal.facet === 'latency' ? 'latency' : signal.facet === 'dependency-up' ? 'down' : 'errors';
  const shift = harm.shift;
  const failing = shift === null ? harm.failing : isFailing(signal, shift.level, shift.reference);
  return { ...harm, kind, seenBy: signal.service, strength: harm.strength * SEEN, failing };
}

/** A caller's word about another service against that one's own. */
const SEEN = 0.9;

function isFailing(signal: DerivedSignal, level: number, reference: number): boolean {
  switch (signal.facet) {
    case 'error-ratio':
      return level >= FAILING_RATIO;
    case 'client-error-ratio':
      return level >= FAILING_REFUSALS;
    case 'up':
    case 'dependency-up':
    case 'replicas':
      return level <= reference * 0.5;
    case 'presence':
      return true;
    case 'request-rate':
      return level <= reference * 0.02;
    case 'latency':
      return level >= reference * FAILING_SLOWNESS && level >= FAILING_SECONDS;
    default:
      return false;
  }
}

/** What a level is worth that is bad without having shifted: much if there is no earlier data. */
const NEW_LEVEL = 0.25;
const CHRONIC_DOWN = 0.13;
const CHRONIC_ERRORS = 0.05;

/**
 * Harm without a shift: a level that is bad throughout the end of the window, so that its onset
 * lies before the data (or the time before the window is no better: then it is chronic).
 */
export function levelHarmOf(signal: DerivedSignal, window: Span): ServiceHarm | null {
  const from = window.start + (window.end - window.start) / 2;
  const late: number[] = [];
  let requests = 0;
  for (let i = signal.times.length - 1; i >= 0; i -= 1) {
    const time = signal.times[i] as number;
    if (time > window.end) continue;
    if (time < from) break;
    const value = signal.values[i] as number;
    if (!Number.isFinite(value)) continue;
    late.push(value);
    requests += signal.weights?.[i] ?? 0;
  }
  if (late.length < 2) return null;
  const level = median(late);
  const kind = harmKindOf(signal);
  const isErrors = signal.facet === 'error-ratio' && level >= FAILING_RATIO;
  const enough = signal.weights === null || requests >= LEVEL_REQUESTS;
  const isDown = (signal.facet === 'up' || signal.facet === 'dependency-up') && level <= 0;
  if (kind === null || !((isErrors && enough) || isDown)) return null;
  const known = signal.times.filter(
    (time, i) => (time < window.start || time > window.end) && Number.isFinite(signal.values[i]),
  );
  const chronic = isDown ? CHRONIC_DOWN : CHRONIC_ERRORS;
  return {
    kind,
    signalId: signal.id,
    seenBy: null,
    shift: null,
    onset: null,
    end: null,
    strength: known.length >= 5 ? chronic : NEW_LEVEL,
    failing: kind !== 'dependency',
  };
}
