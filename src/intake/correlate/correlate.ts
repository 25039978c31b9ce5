import { type Alert, severityOfAlert } from '#src/domain/alert.ts';
import { createServiceFinder } from '#src/domain/alert-order.ts';
import type {
  Arrival,
  CorrelationInput,
  CorrelationPlan,
  Correlator,
  Occurrence,
} from '#src/domain/correlation.ts';
import { incidentId } from '#src/domain/incident.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import { candidatesOf, isReopenable, reopenable, unite } from '#src/intake/correlate/candidates.ts';
import { firstMover } from '#src/intake/correlate/first-mover.ts';
import { createDependencyGraph, type DependencyGraph } from '#src/intake/correlate/graph.ts';
import {
  addStart,
  countFiring,
  type IncidentState,
  raise,
  stateOf,
} from '#src/intake/correlate/incident-state.ts';
import { cleanName } from '#src/intake/correlate/names.ts';
import { type CorrelationSettings, LATE_MS } from '#src/intake/correlate/settings.ts';
import { WorkingSet } from '#src/intake/correlate/working-set.ts';

/** The service of alerts whose labels name none. */
const NO_SERVICE = 'unknown';

/**
 * Sorts alerts into incidents: by fingerprint and start, then by service, dependency graph and
 * time. Pure: the same input gives the same plan.
 */
export function createCorrelator(
  services: readonly Service[],
  settings: CorrelationSettings,
): Correlator {
  const graph = createDependencyGraph(services);
  const find = createServiceFinder(services);
  return {
    reopenMs: settings.reopenMs,
    serviceOf: (alert) => cleanName(find(alert) ?? '') || NO_SERVICE,
    related: (service) => [service, ...graph.neighbours(service)],
    correlate: (input) => correlate(input, graph, settings),
  };
}

function correlate(
  input: CorrelationInput,
  graph: DependencyGraph,
  settings: CorrelationSettings,
): CorrelationPlan {
  const set = new WorkingSet(input);
  for (const arrival of input.arrivals) {
    if (arrival.alert.status === 'firing') takeFiring(arrival, set, graph, settings);
    else takeResolved(arrival, set);
  }
  return set.finish((state) => name(state, graph));
}

function takeFiring(
  arrival: Arrival,
  set: WorkingSet,
  graph: DependencyGraph,
  settings: CorrelationSettings,
): void {
  const { alert, service, receivedAt } = arrival;
  const occurrences = set.occurrences(alert.fingerprint);
  const startsAt = startOf(alert, receivedAt);
  const same = occurrences.find((one) => one.startsAt === startsAt);
  if (same) {
    if (same.endsAt !== null && receivedAt - same.endsAt > LATE_MS) {
      resume(same, arrival, set, settings);
    } else set.plan.repeated.push({ incidentId: same.incidentId, arrival });
    return;
  }
  const alertname = cleanName(alert.labels.alertname ?? '') || 'alert';
  const occurrence: Occurrence = {
    fingerprint: alert.fingerprint,
    startsAt,
    endsAt: null,
    incidentId: null,
    service,
    alertname,
  };
  supersede(occurrence, occurrences, set);
  const state = placeFor(arrival, occurrence, set, graph, settings);
  occurrence.incidentId = state.sketch.id;
  occurrences.unshift(occurrence);
  occurrences.sort((a, b) => b.startsAt - a.startsAt);
  set.plan.started.push({ occurrence, arrival });

  const isNewKind = addStart(state, service, alertname, startsAt);
  if (occurrence.endsAt !== null) countFiring(state, service, alertname, -1);
  set.link(state, service);
  set.touch(state);
  state.sketch.activeAt = Math.max(state.sketch.activeAt, receivedAt);
  const severity = severityOfAlert(alert);
  const isWorse = severity !== null && raise(state, severity);
  if (isWorse) {
    set.tell(state, 'severity-raised', receivedAt, `severity raised to ${severity}: ${alertname}`);
  }
  if (isWorse || isNewKind) set.investigate(state, isWorse ? 'severity raised' : 'new alerts');
  noticeFlapping(state, occurrences, receivedAt, set, settings);
}

