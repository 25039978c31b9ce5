import type { HarmKind } from '#src/metrics/contract.ts';
import { errorShare, latencyShare, type Magnitude } from '#src/metrics/rank/magnitudes.ts';
import { type NodeEvidence, onsetSlack } from '#src/metrics/rank/node-evidence.ts';

/** Onsets closer than this cannot be ordered. */
const LEAST_TOLERANCE = 30_000;

/** Service → how large its trouble is. */
export type Magnitudes = ReadonlyMap<string, Magnitude>;

/**
 * How well trouble of one kind in a dependency explains trouble of another in its caller: a call
 * that fails or hangs makes its caller fail or hang; a dependency that is only called less explains
 * nothing.
 */
const EXPLAINS: Readonly<Record<HarmKind, Partial<Record<HarmKind | 'cause', number>>>> = {
  errors: { errors: 1, down: 1, latency: 0.6, dependency: 0.5, cause: 0.5, 'traffic-drop': 0.1 },
  latency: { latency: 1, down: 0.7, errors: 0.5, dependency: 0.4, cause: 0.5, 'traffic-drop': 0.1 },
  down: { down: 0.5, errors: 0.3, latency: 0.2, cause: 0.2 },
  'traffic-drop': { errors: 0.3, latency: 0.3, down: 0.3 },
  dependency: { errors: 1, down: 1, latency: 0.9, dependency: 0.5, cause: 0.7 },
  staleness: {
    staleness: 1,
    errors: 0.8,
    down: 0.9,
    latency: 0.4,
    cause: 0.5,
    'traffic-drop': 0.6,
  },
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

/**
 * 0 … 1: how far the trouble of `dependency` explains that of `caller`, by kind, strength, time
 * and size, and by what the caller itself says about the dependency.
 */
export function explains(
  dependency: NodeEvidence,
  caller: NodeEvidence,
  magnitudes: Magnitudes,
): number {
  let weight = 0;
  let explained = 0;
  const felt = [...caller.byKind].filter(
    ([kind]) => kind !== 'traffic-drop' && kind !== 'dependency',
  );
  for (const [kind, harm] of felt.length > 0 ? felt : caller.byKind) {
    weight += harm.strength;
    explained += harm.strength * kindExplained(kind, dependency, caller, magnitudes);
  }
  // A caller that shows no harm of its own (its alert says so) is explained by any real harm below.
  const byKind = weight > 0.1 ? explained / weight : 0.9 * sureness(dependency.anomaly);
  const view = dependency.views.find((one) => one.caller === caller.service);
  const inTime = timing(caller, dependency) * (pressed(dependency, caller) ? PRESSED : 1);
  if (view === undefined) return byKind * inTime;
  // The caller measures this dependency: its word counts more than a guess.
  if (view.harm === null) return byKind * inTime * 0.3;
  return Math.max(byKind * inTime, 0.9 * Math.min(1, view.harm.strength * 1.2));
}

/** A dependency that was first called more, while its caller was not, suffers from that caller. */
const PRESSED = 0.5;

/** True where a dependency was called more before or with its trouble, and its caller was not. */

function pressed(dependency: NodeEvidence, caller: NodeEvidence): boolean {
  const { surge, onset } = dependency;
  if (surge === null || surge.strength < 0.15 || onset === null) return false;
  if (surge.onset > onset + toleranceOf(dependency, caller)) return false;
  return (caller.surge?.strength ?? 0) < 0.15;
}

/** A harm of middling strength is as sure as a strong one; only weak ones are doubtful. */
function sureness(strength: number): number {
  return Math.sqrt(Math.min(1, strength / 0.25));
}

function kindExplained(
  kind: HarmKind,
  dependency: NodeEvidence,
  caller: NodeEvidence,
  magnitudes: Magnitudes,
): number {
  const table = EXPLAINS[kind];
  let best = 0;
  for (const [other, harm] of dependency.byKind) {
    let share = (table[other] ?? 0) * sureness(harm.strength);
    const sizes = [magnitudes.get(caller.service), magnitudes.get(dependency.service)] as const;
    if (kind === 'latency' && other === 'latency') share *= latencyShare(...sizes);
    if (kind === 'errors' && other === 'errors') share *= errorShare(...sizes);
    if (share > best) best = share;
  }
  const { cause } = dependency;
  if (cause !== null && cause.kind !== 'version') {
    best = Math.max(best, (table.cause ?? 0) * sureness(cause.strength));
  }
  return best;
}
