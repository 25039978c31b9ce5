import type { Span } from '#src/domain/time.ts';
import type { CauseSign, DerivedSignal, MetricChange, Shift } from '#src/metrics/contract.ts';

/** These fill where calls hang, whoever is slow. */
const WAITING: ReadonlySet<DerivedSignal['facet']> = new Set([
  'queue',
  'connections',
  'threads',
  'file-descriptors',
]);

/** From this share of a resource on it counts as exhausted. */
const FULL = 0.85;

/** The sign of a cause that a shift is, or null. @param oldTrust as for harms */
export function causeSignOf(
  signal: DerivedSignal,
  shift: Shift,
  oldTrust: number,
): CauseSign | null {
  const kind = signKind(signal, shift);
  if (kind === null) return null;
  // A resource at a third of what it can give is busy, not exhausted.
  const isShare = signal.unit === 'ratio' && signal.signal === 'saturation';
  const trust = isShare ? Math.min(1, Math.max(0.2, shift.level / FULL)) ** 2 : 0.85;
  return {
    kind,
    signalId: signal.id,
    change: null,
    onset: shift.onset,
    waits: WAITING.has(signal.facet),
    strength: shift.strength * trust * (shift.preexisting ? oldTrust : 1),
  };
}

function signKind(signal: DerivedSignal, shift: Shift): CauseSign['kind'] | null {
  if (signal.signal === 'traffic') {
    const asCaller = signal.peer !== null && !signal.peerIsCaller;
    return shift.direction === 'up' && !asCaller ? 'traffic-surge' : null;
  }
  if (signal.facet === 'cache' && shift.harmful) return 'cache';
  if (signal.signal !== 'saturation' || !shift.harmful) return null;
  switch (signal.facet) {
    case 'throttling':
      return 'throttling';
    case 'queue':
      return 'queue';
    case 'restart':
      return 'restart';
    default:
      return 'saturation';
  }
}

/** So strong is each kind of change as a sign, seen alone. */
const CHANGE_STRENGTH = { restart: 0.5, version: 0.5, limit: 0.4, replicas: 0.3 } as const;

/** A change inside the window, or since the baseline, as a sign. */
export function changeSignOf(
  change: MetricChange,
  window: Span,
  baseline: Span | undefined,
): CauseSign | null {
  const from = baseline !== undefined && baseline.end <= window.start ? baseline.end : window.start;
  if (change.at < from || change.at > window.end) return null;
  return {
    kind: change.kind === 'replicas' ? 'limit' : change.kind,
    signalId: null,
    change,
    onset: change.at,
    waits: false,
    strength: CHANGE_STRENGTH[change.kind],
  };
}
