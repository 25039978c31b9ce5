import type { Alert } from '#src/domain/alert.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

/** Lines of one incident at the most; what comes later is counted in the last line of its kind. */
const MOST_LINES = 500;
const MOST_CHARACTERS = 2000;

export type TimelineRow = {
  at: number;
  kind: string;
  what: string;
  count: number;
  last_at: number;
};

/** Adds a line. A `subject` that was there already is counted instead. */
export function addLine(
  db: Connection,
  incidentId: string,
  line: { at: number; kind: string; what: string; subject?: string },
): void {
  const { at, kind } = line;
  const what = line.what.slice(0, MOST_CHARACTERS).toWellFormed();
  const count = db.get<{ n: number }>(
    'SELECT count(*) AS n FROM timeline WHERE incident_id = :incidentId',
    { incidentId },
  );
  const isFull = (count?.n ?? 0) >= MOST_LINES;
  const subject = line.subject ?? (isFull ? '' : null);
  db.run(
    `INSERT INTO timeline (incident_id, at, kind, what, subject, last_at)
     VALUES (:incidentId, :at, :kind, :what, :subject, :at)
     ON CONFLICT (incident_id, kind, subject) DO UPDATE SET
       count = count + 1, last_at = max(last_at, excluded.last_at), what = excluded.what`,
    { incidentId, at, kind, what, subject: isFull ? '' : subject },
  );
}

/** An alert was delivered again. */
export function addRepeat(db: Connection, incidentId: string, alert: Alert, at: number): void {
  const name = oneLine((alert.labels.alertname ?? 'alert').slice(0, 400)).slice(0, 200);
  const what = `${name} delivered again (${alert.status})`;
  addLine(db, incidentId, {
    at,
    kind: 'repeat',
    what,
    subject: `${alert.status} ${alert.fingerprint}`,
  });
}

export function readTimeline(db: Connection, incidentId: string): TimelineRow[] {
  return db.all<TimelineRow>(
    `SELECT at, kind, what, count, last_at FROM timeline
     WHERE incident_id = :incidentId ORDER BY at, id`,
    { incidentId },
  );
}
