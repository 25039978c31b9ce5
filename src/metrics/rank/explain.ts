import type { DerivedSignal, HarmKind, Shift } from '#src/metrics/contract.ts';
import { type NodeEvidence, onsetSlack } from '#src/metrics/rank/node-evidence.ts';

/** Onsets closer than this cannot be ordered. */
const LEAST_TOLERANCE = 30_000;

/**
 * How well trouble of one kind in a dependency explains trouble of another in its caller: a call
 * that fails or hangs makes its caller fail or hang; a dependency that is only called less explains
 * nothing.
 */
const EXPLAINS: Readonly<Record<HarmKind, Partial<Record<HarmKind | 'cause', number>>>> = {
  errors: { errors: 1, down: 1, latency: 0.65, dependency: 0.5, cause: 0.5, 'traffic-drop': 0.1 },
  latency: { latency: 1, down: 0.7, errors: 0.5, dependency: 0.4, cause: 0.5, 'traffic-drop': 0.1 },
  down: { down: 0.5, errors: 0.3, latency: 0.2, cause: 0.2 },
  'traffic-drop': { errors: 0.3, latency: 0.3, down: 0.3 },
  dependency: { errors: 1, down: 1, latency: 0.9, dependency: 0.5, cause: 0.7 },
};

/** The time within which two onsets count as one. */
export function toleranceOf(a: NodeEvidence, b: NodeEvidence): number {
  const slack = (node: NodeEvidence) => {
    const harm = node.assessment?.harms[0]?.shift ?? node.views[0]?.harm?.shift ?? null;
    return onsetSlack(harm);
  };
  return Math.max(LEAST_TOLERANCE, 2 * Math.max(slack(a), slack(b)));
}

/** 1 where the dependency moved first or together, falling with its delay. */
export function timing(caller: NodeEvidence, dependency: NodeEvidence): number {
  if (dependency.onset === null) return caller.onset === null ? 1 : 0.5;
  if (caller.onset === null) return 0.7;
  const late = dependency.onset - caller.onset;
  const tolerance = toleranceOf(caller, dependency);
  return late <= tolerance ? 1 : Math.exp(-(late - tolerance) / (4 * tolerance));
}

/** Shifts of latency signals by statistic, for comparing how much of a delay another explains. */
export type LatencyRises = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Service → statistic → rise in seconds, of whole services. */
export function latencyRises(
  signals: readonly DerivedSignal[],
  shifts: readonly Shift[],
): LatencyRises {
  const signalOf = new Map(signals.map((signal) => [signal.id, signal]));
  const rises = new Map<string, Map<string, number>>();
  for (const shift of shifts) {
    const signal = signalOf.get(shift.signalId);
    if (signal?.facet !== 'latency' || signal.service === null || signal.unit !== 'seconds') continue;
    if (signal.peer !== null && !signal.peerIsCaller) continue;
    const rise = shift.level - shift.reference;
    const known = rises.get(signal.service) ?? new Map<string, number>();
    known.set(signal.aspect, Math.max(known.get(signal.aspect) ?? 0, rise));
    rises.set(signal.service, known);
  }
  return rises;
}

/**
 * The share of a caller's extra latency that a dependency's extra latency can make up, allowing
 * for a few calls in one request; 1 where they cannot be compared.
 */
function latencyShare(caller: string, dependency: string, rises: LatencyRises): number {
  const above = rises.get(caller);
  const below = rises.get(dependency);
  if (above === undefined || below === undefined) return 1;
  let best = -1;
  for (const [aspect, rise] of above) {
    const other = below.get(aspect);
    if (other !== undefined && rise > 0) best = Math.max(best, Math.min(1, (3 * other) / rise));
  }
  return best < 0 ? 1 : Math.max(0.1, best);
}

/**
 * 0 … 1: how far the trouble of `dependency` explains that of `caller`, by kind, strength, time
 * and size, and by what the caller itself says about the dependency.
 */
export function explains(
  dependency: NodeEvidence,
  caller: NodeEvidence,
  rises: LatencyRises,
): number {
  let weight = 0;
  let explained = 0;
  for (const [kind, harm] of caller.byKind) {
    weight += harm.strength;
    explained += harm.strength * kindExplained(kind, dependency, caller, rises);
  }
  const byKind = weight > 0 ? explained / weight : 0.5 * dependency.anomaly;
  const view = dependency.views.find((one) => one.caller === caller.service);
  const inTime = timing(caller, dependency);
  if (view === undefined) return byKind * inTime;
  // The caller measures this dependency: its word counts more than a guess.
  if (view.harm === null) return byKind * inTime * 0.3;
  return Math.max(byKind * inTime, 0.9 * Math.min(1, view.harm.strength * 1.2));
}

function kindExplained(
  kind: HarmKind,
  dependency: NodeEvidence,
  caller: NodeEvidence,
  rises: LatencyRises,
): number {
  const table = EXPLAINS[kind];
  let best = 0;
  for (const [other, harm] of dependency.byKind) {
    let share = (table[other] ?? 0) * Math.sqrt(harm.strength);
    if (kind === 'latency' && other === 'latency') {
      share *= latencyShare(caller.service, dependency.service, rises);
    }
    if (share > best) best = share;
  }
  const { cause } = dependency;
  if (cause !== null && cause.kind !== 'version') {
    best = Math.max(best, (table.cause ?? 0) * cause.strength);
  }
  return best;
}
