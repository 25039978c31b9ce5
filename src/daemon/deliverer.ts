import { backoffMs } from '#src/daemon/backoff.ts';
import type { DaemonParts, WorkSettings } from '#src/daemon/contract.ts';
import type { LeaseKeeper } from '#src/daemon/leases.ts';
import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import { orAborted } from '#src/daemon/or-aborted.ts';
import { settle } from '#src/daemon/settle.ts';
import { WorkLoop } from '#src/daemon/work-loop.ts';
import { IncidentError, messageOf, UpstreamError } from '#src/domain/errors.ts';
import type { ClaimedEffect, Worker } from '#src/store/contract.ts';

export type DelivererOptions = {
  parts: DaemonParts;
  settings: WorkSettings;
  worker: Worker;
  leases: LeaseKeeper;
  metrics: DaemonMetrics;
};

const IDLE_MS = 500;

/** Carries side effects out: at least once, each under its key, lanes in order. */
export function createDeliverer(options: DelivererOptions): WorkLoop<ClaimedEffect> {
  const { parts, settings, worker } = options;
  return new WorkLoop<ClaimedEffect>({
    name: 'side effects',
    slots: settings.senders,
    idleMs: IDLE_MS,
    logger: parts.logger,
    claim: (free) =>
      parts.store.claimEffects({
        worker,
        now: parts.clock.now(),
        leaseMs: settings.leaseMs,
        limit: free,
      }),
    work: (effect, signal) =>
      options.leases.hold(effect.lease, signal, (held) => deliver(effect, held, signal, options)),
  });
}

async function deliver(
  effect: ClaimedEffect,
  held: AbortSignal,
  stopping: AbortSignal,
  options: DelivererOptions,
): Promise<void> {
  const { parts, settings, metrics } = options;
  const { clock, logger, store } = parts;
  const { lease: _lease, createdAt: _created, ...toSend } = effect;
  const started = clock.monotonic();
  const facts = { incident: effect.incidentId, kind: effect.kind, target: effect.target };
  const { sendTimeoutMs, sendTimeoutOfMs = {} } = settings;
  const limit = AbortSignal.timeout(sendTimeoutOfMs[effect.kind] ?? sendTimeoutMs);
  const signal = AbortSignal.any([held, limit]);
  let receipt: string | undefined;
  try {
    ({ receipt } = await orAborted(parts.sender.send(toSend, signal), signal));
  } catch (error) {
    // Stopping: the lease stays, and the next start sends again under the same key.
    if (!stopping.aborted) await fail(effect, error, facts, options);
    return;
  }
  metrics.stage('send', (clock.monotonic() - started) / 1000);
  try {
    const isKept = await settle(parts, held, () =>
      store.completeEffect(effect, clock.now(), receipt ?? null),
    );
    if (!isKept) logger.warn('a delivery was recorded by another process', facts);
    else {
      metrics.sideEffect(effect.kind, 'delivered');
      logger.info('side effect delivered', { ...facts, key: effect.key, attempt: effect.attempt });
    }
  } catch (error) {
    // It arrived but cannot be recorded: the lease runs out and it is sent again under its key.
    logger.warn('a delivery could not be recorded', { ...facts, error: messageOf(error) });
  }
}

async function fail(
  effect: ClaimedEffect,
  error: unknown,
  facts: Record<string, unknown>,
  { parts, settings, metrics }: DelivererOptions,
): Promise<void> {
  const { clock, logger, random, store } = parts;
  const isHopeless =
    error instanceof UpstreamError ? !error.isRetryable : error instanceof IncidentError;
  const isFinal = isHopeless || effect.attempt >= settings.maxSendAttempts;
  const { retryBaseMs: baseMs, retryMostMs: mostMs } = settings;
  const askedMs = error instanceof UpstreamError ? (error.retryAfterMs ?? 0) : 0;
  const waitMs = Math.max(backoffMs(effect.attempt, { baseMs, mostMs, random }), askedMs);
  const why = messageOf(error);
  metrics.sideEffect(effect.kind, isFinal ? 'given_up' : 'retried');
  metrics.failure('side_effect');
  logger.warn(isFinal ? 'side effect given up' : 'side effect failed', {
    ...facts,
    attempt: effect.attempt,
    error: why,
  });
  const at = clock.now();
  const failure = { at, error: why, retryAt: isFinal ? null : at + waitMs };
  await settle(parts, AbortSignal.timeout(settings.leaseMs), () =>
    store.failEffect(effect, failure),
  ).catch((trouble) =>
    logger.warn('a failed side effect could not be recorded', { error: messageOf(trouble) }),
  );
}
