import { SEVERITIES, severityOfAlert } from '#src/domain/alert.ts';
import type {
  Arrival,
  CorrelationPlan,
  IncidentSketch,
  Occurrence,
} from '#src/domain/correlation.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { CorrelateOptions } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { recordEvent } from '#src/store/sqlite/events.ts';
import { moveIncident, writeSketch } from '#src/store/sqlite/incident-rows.ts';
import { wantInvestigation } from '#src/store/sqlite/job-wishes.ts';
import { addRepeat } from '#src/store/sqlite/timeline.ts';

export type ApplyContext = {
  /** The incidents as they were read. */
  before: ReadonlyMap<string, IncidentSketch>;
  options: CorrelateOptions;
};

/** Writes what was decided; call it within a transaction. */
export function applyPlan(
  db: Connection,
  planner: EffectPlanner,
  plan: CorrelationPlan,
  { before, options }: ApplyContext,
): void {
  const { now } = options;
  for (const sketch of plan.incidents) writeSketch(db, sketch, before.get(sketch.id), now);
  for (const { from, into } of plan.merged) moveIncident(db, from, into, now);
  const analyses = new Map<string, string>();
  for (const { occurrence, arrival } of plan.started) {
    startOccurrence(db, occurrence, arrival);
    if (arrival.analysis && occurrence.incidentId) {
      analyses.set(occurrence.incidentId, JSON.stringify(arrival.analysis));
    }
  }
  for (const { fingerprint, startsAt, endsAt } of plan.ended) {
    setEnd(db, fingerprint, startsAt, endsAt);
  }
  for (const { fingerprint, startsAt } of plan.resumed) setEnd(db, fingerprint, startsAt, null);
  for (const { incidentId, arrival } of plan.repeated) repeat(db, incidentId, arrival);
  const byId = new Map(plan.incidents.map((sketch) => [sketch.id, sketch]));
  for (const { incidentId, why } of plan.investigate) {
    const sketch = byId.get(incidentId);
    if (!sketch) continue;
    wantInvestigation(db, {
      incidentId,
      service: sketch.service,
      rank: SEVERITIES.indexOf(sketch.severity),
      why,
      now,
      // Somebody waits for the answer of an analysis that was asked for.
      settleMs: sketch.isSolo ? 0 : options.settleMs,
      debounceMs: options.debounceMs,
      analysis: analyses.get(incidentId) ?? null,
    });
  }
  for (const event of plan.events) recordEvent(db, planner, event);
}

function startOccurrence(db: Connection, occurrence: Occurrence, arrival: Arrival): void {
  const { alert, receivedAt } = arrival;
  db.run(
    `INSERT INTO alert (fingerprint, starts_at, ends_at, incident_id, service, alertname, rank,
                        received_at, seen_at, deliveries, body)
     VALUES (:fingerprint, :startsAt, :endsAt, :incidentId, :service, :alertname, :rank,
             :receivedAt, :receivedAt, 1, :body)
     ON CONFLICT (fingerprint, starts_at) DO UPDATE SET
       deliveries = deliveries + 1, seen_at = max(seen_at, excluded.seen_at)`,
    {
      fingerprint: occurrence.fingerprint,
      startsAt: occurrence.startsAt,
      endsAt: occurrence.endsAt,
      incidentId: occurrence.incidentId,
      service: occurrence.service,
      alertname: occurrence.alertname,
      rank: SEVERITIES.indexOf(severityOfAlert(alert) ?? 'medium'),
      receivedAt,
      body: JSON.stringify(alert),
    },
  );
}

function setEnd(
  db: Connection,
  fingerprint: string,
  startsAt: number,
  endsAt: number | null,
): void {
  db.run(
    'UPDATE alert SET ends_at = :endsAt WHERE fingerprint = :fingerprint AND starts_at = :startsAt',
    { fingerprint, startsAt, endsAt },
  );
}

/** A delivery of what is known: counted, and one line of the timeline for all of them. */
function repeat(db: Connection, incidentId: string | null, { alert, receivedAt }: Arrival): void {
  db.run(
    `UPDATE alert SET deliveries = deliveries + 1, seen_at = max(seen_at, :receivedAt)
     WHERE fingerprint = :fingerprint
       AND starts_at = (SELECT max(starts_at) FROM alert WHERE fingerprint = :fingerprint)`,
    { fingerprint: alert.fingerprint, receivedAt },
  );
  if (incidentId !== null) addRepeat(db, incidentId, alert, receivedAt);
}
