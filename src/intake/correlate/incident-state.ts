import type { Severity } from '#src/domain/alert.ts';
import { worseSeverity } from '#src/domain/alert.ts';
import type { IncidentPart, IncidentSketch } from '#src/domain/correlation.ts';
import { MOST_PARTS } from '#src/intake/correlate/settings.ts';

const LUMPED = '(others)';

/** A sketch that may be changed, with its parts by service and name. */
export type IncidentState = {
  sketch: IncidentSketch;
  parts: Map<string, IncidentPart>;
  /** First and latest start by service. */
  ranges: Map<string, { first: number; last: number }>;
  firing: number;
  /** Whether services began or ceased to fire, or an earlier start came to light. */
  isShifted: boolean;
};

const keyOf = (service: string, alertname: string): string => `${service}\0${alertname}`;

export function stateOf(given: IncidentSketch): IncidentState {
  const state: IncidentState = {
    sketch: { ...given, parts: [] },
    parts: new Map(),
    ranges: new Map(),
    firing: 0,
    isShifted: false,
  };
  for (const part of given.parts) takeIn(state, part);
  state.isShifted = false;
  return state;
}

/** The sketch as it is now. */
export function sketchOf(state: IncidentState): IncidentSketch {
  return { ...state.sketch, parts: [...state.parts.values()] };
}

/** Counts one more alert that fires. @returns true when none of its kind was there */
export function addStart(
  state: IncidentState,
  service: string,
  alertname: string,
  startsAt: number,
): boolean {
  const isNew = !state.parts.has(keyOf(service, alertname));
  takeIn(state, {
    service,
    alertname,
    firstStart: startsAt,
    lastStart: startsAt,
    firing: 1,
    total: 1,
  });
  return isNew;
}

/** Counts an alert as over, or as firing again. */
export function countFiring(
  state: IncidentState,
  service: string,
  alertname: string,
  by: 1 | -1,
): void {
  const part =
    state.parts.get(keyOf(service, alertname)) ?? state.parts.get(keyOf(service, LUMPED));
  if (!part) return;
  const before = part.firing;
  part.firing = Math.max(0, before + by);
  state.firing += part.firing - before;
  if (before === 0 || part.firing === 0) state.isShifted = true;
}

/** Raises the severity. @returns true when it was lower before */
export function raise(state: IncidentState, severity: Severity): boolean {
  const worse = worseSeverity(state.sketch.severity, severity);
  if (worse === state.sketch.severity) return false;
  state.sketch.severity = worse;
  return true;
}

/** Takes all parts of another incident in. */
export function absorb(into: IncidentState, from: IncidentState): void {
  for (const part of from.parts.values()) takeIn(into, part);
  const { sketch } = into;
  raise(into, from.sketch.severity);
  sketch.detectedAt = Math.min(sketch.detectedAt, from.sketch.detectedAt);
  sketch.openedAt = Math.min(sketch.openedAt, from.sketch.openedAt);
  sketch.activeAt = Math.max(sketch.activeAt, from.sketch.activeAt);
  sketch.isFlapping ||= from.sketch.isFlapping;
}

function takeIn(state: IncidentState, part: IncidentPart): void {
  let key = keyOf(part.service, part.alertname);
  let alertname = part.alertname;
  if (!state.parts.has(key) && state.parts.size >= MOST_PARTS) {
    alertname = LUMPED;
    key = keyOf(part.service, LUMPED);
  }
  const known = state.parts.get(key);
  if (known) {
    if (known.firing === 0 || part.firstStart < known.firstStart) state.isShifted = true;
    known.firstStart = Math.min(known.firstStart, part.firstStart);
    known.lastStart = Math.max(known.lastStart, part.lastStart);
    known.firing += part.firing;
    known.total += part.total;
  } else {
    state.parts.set(key, { ...part, alertname });
    state.isShifted = true;
  }
  state.firing += part.firing;
  const range = state.ranges.get(part.service);
  if (range) {
    range.first = Math.min(range.first, part.firstStart);
    range.last = Math.max(range.last, part.lastStart);
  } else state.ranges.set(part.service, { first: part.firstStart, last: part.lastStart });
}
