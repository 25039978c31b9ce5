import type { Alert } from '#src/domain/alert.ts';
import type { AnalysisRequest } from '#src/domain/incident-record.ts';
import type { AcceptedAlerts } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

/** Alerts of one row at the most, so that no step of the sorting takes long. */
const MOST_PER_ROW = 100;

/** A row is set aside when sorting it failed this often. */
const MOST_FAILURES = 3;

export type InboxRow = {
  id: number;
  receivedAt: number;
  alerts: Alert[];
  analysis: AnalysisRequest | null;
};

/** Keeps the alerts of some requests, in their order. */
export function accept(db: Connection, batches: readonly AcceptedAlerts[]): void {
  for (const { alerts, receivedAt, analysis } of batches) {
    for (let at = 0; at < alerts.length; at += MOST_PER_ROW) {
      const part = alerts.slice(at, at + MOST_PER_ROW);
      const body = JSON.stringify(analysis ? { alerts: part, analysis } : { alerts: part });
      db.run('INSERT INTO inbox (received_at, alerts, body) VALUES (:receivedAt, :alerts, :body)', {
        receivedAt,
        alerts: part.length,
        body,
      });
    }
  }
}

export function inboxDepth(db: Connection): { alerts: number; oldest: number | null } {
  return (
    db.get<{ alerts: number; oldest: number | null }>(
      `SELECT coalesce(sum(alerts), 0) AS alerts, min(received_at) AS oldest
       FROM inbox WHERE refused IS NULL`,
    ) ?? { alerts: 0, oldest: null }
  );
}

/** The oldest rows, up to about `limit` alerts and at least one row. */
export function takeRows(db: Connection, limit: number): InboxRow[] {
  const rows = db.all<{ id: number; received_at: number; alerts: number; body: string }>(
    `SELECT id, received_at, alerts, body FROM inbox WHERE refused IS NULL ORDER BY id LIMIT :limit`,
    { limit },
  );
  const taken: InboxRow[] = [];
  let count = 0;
  for (const { id, received_at, alerts, body } of rows) {
    if (count > 0 && count + alerts > limit) break;
    count += alerts;
    const parsed = JSON.parse(body) as { alerts: Alert[]; analysis?: AnalysisRequest };
    taken.push({
      id,
      receivedAt: received_at,
      alerts: parsed.alerts,
      analysis: parsed.analysis ?? null,
    });
  }
  return taken;
}

export function dropRows(db: Connection, rows: readonly InboxRow[]): void {
  for (const { id } of rows) db.run('DELETE FROM inbox WHERE id = :id', { id });
}

/** Counts a failed sorting. @returns true when the row was set aside */
export function refuseRow(db: Connection, id: number, why: string): boolean {
  db.run('UPDATE inbox SET failures = failures + 1 WHERE id = :id', { id });
  const refused = db.run('UPDATE inbox SET refused = :why WHERE id = :id AND failures >= :most', {
    id,
    why,
    most: MOST_FAILURES,
  });
  return refused === 1;
}
