import type { IncidentEventKind } from '#src/domain/correlation.ts';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { PersonAction } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { recordEvent } from '#src/store/sqlite/events.ts';
import { touchIncident } from '#src/store/sqlite/incident-rows.ts';
import { resolveId } from '#src/store/sqlite/incident-view.ts';
import { readSummary } from '#src/store/sqlite/summaries.ts';
import { addLine } from '#src/store/sqlite/timeline.ts';

/**
 * What a person does to an incident. The same action twice changes nothing, apart from notes.
 * @returns the incident afterwards, or null when there is none
 */
export function act(
  db: Connection,
  planner: EffectPlanner,
  idOrPrefix: string,
  action: PersonAction,
): IncidentSummary | null {
  const id = resolveId(db, idOrPrefix);
  const before = id === null ? null : readSummary(db, id);
  if (!id || !before) return null;
  const event = change(db, id, before, action);
  if (event) {
    touchIncident(db, id, action.at);
    recordEvent(db, planner, { incidentId: id, ...event, at: action.at });
  }
  if (action.note) {
    addLine(db, id, { at: action.at, kind: 'note', what: `${action.by}: ${action.note}` });
    touchIncident(db, id, action.at);
  }
  return readSummary(db, id);
}

function change(
  db: Connection,
  id: string,
  before: IncidentSummary,
  { kind, by, at }: PersonAction,
): { kind: IncidentEventKind; what: string } | null {
  if (kind === 'acknowledge' && before.acknowledgedAt === null) {
    db.run('UPDATE incident SET acknowledged_at = :at, acknowledged_by = :by WHERE id = :id', {
      id,
      at,
      by,
    });
    return { kind: 'acknowledged', what: `acknowledged by ${by}` };
  }
  if (kind === 'mitigate' && before.status !== 'mitigated' && before.status !== 'resolved') {
    db.run("UPDATE incident SET status = 'mitigated' WHERE id = :id", { id });
    return { kind: 'mitigated', what: `mitigated by ${by}` };
  }
  if (kind === 'resolve' && before.status !== 'resolved') {
    db.run(
      "UPDATE incident SET status = 'resolved', resolved_at = :at, is_flapping = 0 WHERE id = :id",
      { id, at },
    );
    // Whoever has resolved it waits for no answer any more.
    db.run(
      "UPDATE job SET state = 'done', touched_at = :at WHERE incident_id = :id AND state = 'queued'",
      { id, at },
    );
    return { kind: 'resolved', what: `resolved by ${by}` };
  }
  return null;
}
