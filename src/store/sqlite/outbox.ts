import { randomUUID } from 'node:crypto';
import type { EffectState, IncidentSummary } from '#src/domain/incident-record.ts';
import type { EffectPlanner, NotifyRequest } from '#src/domain/side-effect.ts';
import { formatTime } from '#src/domain/time.ts';
import { shortHash } from '#src/platform/hash.ts';
import type { ClaimedEffect, ClaimOptions } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { voidLeases } from '#src/store/sqlite/leases.ts';
import { addEffects } from '#src/store/sqlite/outbox-rows.ts';
import { timeOrNull } from '#src/store/sqlite/summaries.ts';

/** Answers of earlier effects of a lane that a sender gets to see. */
const MOST_EARLIER = 20;
const MOST_SHOWN = 200;

type EffectRow = {
  id: number;
  key: string;
  incident_id: string | null;
  kind: string;
  target: string;
  lane: string;
  payload: string;
  state: EffectState['state'];
  attempts: number;
  created_at: number;
  settled_at: number | null;
  receipt: string | null;
  last_error: string | null;
};

/** Takes the next due effects; of each lane only the first that is not settled. */
export function claimEffects(
  db: Connection,
  { worker, now, leaseMs, limit }: ClaimOptions & { limit: number },
): ClaimedEffect[] {
  voidLeases(db, 'outbox', now);
  const claimed: ClaimedEffect[] = [];
  while (claimed.length < limit) {
    const row = db.get<EffectRow>(
      `SELECT o.* FROM outbox o
       WHERE o.state = 'waiting' AND o.due_at <= :now
         AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = o.lane AND p.id < o.id
                         AND p.state IN ('waiting', 'running'))
       ORDER BY (SELECT count(*) FROM outbox r WHERE r.state = 'running' AND r.target = o.target),
                o.due_at, o.id
       LIMIT 1`,
      { now },
    );
    if (!row) break;
    const lease = `${worker.token}/${randomUUID()}`;
    db.run(
      `UPDATE outbox SET state = 'running', lease = :lease, role = :role, lease_until = :until,
                         lease_ms = :leaseMs, touched_at = :now WHERE id = :id`,
      { id: row.id, lease, role: worker.role, until: now + leaseMs, leaseMs, now },
    );
    claimed.push({
      id: row.id,
      key: row.key,
      kind: row.kind,
      target: row.target,
      incidentId: row.incident_id,
      payload: JSON.parse(row.payload) as unknown,
      attempt: row.attempts + 1,
      earlier: earlierReceipts(db, row.lane, row.id),
      lease,
      createdAt: row.created_at,
    });
  }
  return claimed;
}

function earlierReceipts(db: Connection, lane: string, id: number): ClaimedEffect['earlier'] {
  return db
    .all<{ key: string; kind: string; receipt: string }>(
      `SELECT key, kind, receipt FROM outbox
       WHERE lane = :lane AND id < :id AND receipt IS NOT NULL
       ORDER BY id DESC LIMIT ${MOST_EARLIER}`,
      { lane, id },
    )
    .reverse();
}

/** @returns false when the lease was lost */
export function completeEffect(
  db: Connection,
  lease: string,
  at: number,
  receipt: string | null,
): boolean {
  const changed = db.run(
    `UPDATE outbox SET state = 'done', settled_at = :at, touched_at = :at, receipt = :receipt,
                       attempts = attempts + 1, last_error = NULL, lease = NULL
     WHERE state = 'running' AND lease = :lease`,
    { lease, at, receipt: receipt?.slice(0, 2000).toWellFormed() ?? null },
  );
  return changed === 1;
}

/** Decides what a request to notify gives rise to; the same request twice within one minute is one. */
export function requestNotification(
  db: Connection,
  planner: EffectPlanner,
  request: NotifyRequest,
  at: number,
): string[] {
  const minute = String(Math.floor(at / 60_000));
  const { service, alertname, summary, analysis } = request;
  const id = `ask-${shortHash([service, alertname, summary, analysis, minute])}`;
  const incident: IncidentSummary = {
    id,
    title: `${alertname} on ${service}`,
    status: 'open',
    severity: 'medium',
    service,
    services: [service],
    alerts: { firing: 0, total: 0 },
    detectedAt: formatTime(at),
    updatedAt: formatTime(at),
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    isFlapping: false,
    mergedInto: null,
    revision: 0,
    verdict: null,
  };
  const event = { kind: 'notify-requested' as const, at, what: summary, incident, result: null };
  const drafts = planner({ ...event, request });
  addEffects(db, null, drafts, at);
  return drafts.map(({ key }) => key);
}

export function effectsOfIncident(db: Connection, incidentId: string): EffectState[] {
  const rows = db.all<EffectRow>(
    `SELECT * FROM outbox WHERE incident_id = :incidentId ORDER BY id LIMIT ${MOST_SHOWN}`,
    { incidentId },
  );
  return rows.map(toState);
}

export function listDeadEffects(
  db: Connection,
  limit: number,
): (EffectState & { incidentId: string | null })[] {
  const rows = db.all<EffectRow>(
    "SELECT * FROM outbox WHERE state = 'dead' ORDER BY id DESC LIMIT :limit",
    { limit },
  );
  return rows.map((row) => ({ ...toState(row), incidentId: row.incident_id }));
}

/** @returns false when it is not given up */
export function retryEffect(db: Connection, id: number, now: number): boolean {
  const changed = db.run(
    `UPDATE outbox SET state = 'waiting', attempts = 0, due_at = :now, touched_at = :now,
                       settled_at = NULL WHERE id = :id AND state = 'dead'`,
    { id, now },
  );
  return changed === 1;
}

function toState(row: EffectRow): EffectState {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    target: row.target,
    state: row.state,
    attempts: row.attempts,
    decidedAt: formatTime(row.created_at),
    settledAt: timeOrNull(row.settled_at),
    receipt: row.receipt,
    lastError: row.last_error,
  };
}
