import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { RetentionLimits } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { recordEvent } from '#src/store/sqlite/events.ts';
import { touchIncident } from '#src/store/sqlite/incident-rows.ts';
import { healClock } from '#src/store/sqlite/leases.ts';

/** Rows of a kind removed or closed in one go, so that nobody waits long. */
const MOST_AT_ONCE = 200;
/** Changes are looked for up to a year back. */
const CHANGES_MS = 400 * 86_400_000;
const SCRAPES_MS = 86_400_000;

/**
 * Ends what is over without anybody saying so, and removes what is too old.
 * @returns how many incidents were removed and closed
 */
export function tidy(
  db: Connection,
  planner: EffectPlanner,
  limits: RetentionLimits,
): { removed: number; closed: number } {
  const { now } = limits;
  healClock(db, 'job', now);
  healClock(db, 'outbox', now);
  const closed = closeQuiet(db, planner, limits) + closeStale(db, planner, limits);
  return { removed: removeOld(db, limits), closed };
}

/** Flapping incidents that have been quiet are resolved; those that fire steadily flap no more. */
function closeQuiet(
  db: Connection,
  planner: EffectPlanner,
  { now, quietMs }: RetentionLimits,
): number {
  const rows = db.all<{ id: string; firing: number }>(
    `SELECT id, (SELECT coalesce(sum(firing), 0) FROM part p WHERE p.incident_id = i.id) AS firing
     FROM incident i WHERE is_flapping = 1 AND status <> 'resolved' AND active_at <= :before
     LIMIT ${MOST_AT_ONCE}`,
    { before: now - quietMs },
  );
  for (const { id, firing } of rows) {
    db.run('UPDATE incident SET is_flapping = 0 WHERE id = :id', { id });
    if (firing === 0) resolve(db, planner, id, now, 'resolved: it flapped and is quiet now');
  }
  return rows.filter(({ firing }) => firing === 0).length;
}

/** Alerts that nobody has told of for long count as over. */
function closeStale(
  db: Connection,
  planner: EffectPlanner,
  { now, staleMs }: RetentionLimits,
): number {
  const rows = db.all<{
    id: number;
    incident_id: string | null;
    service: string;
    alertname: string;
  }>(
    `SELECT a.id, a.incident_id, a.service, a.alertname FROM incident i
     JOIN alert a ON a.incident_id = i.id
     WHERE i.status <> 'resolved' AND i.active_at <= :before
       AND a.ends_at IS NULL AND a.seen_at <= :before LIMIT ${MOST_AT_ONCE}`,
    { before: now - staleMs },
  );
  for (const { id, incident_id: incidentId, service, alertname } of rows) {
    db.run('UPDATE alert SET ends_at = seen_at WHERE id = :id', { id });
    db.run(
      `UPDATE part SET firing = max(0, firing - 1)
       WHERE incident_id = :incidentId AND service = :service AND alertname = :alertname`,
      { incidentId, service, alertname },
    );
  }
  let closed = 0;
  for (const id of new Set(rows.flatMap((row) => row.incident_id ?? []))) {
    const open = db.get('SELECT 1 FROM alert WHERE incident_id = :id AND ends_at IS NULL LIMIT 1', {
      id,
    });
    if (open) continue;
    db.run('UPDATE part SET firing = 0 WHERE incident_id = :id', { id });
    resolve(db, planner, id, now, 'resolved: its alerts were not heard of for a long time');
    closed++;
  }
  return closed;
}

function resolve(
  db: Connection,
  planner: EffectPlanner,
  incidentId: string,
  now: number,
  what: string,
): void {
  db.run("UPDATE incident SET status = 'resolved', resolved_at = :now WHERE id = :id", {
    id: incidentId,
    now,
  });
  touchIncident(db, incidentId, now);
  recordEvent(db, planner, { incidentId, kind: 'resolved', at: now, what });
}

function removeOld(db: Connection, { now, beforeAt, maxIncidents }: RetentionLimits): number {
  // Work that is not settled yet keeps its incident.
  const settled = `status = 'resolved'
    AND NOT EXISTS (SELECT 1 FROM job j WHERE j.incident_id = incident.id AND j.state IN ('queued', 'running'))
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.incident_id = incident.id AND o.state IN ('waiting', 'running'))`;
  let removed = db.run(
    `DELETE FROM incident WHERE id IN (
       SELECT id FROM incident WHERE resolved_at < :beforeAt AND ${settled} LIMIT ${MOST_AT_ONCE})`,
    { beforeAt },
  );
  const count = db.get<{ n: number }>('SELECT count(*) AS n FROM incident')?.n ?? 0;
  if (count > maxIncidents) {
    removed += db.run(
      `DELETE FROM incident WHERE id IN (
         SELECT id FROM incident WHERE ${settled} ORDER BY resolved_at LIMIT :surplus)`,
      { surplus: Math.min(count - maxIncidents, MOST_AT_ONCE) },
    );
  }
  const old: [sql: string, before: number][] = [
    [
      `DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE incident_id IS NULL AND seen_at < :before LIMIT 2000)`,
      beforeAt,
    ],
    [
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('done', 'cancelled', 'dead') AND touched_at < :before LIMIT 2000)`,
      beforeAt,
    ],
    [`DELETE FROM inbox WHERE refused IS NOT NULL AND received_at < :before`, beforeAt],
    ['DELETE FROM change WHERE at < :before', now - CHANGES_MS],
    ['DELETE FROM scrape WHERE at < :before', now - SCRAPES_MS],
  ];
  for (const [sql, before] of old) db.run(sql, { before });
  return removed;
}
