import type { DependencyGraph } from '#src/intake/correlate/graph.ts';
import type { IncidentState } from '#src/intake/correlate/incident-state.ts';
import type { CorrelationSettings } from '#src/intake/correlate/settings.ts';
import { byAge, type WorkingSet } from '#src/intake/correlate/working-set.ts';

export type NewAlert = { service: string; alertname: string; startsAt: number };

/** Milliseconds between a time and a span of time; 0 within it. */
function distance(at: number, span: { first: number; last: number } | undefined): number {
  if (!span) return Number.POSITIVE_INFINITY;
  return Math.max(span.first - at, at - span.last, 0);
}

/**
 * The incidents that a new alert may be a part of, oldest first: unresolved ones of its service
 * that are near in time or have an alert of the same name, and those of the services next to it
 * where the failure may have come from or gone to.
 */
export function candidatesOf(
  alert: NewAlert,
  set: WorkingSet,
  graph: DependencyGraph,
  settings: CorrelationSettings,
): IncidentState[] {
  const found = new Map<string, IncidentState>();
  for (const state of set.ofService(alert.service)) {
    if (!isOpen(state)) continue;
    const isNear = distance(alert.startsAt, state.ranges.get(alert.service)) <= settings.groupMs;
    if (isNear || state.parts.has(`${alert.service}\0${alert.alertname}`)) {
      found.set(state.sketch.id, state);
    }
  }
  for (const neighbour of graph.neighbours(alert.service)) {
    for (const state of set.ofService(neighbour)) {
      if (!isOpen(state) || found.has(state.sketch.id)) continue;
      const isNear = distance(alert.startsAt, state.ranges.get(neighbour)) <= settings.cascadeMs;
      const isYoung = alert.startsAt - state.sketch.openedAt <= settings.spanMs;
      if (isNear && isYoung) found.set(state.sketch.id, state);
    }
  }
  return [...found.values()].sort(byAge);
}

/** An incident of the service that ended a short time ago and had an alert of this name. */
export function reopenable(
  alert: NewAlert,
  set: WorkingSet,
  receivedAt: number,
  settings: CorrelationSettings,
): IncidentState | undefined {
  return set
    .ofService(alert.service)
    .reverse()
    .find(
      (state) =>
        isReopenable(state, receivedAt, settings) &&
        !state.sketch.isSolo &&
        state.parts.has(`${alert.service}\0${alert.alertname}`),
    );
}

export function isReopenable(
  { sketch }: IncidentState,
  receivedAt: number,
  settings: CorrelationSettings,
): boolean {
  return (
    sketch.status === 'resolved' &&
    sketch.resolvedAt !== null &&
    receivedAt - sketch.resolvedAt <= settings.reopenMs
  );
}

/**
 * Makes one incident of the candidates. Those that a person has taken on stay as they are. The
 * oldest goes on, an acknowledged or investigated one before others.
 * @param candidates not empty, oldest first
 */
export function unite(
  candidates: readonly IncidentState[],
  set: WorkingSet,
  at: number,
): IncidentState | undefined {
  const rank = ({ sketch }: IncidentState): number =>
    sketch.isAcknowledged ? 0 : sketch.isInvestigated ? 1 : 2;
  const [chosen, ...others] = [...candidates].sort((a, b) => rank(a) - rank(b) || byAge(a, b));
  if (!chosen) return undefined;
  for (const other of others) if (!other.sketch.isAcknowledged) set.merge(other, chosen, at);
  return chosen;
}

function isOpen({ sketch }: IncidentState): boolean {
  return sketch.status !== 'resolved' && !sketch.isSolo;
}