/** An older occurrence whose end was never told ends where the newer one begins. */
function supersede(next: Occurrence, occurrences: readonly Occurrence[], set: WorkingSet): void {
  for (const one of occurrences) {
    if (one.endsAt !== null) continue;
    if (one.startsAt < next.startsAt) end(one, next.startsAt, set);
    else next.endsAt = one.startsAt;
  }
}

/** The incident that a new occurrence belongs to: found, opened again, or new. */
function placeFor(
  arrival: Arrival,
  occurrence: Occurrence,
  set: WorkingSet,
  graph: DependencyGraph,
  settings: CorrelationSettings,
): IncidentState {
  const { alert, service, receivedAt, solo } = arrival;
  if (solo) return open(arrival, occurrence, set);
  const before = set
    .occurrences(alert.fingerprint)
    .map((one) => set.incident(one.incidentId))
    .find((state) => state !== undefined && !state.sketch.isSolo);
  if (before && before.sketch.status !== 'resolved') return before;
  if (before && isReopenable(before, receivedAt, settings)) return reopen(before, arrival, set);
  const { alertname, startsAt } = occurrence;
  const found = candidatesOf({ service, alertname, startsAt }, set, graph, settings);
  const united = unite(found, set, receivedAt);
  if (united) return united;
  const ended = reopenable({ service, alertname, startsAt }, set, receivedAt, settings);
  return ended ? reopen(ended, arrival, set) : open(arrival, occurrence, set);
}

function open(arrival: Arrival, occurrence: Occurrence, set: WorkingSet): IncidentState {
  const { alert, service, receivedAt, solo } = arrival;
  const state = stateOf({
    id: incidentId([alert], service, formatTime(occurrence.startsAt)),
    title: '',
    status: 'open',
    severity: severityOfAlert(alert) ?? 'medium',
    service,
    detectedAt: receivedAt,
    openedAt: receivedAt,
    activeAt: receivedAt,
    resolvedAt: null,
    isAcknowledged: false,
    isFlapping: false,
    isSolo: solo,
    isInvestigated: false,
    parts: [],
  });
  set.create(state);
  set.tell(state, 'opened', receivedAt, `opened by ${occurrence.alertname} on ${service}`);
  set.investigate(state, 'opened');
  return state;
}

function reopen(state: IncidentState, arrival: Arrival, set: WorkingSet): IncidentState {
  const { sketch } = state;
  sketch.status = 'open';
  sketch.resolvedAt = null;
  sketch.openedAt = arrival.receivedAt;
  sketch.activeAt = arrival.receivedAt;
  sketch.isAcknowledged = false;
  set.touch(state);
  set.tell(state, 'reopened', arrival.receivedAt, 'opened again: an alert came back');
  if (!sketch.isFlapping) set.investigate(state, 'opened again');
  return state;
}

/** An alert fires again under the start that it had. */
function resume(
  occurrence: Occurrence,
  arrival: Arrival,
  set: WorkingSet,
  settings: CorrelationSettings,
): void {
  const { fingerprint, startsAt, service, alertname } = occurrence;
  const state = set.incident(occurrence.incidentId);
  const isOver = state?.sketch.status === 'resolved';
  if (!state || (isOver && !isReopenable(state, arrival.receivedAt, settings))) {
    set.plan.repeated.push({ incidentId: occurrence.incidentId, arrival });
    return;
  }
  occurrence.endsAt = null;
  set.plan.resumed.push({ fingerprint, startsAt });
  countFiring(state, service, alertname, 1);
  state.sketch.activeAt = arrival.receivedAt;
  set.touch(state);
  if (isOver) reopen(state, arrival, set);
}

