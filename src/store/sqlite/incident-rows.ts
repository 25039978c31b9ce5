import type { IncidentPart, IncidentSketch } from '#src/domain/correlation.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { nextOf } from '#src/store/sqlite/counter.ts';
import { addLine } from '#src/store/sqlite/timeline.ts';

/** Writes an incident and those of its parts that are new or changed. */
export function writeSketch(
  db: Connection,
  sketch: IncidentSketch,
  before: IncidentSketch | undefined,
  now: number,
): void {
  db.run(
    `INSERT INTO incident (id, title, status, severity, service, detected_at, opened_at, active_at,
                           resolved_at, is_flapping, is_solo, updated_at, revision)
     VALUES (:id, :title, :status, :severity, :service, :detectedAt, :openedAt, :activeAt,
             :resolvedAt, :isFlapping, :isSolo, :now, :revision)
     ON CONFLICT (id) DO UPDATE SET
       title = excluded.title, status = excluded.status, severity = excluded.severity,
       service = excluded.service, detected_at = excluded.detected_at,
       opened_at = excluded.opened_at, active_at = excluded.active_at,
       resolved_at = excluded.resolved_at, is_flapping = excluded.is_flapping,
       updated_at = excluded.updated_at, revision = excluded.revision`,
    {
      id: sketch.id,
      title: sketch.title,
      status: sketch.status,
      severity: sketch.severity,
      service: sketch.service,
      detectedAt: sketch.detectedAt,
      openedAt: sketch.openedAt,
      activeAt: sketch.activeAt,
      resolvedAt: sketch.resolvedAt,
      isFlapping: sketch.isFlapping ? 1 : 0,
      isSolo: sketch.isSolo ? 1 : 0,
      now,
      revision: nextOf(db, 'revision'),
    },
  );
  const keyOf = (part: IncidentPart): string => `${part.service}\0${part.alertname}`;
  const old = new Map(before?.parts.map((part) => [keyOf(part), part]));
  for (const part of sketch.parts) {
    const was = old.get(keyOf(part));
    if (!was || isChanged(part, was)) writePart(db, sketch.id, part);
  }
}

function isChanged(part: IncidentPart, was: IncidentPart): boolean {
  return (
    part.firing !== was.firing ||
    part.total !== was.total ||
    part.firstStart !== was.firstStart ||
    part.lastStart !== was.lastStart
  );
}

function writePart(db: Connection, incidentId: string, part: IncidentPart): void {
  db.run(
    `INSERT INTO part (incident_id, service, alertname, first_start, last_start, firing, total)
     VALUES (:incidentId, :service, :alertname, :firstStart, :lastStart, :firing, :total)
     ON CONFLICT (incident_id, service, alertname) DO UPDATE SET
       first_start = excluded.first_start, last_start = excluded.last_start,
       firing = excluded.firing, total = excluded.total`,
    { incidentId, ...part },
  );
}

/** Makes an incident a part of another one: its alerts and its timeline move, its job ends. */
export function moveIncident(db: Connection, from: string, into: string, now: number): void {
  db.run('UPDATE alert SET incident_id = :into WHERE incident_id = :from', { from, into });
  db.run('DELETE FROM part WHERE incident_id = :from', { from });
  db.run('DELETE FROM job WHERE incident_id = :from', { from });
  db.run(
    `UPDATE incident SET status = 'resolved', resolved_at = :now, merged_into = :into,
                         updated_at = :now, revision = :revision WHERE id = :from`,
    { from, into, now, revision: nextOf(db, 'revision') },
  );
  // Whoever was merged into the one that is merged now follows it.
  db.run('UPDATE incident SET merged_into = :into WHERE merged_into = :from', { from, into });
  addLine(db, into, { at: now, kind: 'took-in', what: `took in ${from}` });
}

/** Marks an incident as changed. */
export function touchIncident(db: Connection, id: string, now: number): void {
  db.run('UPDATE incident SET updated_at = :now, revision = :revision WHERE id = :id', {
    id,
    now,
    revision: nextOf(db, 'revision'),
  });
}
