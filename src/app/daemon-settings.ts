import { resolve } from 'node:path';
import type { Config } from '#src/config/schema.ts';
import type { HttpSettings, RetentionSettings, WorkSettings } from '#src/daemon/contract.ts';
import { PULL_REQUEST } from '#src/fix/listen/plan.ts';
import type { CorrelationSettings } from '#src/intake/correlate/settings.ts';

/** A lease is prolonged three times in its length; a crash is noticed within it. Milliseconds. */
const LEASE_MS = 30_000;
const SEND_TIMEOUT_MS = 20_000;
const RETRY_BASE_MS = 2000;
const RETRY_MOST_MS = 15 * 60_000;

export function httpSettings({ listen }: Config, token: string, baseDir: string): HttpSettings {
  return {
    host: listen.host,
    port: listen.port,
    hosts: listen.hosts,
    origins: listen.origins,
    token,
    requireToken: listen.requireToken,
    publicMetrics: listen.publicMetrics,
    maxBodyBytes: listen.maxBodyBytes,
    maxConnections: listen.maxConnections,
    headersTimeoutMs: listen.headersTimeoutSeconds * 1000,
    requestTimeoutMs: listen.requestTimeoutSeconds * 1000,
    keepAliveMs: listen.keepAliveSeconds * 1000,
    readRoots: listen.readRoots.map((root) => resolve(baseDir, root)),
  };
}

export function workSettings({ listen, fix }: Config, role: string): WorkSettings {
  return {
    role,
    concurrency: listen.concurrency,
    senders: listen.senders,
    leaseMs: LEASE_MS,
    budgetMs: listen.budgetSeconds * 1000,
    maxAttempts: listen.maxAttempts,
    maxSendAttempts: listen.maxSendAttempts,
    sendTimeoutMs: SEND_TIMEOUT_MS,
    sendTimeoutOfMs: { [PULL_REQUEST]: fix.listen.timeoutMinutes * 60_000 + SEND_TIMEOUT_MS },
    retryBaseMs: RETRY_BASE_MS,
    retryMostMs: RETRY_MOST_MS,
    settleMs: listen.settleSeconds * 1000,
    debounceMs: listen.debounceSeconds * 1000,
    groupCommitMs: listen.groupCommitMs,
    maxQueuedAlerts: listen.maxQueuedAlerts,
    drainMs: listen.drainSeconds * 1000,
  };
}

export function retentionSettings({ retention, correlation }: Config): RetentionSettings {
  return {
    keepMs: retention.days * 86_400_000,
    maxIncidents: retention.maxIncidents,
    quietMs: correlation.flapMinutes * 60_000,
    staleMs: correlation.staleHours * 3_600_000,
  };
}

export function correlationSettings({ correlation }: Config): CorrelationSettings {
  return {
    groupMs: correlation.groupMinutes * 60_000,
    cascadeMs: correlation.cascadeMinutes * 60_000,
    spanMs: correlation.spanMinutes * 60_000,
    reopenMs: correlation.reopenMinutes * 60_000,
    flapStarts: correlation.flapStarts,
    flapMs: correlation.flapMinutes * 60_000,
  };
}