function takeResolved(arrival: Arrival, set: WorkingSet): void {
  const { alert, service, receivedAt } = arrival;
  const occurrences = set.occurrences(alert.fingerprint);
  const startsAt = startOf(alert, receivedAt);
  const endsAt = Math.max(parseTime(alert.endsAt ?? '') ?? receivedAt, startsAt);
  const exact = occurrences.find((one) => one.startsAt === startsAt);
  const firing = occurrences.find((one) => one.endsAt === null && one.startsAt <= endsAt);
  const over = exact?.endsAt === null ? exact : exact ? undefined : firing;
  if (over) end(over, endsAt, set, receivedAt);
  else if (exact) set.plan.repeated.push({ incidentId: exact.incidentId, arrival });
  if (over || exact) return;
  // It began and ended while nobody listened: kept, but no incident.
  const alertname = cleanName(alert.labels.alertname ?? '') || 'alert';
  const { fingerprint } = alert;
  const occurrence = { fingerprint, startsAt, endsAt, incidentId: null, service, alertname };
  occurrences.unshift(occurrence);
  set.plan.started.push({ occurrence, arrival });
}

function end(occurrence: Occurrence, endsAt: number, set: WorkingSet, receivedAt?: number): void {
  occurrence.endsAt = endsAt;
  const { fingerprint, startsAt, service, alertname } = occurrence;
  set.plan.ended.push({ fingerprint, startsAt, endsAt });
  const state = set.incident(occurrence.incidentId);
  if (!state) return;
  countFiring(state, service, alertname, -1);
  set.touch(state);
  if (receivedAt === undefined) return;
  const { sketch } = state;
  sketch.activeAt = Math.max(sketch.activeAt, receivedAt);
  if (state.firing > 0 || sketch.status === 'resolved') return;
  if (sketch.isFlapping) {
    if (sketch.status === 'mitigated') return;
    sketch.status = 'mitigated';
    set.tell(state, 'mitigated', receivedAt, 'no alert fires; it flaps, so it stays until quiet');
    return;
  }
  sketch.status = 'resolved';
  sketch.resolvedAt = receivedAt;
  set.tell(state, 'resolved', receivedAt, 'resolved: all alerts are over');
}

function noticeFlapping(
  state: IncidentState,
  occurrences: readonly Occurrence[],
  at: number,
  set: WorkingSet,
  settings: CorrelationSettings,
): void {
  const latest = occurrences[0];
  if (!latest) return;
  if (state.sketch.status === 'mitigated' && state.firing > 0) state.sketch.status = 'open';
  if (state.sketch.isFlapping) return;
  const recent = occurrences.filter((one) => latest.startsAt - one.startsAt <= settings.flapMs);
  if (recent.length < settings.flapStarts) return;
  state.sketch.isFlapping = true;
  set.tell(state, 'flapping', at, `${latest.alertname} flaps: ${recent.length} starts`);
}

/** Says what the incident is about: its likely first mover and the first alert there. */
function name(state: IncidentState, graph: DependencyGraph): void {
  if (!state.isShifted) return;
  const parts = [...state.parts.values()];
  const firing = parts.filter((part) => part.firing > 0);
  const starts = new Map<string, number>();
  for (const { service, firstStart } of firing.length > 0 ? firing : parts) {
    starts.set(service, Math.min(starts.get(service) ?? firstStart, firstStart));
  }
  const { sketch } = state;
  if (starts.size > 0) sketch.service = firstMover(starts, graph);
  const own = parts
    .filter((part) => part.service === sketch.service)
    .sort((a, b) => a.firstStart - b.firstStart || (a.alertname < b.alertname ? -1 : 1));
  const others = state.ranges.size - 1;
  const more = others > 0 ? ` and ${others} more service${others > 1 ? 's' : ''}` : '';
  sketch.title = `${own[0]?.alertname ?? 'alert'} on ${sketch.service}${more}`;
}

function startOf(alert: Alert, receivedAt: number): number {
  return parseTime(alert.startsAt) ?? receivedAt;
}
