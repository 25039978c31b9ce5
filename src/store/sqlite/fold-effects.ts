import type { EffectDraft, EffectFold } from '#src/domain/side-effect.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

/** Effects kept in one common effect at the most. */
const MOST_FOLDED = 100;
/** Rows looked at to see how many were decided of late. */
const MOST_COUNTED = 2000;
const FOLDED = 'folded into ';

/**
 * Puts an effect into a common one, where there were too many. Its own row stays, so that the same
 * decision is made once, and so that its lane knows of it.
 * @returns false when it is to stand alone
 */
export function foldEffect(
  db: Connection,
  incidentId: string | null,
  draft: EffectDraft,
  { most, withinMs, into }: EffectFold,
  now: number,
): boolean {
  if (db.get('SELECT 1 AS known FROM outbox WHERE key = :key', { key: draft.key })) return true;
  if (most > 0 && countLately(db, draft, now - withinMs) < most) return false;
  const common = db.get<{ state: string; attempts: number }>(
    'SELECT state, attempts FROM outbox WHERE key = :key',
    { key: into.key },
  );
  if (common && (common.state !== 'waiting' || common.attempts > 0)) return false;
  const { key, kind, target, lane, payload } = draft;
  const row = { incidentId, kind, target, now };
  db.run(
    `INSERT INTO outbox (key, incident_id, kind, target, lane, payload, state, cancel_on, due_at,
                         touched_at, created_at, settled_at, receipt)
     VALUES (:key, :incidentId, :kind, :target, :lane, 'null', 'done', ',,', :now, :now, :now, :now,
             :receipt)`,
    { ...row, key, lane, receipt: `${FOLDED}${into.key}` },
  );
  db.run(
    `INSERT INTO outbox (key, incident_id, kind, target, lane, payload, state, cancel_on, due_at,
                         touched_at, created_at)
     VALUES (:key, NULL, :kind, :target, :lane, json_object('folded', json_array(), 'more', 0),
             'waiting', ',,', :dueAt, :now, :now)
     ON CONFLICT (key) DO NOTHING`,
    { key: into.key, kind, target, lane: into.lane, now, dueAt: Math.max(into.notBefore, now) },
  );
  db.run(
    `UPDATE outbox SET payload = CASE
         WHEN json_array_length(payload, '$.folded') < ${MOST_FOLDED}
         THEN json_insert(payload, '$.folded[#]', json(:item))
         ELSE json_set(payload, '$.more', json_extract(payload, '$.more') + 1) END
     WHERE key = :key`,
    { key: into.key, item: JSON.stringify({ key, payload: payload ?? null }) },
  );
  return true;
}

/** Effects of a target that stand alone and were decided since. */
function countLately(db: Connection, { target, kind }: EffectDraft, since: number): number {
  const row = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM
       (SELECT target, kind, state, receipt, created_at FROM outbox ORDER BY id DESC LIMIT ${MOST_COUNTED})
     WHERE target = :target AND kind = :kind AND created_at > :since AND state <> 'cancelled'
       AND (receipt IS NULL OR receipt NOT LIKE '${FOLDED}%')`,
    { target, kind, since },
  );
  return row?.n ?? 0;
}
