import type { Failure, QueueDepth, Worker } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

/** The two tables of work that is leased; both have the columns of a lease. */
export type LeasedTable = 'job' | 'outbox';
const WAITING = { job: 'queued', outbox: 'waiting' } as const;

/** A lease may end this much later than its length allows before a clock must have gone back. */
const CLOCK_SLACK_MS = 1000;

/**
 * Puts work back whose lease is over: its end has passed, or lies further ahead than any lease
 * is long, since the clock went back.
 * @returns how much was put back
 */
export function voidLeases(db: Connection, table: LeasedTable, now: number): number {
  return db.run(
    `UPDATE ${table} SET state = '${WAITING[table]}', lease = NULL, due_at = :now, touched_at = :now
       ${table === 'job' ? ', lost = lost + 1' : ''}
     WHERE state = 'running'
       AND (lease_until < :now OR lease_until > :now + lease_ms + ${CLOCK_SLACK_MS})`,
    { now },
  );
}

/** Puts back what earlier holders of a role have left. */
export function takeOver(db: Connection, worker: Worker): number {
  let count = 0;
  for (const table of ['job', 'outbox'] as const) {
    count += db.run(
      `UPDATE ${table} SET state = '${WAITING[table]}', lease = NULL
         ${table === 'job' ? ', lost = lost + 1' : ''}
       WHERE state = 'running' AND role = :role AND lease NOT LIKE :own`,
      { role: worker.role, own: `${worker.token}/%` },
    );
  }
  return count;
}

/** Prolongs leases. @returns those that are lost */
export function heartbeat(db: Connection, leases: readonly string[], until: number): string[] {
  return leases.filter((lease) => {
    const kept = (['job', 'outbox'] as const).some(
      (table) =>
        db.run(
          `UPDATE ${table} SET lease_until = :until WHERE state = 'running' AND lease = :lease`,
          { lease, until },
        ) === 1,
    );
    return !kept;
  });
}

/** Settles a failed attempt of leased work. @returns false when the lease was lost */
export function settleFailure(
  db: Connection,
  table: LeasedTable,
  lease: string,
  { at, error, retryAt }: Failure,
): boolean {
  const changed = db.run(
    `UPDATE ${table} SET state = :state, attempts = attempts + 1, last_error = :error,
            due_at = :dueAt, touched_at = :at, lease = NULL
       ${table === 'outbox' ? ', settled_at = :settledAt' : ''}
     WHERE state = 'running' AND lease = :lease`,
    {
      lease,
      state: retryAt === null ? 'dead' : WAITING[table],
      error: error.slice(0, 1000).toWellFormed(),
      dueAt: retryAt ?? at,
      at,
      ...(table === 'outbox' ? { settledAt: retryAt === null ? at : null } : {}),
    },
  );
  return changed === 1;
}

/** After the clock went back, what was put off by it waits as long as it was meant to. */
export function healClock(db: Connection, table: LeasedTable, now: number): void {
  db.run(
    `UPDATE ${table} SET due_at = :now + (due_at - touched_at), touched_at = :now
     WHERE state = '${WAITING[table]}' AND touched_at > :now + 60000`,
    { now },
  );
}

export function depthOf(db: Connection, table: LeasedTable, now: number): QueueDepth {
  const count = (state: string): number =>
    db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE state = :state`, { state })
      ?.n ?? 0;
  const due = db.get<{ at: number | null }>(
    `SELECT min(due_at) AS at FROM ${table} WHERE state = '${WAITING[table]}'`,
  );
  const at = due?.at ?? null;
  return {
    waiting: count(WAITING[table]),
    running: count('running'),
    dead: count('dead'),
    oldest: at !== null && at <= now ? at : null,
    nextAt: at,
  };
}
