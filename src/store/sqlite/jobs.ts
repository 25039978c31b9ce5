import { randomUUID } from 'node:crypto';
import { SEVERITIES, severitySchema } from '#src/domain/alert.ts';
import type { AnalysisRequest } from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { ClaimOptions, Failure, Job } from '#src/store/contract.ts';
import { featuresOfAlerts, featuresOfResult } from '#src/store/features.ts';
import { readAlerts } from '#src/store/sqlite/alerts.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { nextOf } from '#src/store/sqlite/counter.ts';
import { recordEvent } from '#src/store/sqlite/events.ts';
import { touchIncident } from '#src/store/sqlite/incident-rows.ts';
import { debounceOf } from '#src/store/sqlite/job-wishes.ts';
import { settleFailure, voidLeases } from '#src/store/sqlite/leases.ts';
import { writeResult } from '#src/store/sqlite/results.ts';
import { writeFeatures } from '#src/store/sqlite/similar.ts';

/** A wait of this long counts as one degree of severity, so that nothing waits for ever. */
const AGEING_MS = 10 * 60_000;

type JobRow = {
  incident_id: string;
  service: string;
  wanted: number;
  attempts: number;
  lost: number;
  analysis: string | null;
};

/** Takes the investigation that is due and comes first. */
export function claimJob(
  db: Connection,
  planner: EffectPlanner,
  options: ClaimOptions & { maxAttempts: number },
): Job | null {
  const { worker, now, leaseMs, maxAttempts } = options;
  voidLeases(db, 'job', now);
  giveUpLost(db, planner, now, 2 * maxAttempts);
  const row = db.get<JobRow>(
    `SELECT j.incident_id, j.service, j.wanted, j.attempts, j.lost, j.analysis
     FROM job j LEFT JOIN turn t ON t.service = j.service
     WHERE j.state = 'queued' AND j.due_at <= :now
     ORDER BY max(0, j.rank - CAST((:now - j.due_at) / ${AGEING_MS} AS INTEGER)),
              (SELECT count(*) FROM job r WHERE r.state = 'running' AND r.service = j.service),
              coalesce(t.value, 0), j.due_at, j.incident_id
     LIMIT 1`,
    { now },
  );
  if (!row) return null;
  const { incident_id: incidentId, service } = row;
  const lease = `${worker.token}/${randomUUID()}`;
  db.run(
    `UPDATE job SET state = 'running', taken = wanted, lease = :lease, role = :role,
                    lease_until = :until, lease_ms = :leaseMs, touched_at = :now
     WHERE incident_id = :incidentId`,
    { incidentId, lease, role: worker.role, until: now + leaseMs, leaseMs, now },
  );
  db.run(
    `INSERT INTO turn (service, value) VALUES (:service, :value)
     ON CONFLICT (service) DO UPDATE SET value = excluded.value`,
    { service, value: nextOf(db, 'turn') },
  );
  const started = db.run(
    "UPDATE incident SET status = 'investigating' WHERE id = :incidentId AND status = 'open'",
    { incidentId },
  );
  if (started === 1) touchIncident(db, incidentId, now);
  return {
    incidentId,
    service,
    attempt: row.attempts + row.lost + 1,
    ...readAlerts(db, incidentId),
    analysis: row.analysis ? (JSON.parse(row.analysis) as AnalysisRequest) : null,
    lease,
  };
}

/** Investigations that ended their process again and again go to the dead letters. */
function giveUpLost(db: Connection, planner: EffectPlanner, now: number, most: number): void {
  const rows = db.all<{ incident_id: string; lost: number }>(
    "SELECT incident_id, lost FROM job WHERE state = 'queued' AND lost >= :most",
    { most },
  );
  for (const { incident_id: incidentId, lost } of rows) {
    const error = `the process ended ${lost} times during this investigation`;
    db.run(
      "UPDATE job SET state = 'dead', last_error = :error, touched_at = :now WHERE incident_id = :incidentId",
      { incidentId, error, now },
    );
    tellGivenUp(db, planner, incidentId, now, error);
  }
}

function tellGivenUp(
  db: Connection,
  planner: EffectPlanner,
  incidentId: string,
  at: number,
  error: string,
): void {
  touchIncident(db, incidentId, at);
  const what = `investigation given up: ${error.slice(0, 300)}`;
  recordEvent(db, planner, { incidentId, kind: 'investigation-failed', at, what });
}

