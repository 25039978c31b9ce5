import type {
  CorrelationEvent,
  CorrelationInput,
  CorrelationPlan,
  IncidentEventKind,
  Occurrence,
} from '#src/domain/correlation.ts';
import {
  absorb,
  type IncidentState,
  sketchOf,
  stateOf,
} from '#src/intake/correlate/incident-state.ts';
import { compareText } from '#src/platform/compare.ts';

/** What is known while one batch of alerts is sorted into incidents, and what was decided so far. */
export class WorkingSet {
  readonly #incidents = new Map<string, IncidentState>();
  readonly #byService = new Map<string, Set<string>>();
  readonly #created = new Set<string>();
  readonly #touched = new Set<string>();
  /** Where incidents went that turned out to be parts of others. */
  readonly #into = new Map<string, string>();
  readonly #occurrences = new Map<string, Occurrence[]>();
  readonly #plan: Omit<CorrelationPlan, 'incidents' | 'merged'> = {
    started: [],
    ended: [],
    resumed: [],
    repeated: [],
    investigate: [],
    events: [],
  };

  constructor(input: CorrelationInput) {
    for (const sketch of input.incidents) this.#index(stateOf(sketch));
    for (const [fingerprint, list] of input.known) {
      this.#occurrences.set(
        fingerprint,
        list.map((one) => ({ ...one })),
      );
    }
  }

  get plan(): Omit<CorrelationPlan, 'incidents' | 'merged'> {
    return this.#plan;
  }

  /** Times that this alert fired, newest first. */
  occurrences(fingerprint: string): Occurrence[] {
    const known = this.#occurrences.get(fingerprint) ?? [];
    this.#occurrences.set(fingerprint, known);
    return known;
  }

  /** The incident, or the one that it became a part of. */
  incident(id: string | null): IncidentState | undefined {
    let at = id ?? '';
    for (let next = this.#into.get(at); next !== undefined; next = this.#into.get(at)) at = next;
    return this.#incidents.get(at);
  }

  /** Incidents with alerts of a service, oldest first. */
  ofService(service: string): IncidentState[] {
    const found = [...(this.#byService.get(service) ?? [])].flatMap(
      (id) => this.#incidents.get(id) ?? [],
    );
    return found.sort(byAge);
  }

  create(state: IncidentState): void {
    this.#created.add(state.sketch.id);
    this.#index(state);
    this.touch(state);
  }

  touch(state: IncidentState): void {
    this.#touched.add(state.sketch.id);
  }

  /** Tells that an incident has alerts of a service. */
  link(state: IncidentState, service: string): void {
    const ids = this.#byService.get(service) ?? new Set<string>();
    this.#byService.set(service, ids.add(state.sketch.id));
  }

  merge(from: IncidentState, into: IncidentState, at: number): void {
    absorb(into, from);
    for (const service of from.ranges.keys()) this.link(into, service);
    for (const ids of this.#byService.values()) ids.delete(from.sketch.id);
    this.#incidents.delete(from.sketch.id);
    this.#into.set(from.sketch.id, into.sketch.id);
    this.touch(into);
    if (this.#created.has(from.sketch.id)) return;
    this.tell(from, 'merged', at, `turned out to be a part of ${into.sketch.id}`);
  }

  tell(state: IncidentState, kind: IncidentEventKind, at: number, what: string): void {
    this.#plan.events.push({ incidentId: state.sketch.id, kind, at, what });
  }

  investigate(state: IncidentState, why: string): void {
    this.#plan.investigate.push({ incidentId: state.sketch.id, why });
  }

  /** All that was decided, with every id of a merged incident replaced by where it went. */
  finish(touch: (state: IncidentState) => void): CorrelationPlan {
    const idOf = (id: string): string => this.incident(id)?.sketch.id ?? id;
    const changed = [...this.#touched].flatMap((id) => this.#incidents.get(id) ?? []);
    for (const state of changed) touch(state);
    const plan = this.#plan;
    return {
      incidents: changed.map(sketchOf),
      started: plan.started.map(({ occurrence, arrival }) => ({
        arrival,
        occurrence: { ...occurrence, incidentId: idOf(occurrence.incidentId ?? '') || null },
      })),
      ended: plan.ended,
      resumed: plan.resumed,
      repeated: plan.repeated.map(({ incidentId, arrival }) => ({
        arrival,
        incidentId: incidentId === null ? null : idOf(incidentId),
      })),
      merged: [...this.#into.keys()]
        .filter((from) => !this.#created.has(from))
        .map((from) => ({ from, into: idOf(from) })),
      investigate: firstOfEach(
        plan.investigate.map(({ incidentId, why }) => ({ incidentId: idOf(incidentId), why })),
      ),
      events: plan.events.filter((event) => this.#stands(event)),
    };
  }

  /** Whether an event is still to be told: what happened to a merged incident is its end alone. */
  #stands({ incidentId, kind }: CorrelationEvent): boolean {
    return !this.#into.has(incidentId) || kind === 'merged';
  }

  #index(state: IncidentState): void {
    this.#incidents.set(state.sketch.id, state);
    for (const service of state.ranges.keys()) this.link(state, service);
  }
}

/** Oldest first; the id decides between equals. */
export function byAge(a: IncidentState, b: IncidentState): number {
  return a.sketch.detectedAt - b.sketch.detectedAt || compareText(a.sketch.id, b.sketch.id);
}

function firstOfEach(
  wanted: readonly { incidentId: string; why: string }[],
): { incidentId: string; why: string }[] {
  const seen = new Map<string, { incidentId: string; why: string }>();
  for (const one of wanted) if (!seen.has(one.incidentId)) seen.set(one.incidentId, one);
  return [...seen.values()];
}
