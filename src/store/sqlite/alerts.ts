import type { Alert } from '#src/domain/alert.ts';
import { formatTime } from '#src/domain/time.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

/** Alerts of one incident that anybody looks at. */
export const MOST_ALERTS = 200;

/** The alerts of an incident as they stand: firing ones first, the worst and earliest of them. */
export function readAlerts(
  db: Connection,
  incidentId: string,
): { alerts: Alert[]; moreAlerts: number } {
  const rows = db.all<{ body: string; ends_at: number | null }>(
    `SELECT body, ends_at FROM alert WHERE incident_id = :incidentId
     ORDER BY ends_at IS NOT NULL, rank, starts_at, fingerprint LIMIT ${MOST_ALERTS}`,
    { incidentId },
  );
  const alerts = rows.map(({ body, ends_at }): Alert => {
    const alert = JSON.parse(body) as Alert;
    return {
      ...alert,
      status: ends_at === null ? 'firing' : 'resolved',
      endsAt: ends_at === null ? null : formatTime(ends_at),
    };
  });
  const all = db.get<{ n: number }>(
    'SELECT count(*) AS n FROM alert WHERE incident_id = :incidentId',
    {
      incidentId,
    },
  );
  return { alerts, moreAlerts: Math.max(0, (all?.n ?? 0) - alerts.length) };
}