/** Keeps a result with all that follows from it. @returns false when the lease was lost */
export function completeJob(
  db: Connection,
  planner: EffectPlanner,
  job: Job,
  given: Result,
  at: number,
  debounceMs: number,
): boolean {
  const { incidentId, lease } = job;
  const row = db.get<{ wanted: number; taken: number; runs: number }>(
    `UPDATE job SET runs = runs + 1, attempts = 0, lost = 0, lease = NULL, last_error = NULL,
                    touched_at = :at, state = CASE WHEN wanted > taken THEN 'queued' ELSE 'done' END
     WHERE incident_id = :incidentId AND state = 'running' AND lease = :lease
     RETURNING wanted, taken, runs`,
    { incidentId, lease, at },
  );
  if (!row) return false;
  if (row.wanted > row.taken) {
    db.run('UPDATE job SET due_at = :dueAt WHERE incident_id = :incidentId', {
      incidentId,
      dueAt: at + debounceOf(row.runs, debounceMs),
    });
  }
  const result = { ...given, incident: { ...given.incident, id: incidentId } };
  writeResult(db, incidentId, result, at);
  writeFeatures(db, incidentId, [
    ...featuresOfAlerts(job.service, job.alerts),
    ...featuresOfResult(result),
  ]);
  const severity = settleSeverity(db, incidentId, result);
  closeAnswered(db, incidentId, at);
  touchIncident(db, incidentId, at);
  const what = `investigated: ${verdictOf(result)}${severity}`;
  recordEvent(db, planner, { incidentId, kind: 'investigated', at, what }, result);
  return true;
}

/** An analysis that was asked for is over with its answer. */
function closeAnswered(db: Connection, incidentId: string, at: number): void {
  const closed = db.run(
    `UPDATE incident SET status = 'resolved', resolved_at = :at
     WHERE id = :incidentId AND is_solo = 1 AND status <> 'resolved'`,
    { incidentId, at },
  );
  if (closed === 0) return;
  db.run('UPDATE alert SET ends_at = :at WHERE incident_id = :incidentId AND ends_at IS NULL', {
    incidentId,
    at,
  });
  db.run('UPDATE part SET firing = 0 WHERE incident_id = :incidentId', { incidentId });
}

function verdictOf({ rootCause, triage }: Result): string {
  if (!rootCause) return triage.summary.slice(0, 500);
  const percent = Math.round(rootCause.confidence * 100);
  return `${rootCause.verdict} (${percent} %): ${rootCause.statement.slice(0, 500)}`;
}

/** The evidence may raise or lower what the labels said. @returns how, in words */
function settleSeverity(db: Connection, incidentId: string, result: Result): string {
  const severity = severitySchema.safeParse(result.triage.severity);
  if (!severity.success) return '';
  const before = db.get<{ severity: string }>(
    'SELECT severity FROM incident WHERE id = :incidentId',
    {
      incidentId,
    },
  );
  if (!before || before.severity === severity.data) return '';
  db.run('UPDATE incident SET severity = :severity WHERE id = :incidentId', {
    incidentId,
    severity: severity.data,
  });
  const order: readonly string[] = SEVERITIES;
  const isWorse = order.indexOf(severity.data) < order.indexOf(before.severity);
  return `; severity ${isWorse ? 'raised' : 'lowered'} to ${severity.data} by the evidence`;
}

/** @returns false when the lease was lost */
export function failJob(
  db: Connection,
  planner: EffectPlanner,
  job: Job,
  failure: Failure,
): boolean {
  if (!settleFailure(db, 'job', job.lease, failure)) return false;
  if (failure.retryAt === null) {
    tellGivenUp(db, planner, job.incidentId, failure.at, failure.error);
  }
  return true;
}

export function releaseJob(db: Connection, job: Job): void {
  db.run(
    "UPDATE job SET state = 'queued', lease = NULL WHERE incident_id = :id AND state = 'running' AND lease = :lease",
    { id: job.incidentId, lease: job.lease },
  );
}

/** @returns false when there is no such incident */
export function retryJob(db: Connection, incidentId: string, now: number): boolean {
  const row = db.get<{ service: string; severity: string }>(
    'SELECT service, severity FROM incident WHERE id = :incidentId',
    { incidentId },
  );
  if (!row) return false;
  db.run(
    `INSERT INTO job (incident_id, service, rank, state, why, due_at, touched_at, wanted, taken)
     VALUES (:incidentId, :service, :rank, 'queued', 'asked for again', :now, :now, 1, 0)
     ON CONFLICT (incident_id) DO UPDATE SET
       wanted = wanted + 1, attempts = 0, lost = 0, due_at = :now, touched_at = :now,
       why = excluded.why,
       state = CASE WHEN state = 'running' THEN 'running' ELSE 'queued' END`,
    {
      incidentId,
      service: row.service,
      rank: (SEVERITIES as readonly string[]).indexOf(row.severity),
      now,
    },
  );
  touchIncident(db, incidentId, now);
  return true;
}
