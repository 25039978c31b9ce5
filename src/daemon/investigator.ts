import { backoffMs } from '#src/daemon/backoff.ts';
import type { DaemonParts, WorkSettings } from '#src/daemon/contract.ts';
import type { Hub } from '#src/daemon/hub.ts';
import type { LeaseKeeper } from '#src/daemon/leases.ts';
import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import { orAborted } from '#src/daemon/or-aborted.ts';
import { settle } from '#src/daemon/settle.ts';
import { WorkLoop } from '#src/daemon/work-loop.ts';
import { IncidentError, InputError, messageOf, UsageError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import type { Job, Worker } from '#src/store/contract.ts';

export type InvestigatorOptions = {
  parts: DaemonParts;
  settings: WorkSettings;
  worker: Worker;
  leases: LeaseKeeper;
  metrics: DaemonMetrics;
  hub: Hub;
  /** Side effects may have been decided. */
  onSettled: () => void;
};

const IDLE_MS = 500;

/** Investigates incidents that are due: a bounded number at a time, each within its budget. */
export function createInvestigator(options: InvestigatorOptions): WorkLoop<Job> {
  const { parts, settings, worker } = options;
  return new WorkLoop<Job>({
    name: 'investigations',
    slots: settings.concurrency,
    idleMs: IDLE_MS,
    logger: parts.logger,
    claim: async () => {
      const { leaseMs, maxAttempts } = settings;
      const now = parts.clock.now();
      // One at a time: each claim changes whose turn is next.
      const job = await parts.store.claimJob({ worker, now, leaseMs, maxAttempts });
      return job ? [job] : [];
    },
    work: (job, signal) =>
      options.leases.hold(job.lease, signal, (held) => investigate(job, held, signal, options)),
  });
}

async function investigate(
  job: Job,
  held: AbortSignal,
  stopping: AbortSignal,
  options: InvestigatorOptions,
): Promise<void> {
  const { parts, settings, hub } = options;
  const { clock, logger } = parts;
  const { incidentId, service, alerts, moreAlerts, analysis } = job;
  const started = clock.monotonic();
  const budget = AbortSignal.timeout(settings.budgetMs);
  const signal = AbortSignal.any([held, budget]);
  logger.info('investigation begins', { incident: incidentId, service, attempt: job.attempt });
  hub.tell({ incidentId, step: 'investigation begins' });
  try {
    const result = await orAborted(
      parts.investigate({ incidentId, service, alerts, moreAlerts, analysis }, signal, (step) =>
        hub.tell({ incidentId, step }),
      ),
      signal,
    );
    const seconds = (clock.monotonic() - started) / 1000;
    const isKept = await settle(parts, signal, () =>
      parts.store.completeJob(job, result, clock.now(), settings.debounceMs),
    );
    if (isKept) tell(result, seconds, job, options);
    else logger.warn('result dropped: another process took over', { incident: incidentId });
  } catch (error) {
    // Stopping: the lease stays, and the next start goes on.
    if (stopping.aborted) return;
    const why = budget.aborted
      ? `not done within ${Math.round(settings.budgetMs / 1000)} s`
      : messageOf(error);
    await fail(job, why, error, options);
  } finally {
    hub.settled(incidentId);
    options.onSettled();
  }
}

async function fail(
  job: Job,
  why: string,
  error: unknown,
  { parts, settings, metrics }: InvestigatorOptions,
): Promise<void> {
  const { clock, logger, random } = parts;
  const isFinal =
    error instanceof UsageError ||
    error instanceof InputError ||
    job.attempt >= settings.maxAttempts;
  const waitMs = backoffMs(job.attempt, {
    baseMs: settings.retryBaseMs,
    mostMs: settings.retryMostMs,
    random,
  });
  metrics.failure(isFinal ? 'investigation_given_up' : 'investigation');
  logger.warn(isFinal ? 'investigation given up' : 'investigation failed', {
    incident: job.incidentId,
    service: job.service,
    attempt: job.attempt,
    error: why,
    ...(error instanceof IncidentError && error.hint ? { hint: error.hint } : {}),
  });
  const at = clock.now();
  const failure = { at, error: why, retryAt: isFinal ? null : at + waitMs };
  await settle(parts, AbortSignal.timeout(settings.leaseMs), () =>
    parts.store.failJob(job, failure),
  ).catch((trouble) =>
    // The lease will run out, and the job is tried again then.
    logger.warn('a failed investigation could not be recorded', { error: messageOf(trouble) }),
  );
}

/** Tells logs and metrics what an investigation found; the event is what dashboards look for. */
function tell(
  { rootCause, triage, timings, model, evidence, gaps }: Result,
  seconds: number,
  { incidentId, service }: Job,
  { parts, metrics }: InvestigatorOptions,
): void {
  metrics.stage('investigate', seconds);
  metrics.stage('collect', timings.collectMs / 1000);
  metrics.stage('analyse', timings.analyseMs / 1000);
  metrics.verdict(rootCause?.verdict ?? 'triage');
  if (model) {
    metrics.stage('model', timings.modelMs / 1000);
    metrics.tokens('input', model.inputTokens);
    metrics.tokens('output', model.outputTokens);
  }
  const event = model?.provider === 'ollama' ? 'ollama_analysis' : 'analysis';
  parts.logger.info('investigation done', {
    event,
    incident: incidentId,
    service,
    severity: triage.severity,
    condition: triage.condition,
    verdict: rootCause?.verdict ?? null,
    confidence: rootCause?.confidence ?? null,
    category: rootCause?.category ?? null,
    statement: rootCause?.statement ?? triage.summary,
    evidence: evidence.length,
    gaps: gaps.length,
    seconds: Math.round(seconds * 100) / 100,
    ...(model ? { model: model.name, model_seconds: timings.modelMs / 1000 } : {}),
  });
}
