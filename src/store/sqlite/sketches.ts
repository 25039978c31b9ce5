import type { Severity } from '#src/domain/alert.ts';
import type { IncidentPart, IncidentSketch, Occurrence } from '#src/domain/correlation.ts';
import type { IncidentStatus } from '#src/domain/incident.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

type SketchRow = {
  id: string;
  title: string;
  status: IncidentStatus;
  severity: Severity;
  service: string;
  detected_at: number;
  opened_at: number;
  active_at: number;
  acknowledged_at: number | null;
  resolved_at: number | null;
  is_flapping: number;
  is_solo: number;
  has_result: number;
};

type PartRow = {
  service: string;
  alertname: string;
  first_start: number;
  last_start: number;
  firing: number;
  total: number;
};

/** Times that an alert fired, that are remembered when it comes again. */
const MOST_OCCURRENCES = 16;

/** The newest occurrences of an alert, newest first, and that of a start in any case. */
export function readOccurrences(
  db: Connection,
  fingerprint: string,
  starts: readonly number[],
): Occurrence[] {
  const rows = db.all<Occurrence>(
    `SELECT fingerprint, starts_at AS startsAt, ends_at AS endsAt, incident_id AS incidentId,
            service, alertname
     FROM alert WHERE fingerprint = :fingerprint ORDER BY starts_at DESC LIMIT ${MOST_OCCURRENCES}`,
    { fingerprint },
  );
  if (rows.length < MOST_OCCURRENCES) return rows;
  const missing = starts.filter((start) => !rows.some((row) => row.startsAt === start));
  const older = missing.flatMap((startsAt) =>
    db.all<Occurrence>(
      `SELECT fingerprint, starts_at AS startsAt, ends_at AS endsAt, incident_id AS incidentId,
              service, alertname
       FROM alert WHERE fingerprint = :fingerprint AND starts_at = :startsAt`,
      { fingerprint, startsAt },
    ),
  );
  return [...rows, ...older];
}

/** Incidents that are not resolved, or since then, with alerts of some services, or named by id. */
export function readSketches(
  db: Connection,
  services: readonly string[],
  ids: readonly string[],
  resolvedSince: number,
): IncidentSketch[] {
  const rows = db.all<SketchRow>(
    `WITH live AS (
       SELECT id FROM incident WHERE status <> 'resolved'
       UNION ALL
       SELECT id FROM incident WHERE status = 'resolved' AND resolved_at >= :resolvedSince
     )
     SELECT i.*, EXISTS (SELECT 1 FROM result r WHERE r.incident_id = i.id) AS has_result
     FROM live JOIN incident i ON i.id = live.id
     WHERE i.merged_into IS NULL
       AND (i.id IN (SELECT value FROM json_each(:ids))
         OR EXISTS (SELECT 1 FROM part p WHERE p.incident_id = i.id
                    AND p.service IN (SELECT value FROM json_each(:services))))
     ORDER BY i.detected_at, i.id`,
    { services: JSON.stringify(services), ids: JSON.stringify(ids), resolvedSince },
  );
  return rows.map((row) => toSketch(db, row));
}

function toSketch(db: Connection, row: SketchRow): IncidentSketch {
  return {
    id: row.id,
    title: row.title,
    status: row.status,
    severity: row.severity,
    service: row.service,
    detectedAt: row.detected_at,
    openedAt: row.opened_at,
    activeAt: row.active_at,
    resolvedAt: row.resolved_at,
    isAcknowledged: row.acknowledged_at !== null,
    isFlapping: row.is_flapping === 1,
    isSolo: row.is_solo === 1,
    isInvestigated: row.has_result === 1,
    parts: readParts(db, row.id),
  };
}

export function readParts(db: Connection, id: string): IncidentPart[] {
  const rows = db.all<PartRow>(
    `SELECT service, alertname, first_start, last_start, firing, total FROM part
     WHERE incident_id = :id ORDER BY first_start, service, alertname`,
    { id },
  );
  return rows.map((row) => ({
    service: row.service,
    alertname: row.alertname,
    firstStart: row.first_start,
    lastStart: row.last_start,
    firing: row.firing,
    total: row.total,
  }));
}
