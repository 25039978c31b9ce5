import type { Alert } from '#src/domain/alert.ts';
import type {
  CorrelationPlan,
  Correlator,
  IncidentSketch,
  Occurrence,
} from '#src/domain/correlation.ts';
import type { Service } from '#src/domain/service.ts';
import { createCorrelator } from '#src/intake/correlate/correlate.ts';
import type { CorrelationSettings } from '#src/intake/correlate/settings.ts';
import { CORRELATION } from '../../helpers/daemon-parts.ts';

export const START = Date.parse('2026-03-01T10:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60_000;

/** Keeps in memory what a store would, so that the correlation can be seen over many deliveries. */
export class World {
  readonly correlator: Correlator;
  readonly incidents = new Map<string, IncidentSketch>();
  readonly occurrences: Occurrence[] = [];
  readonly mergedInto = new Map<string, string>();
  readonly plans: CorrelationPlan[] = [];

  constructor(services: readonly Service[] = [], settings: Partial<CorrelationSettings> = {}) {
    this.correlator = createCorrelator(services, { ...CORRELATION, ...settings });
  }

  /** Takes a delivery in. @param at when it arrives */
  deliver(alerts: readonly Alert[], at: number, solo = false): CorrelationPlan {
    const known = new Map<string, Occurrence[]>();
    for (const { fingerprint } of alerts) {
      const list = this.occurrences.filter((one) => one.fingerprint === fingerprint);
      known.set(
        fingerprint,
        list.map((one) => ({ ...one })).sort((a, b) => b.startsAt - a.startsAt),
      );
    }
    const plan = this.correlator.correlate({
      now: at,
      arrivals: alerts.map((alert) => ({
        alert,
        service: this.correlator.serviceOf(alert),
        receivedAt: at,
        solo,
        analysis: null,
      })),
      known,
      incidents: [...this.incidents.values()].filter(
        ({ id, resolvedAt }) =>
          !this.mergedInto.has(id) &&
          (resolvedAt === null || at - resolvedAt <= this.correlator.reopenMs),
      ),
    });
    this.#apply(plan);
    return plan;
  }

  /** Incidents that are not parts of others, oldest first. */
  get list(): IncidentSketch[] {
    return [...this.incidents.values()]
      .filter(({ id }) => !this.mergedInto.has(id))
      .sort((a, b) => a.detectedAt - b.detectedAt || (a.id < b.id ? -1 : 1));
  }

  get only(): IncidentSketch {
    const [first, ...others] = this.list;
    if (!first || others.length > 0) throw new Error(`${this.list.length} incidents`);
    return first;
  }

  #apply(plan: CorrelationPlan): void {
    this.plans.push(plan);
    for (const sketch of plan.incidents) this.incidents.set(sketch.id, sketch);
    for (const { from, into } of plan.merged) {
      this.mergedInto.set(from, into);
      for (const one of this.occurrences) if (one.incidentId === from) one.incidentId = into;
    }
    for (const { occurrence } of plan.started) this.occurrences.push(occurrence);
    const find = (fingerprint: string, startsAt: number): Occurrence | undefined =>
      this.occurrences.find((one) => one.fingerprint === fingerprint && one.startsAt === startsAt);
    for (const { fingerprint, startsAt, endsAt } of plan.ended) {
      const one = find(fingerprint, startsAt);
      if (one) one.endsAt = endsAt;
    }
    for (const { fingerprint, startsAt } of plan.resumed) {
      const one = find(fingerprint, startsAt);
      if (one) one.endsAt = null;
    }
  }
}
