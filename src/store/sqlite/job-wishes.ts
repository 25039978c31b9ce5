import type { Connection } from '#src/store/sqlite/connection.ts';

/** Between two investigations of one incident at the most. */
const MOST_DEBOUNCE_MS = 15 * 60_000;

export type Wish = {
  incidentId: string;
  service: string;
  rank: number;
  why: string;
  now: number;
  settleMs: number;
  debounceMs: number;
  analysis: string | null;
};

/**
 * Asks for an investigation. One that waits already does for all wishes; one that runs is followed
 * by one more; after one that has ended the next waits the longer the more there were.
 */
export function wantInvestigation(db: Connection, wish: Wish): void {
  const { incidentId, service, rank, why, now, analysis } = wish;
  db.run(
    `INSERT INTO job (incident_id, service, rank, state, why, due_at, touched_at, wanted, taken, analysis)
     VALUES (:incidentId, :service, :rank, 'queued', :why, :dueAt, :now, 1, 0, :analysis)
     ON CONFLICT (incident_id) DO UPDATE SET
       service = excluded.service, rank = excluded.rank, wanted = wanted + 1,
       analysis = coalesce(excluded.analysis, analysis)`,
    { incidentId, service, rank, why, dueAt: now + wish.settleMs, now, analysis },
  );
  const row = db.get<{ runs: number; touched_at: number }>(
    "SELECT runs, touched_at FROM job WHERE incident_id = :incidentId AND state IN ('done', 'dead')",
    { incidentId },
  );
  if (!row) return;
  const earliest = row.touched_at + debounceOf(row.runs, wish.debounceMs);
  const dueAt = Math.min(Math.max(now + wish.settleMs, earliest), now + MOST_DEBOUNCE_MS);
  db.run(
    `UPDATE job SET state = 'queued', why = :why, due_at = :dueAt, touched_at = :now,
                    attempts = 0, lost = 0, last_error = NULL
     WHERE incident_id = :incidentId`,
    { incidentId, why, dueAt, now },
  );
}

/** How long to wait after the `runs`-th investigation, in milliseconds. */
export function debounceOf(runs: number, debounceMs: number): number {
  return Math.min(debounceMs * 2 ** Math.min(Math.max(runs - 1, 0), 20), MOST_DEBOUNCE_MS);
}
