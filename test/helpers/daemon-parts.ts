import type { DaemonParts, DaemonSettings } from '#src/daemon/contract.ts';
import type { Service, ServiceRegistry } from '#src/domain/service.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { createCorrelator } from '#src/intake/correlate/correlate.ts';
import type { CorrelationSettings } from '#src/intake/correlate/settings.ts';
import { systemClock } from '#src/platform/clock.ts';
import { silentLogger } from '#src/platform/logger.ts';
import type { Store } from '#src/store/contract.ts';
import { resultOf } from './results.ts';

export const TOKEN = 'correct-horse-battery-staple';

export const CORRELATION: CorrelationSettings = {
  groupMs: 30 * 60_000,
  cascadeMs: 5 * 60_000,
  spanMs: 60 * 60_000,
  reopenMs: 30 * 60_000,
  flapStarts: 4,
  flapMs: 30 * 60_000,
};

export function registryOf(services: readonly Service[]): ServiceRegistry {
  return new Map(services.map((service) => [service.name, service]));
}

/** The parts of a daemon, with an investigation that answers at once and a sender that accepts all. */
export function daemonParts(
  store: Store,
  services: readonly Service[] = [],
  overrides: Partial<DaemonParts> = {},
): DaemonParts {
  const registry = registryOf(services);
  const correlator = createCorrelator([...registry.values()], CORRELATION);
  return {
    store,
    correlator: () => correlator,
    services: () => registry,
    investigate: async ({ incidentId, service, alerts }) => resultOf(incidentId, service, alerts),
    sender: { send: async () => ({}) },
    readAlerts: (body) => parseAlertmanagerPayload(body, 'request body'),
    clock: systemClock,
    random: Math.random,
    logger: silentLogger,
    version: '0.0.0-test',
    ...overrides,
  };
}

/** Settings on a free port of this machine, with short times. */
export function daemonSettings(
  overrides: {
    http?: Partial<NonNullable<DaemonSettings['http']>>;
    work?: Partial<DaemonSettings['work']>;
    retention?: Partial<DaemonSettings['retention']>;
  } = {},
): DaemonSettings {
  return {
    http: {
      host: '127.0.0.1',
      port: 0,
      hosts: [],
      origins: [],
      token: TOKEN,
      requireToken: false,
      publicMetrics: false,
      maxBodyBytes: 1024 * 1024,
      maxConnections: 2048,
      headersTimeoutMs: 10_000,
      requestTimeoutMs: 30_000,
      keepAliveMs: 60_000,
      readRoots: [],
      ...overrides.http,
    },
    work: {
      role: 'listen',
      concurrency: 2,
      senders: 4,
      leaseMs: 30_000,
      budgetMs: 10_000,
      maxAttempts: 5,
      maxSendAttempts: 8,
      sendTimeoutMs: 5000,
      retryBaseMs: 20,
      retryMostMs: 1000,
      settleMs: 0,
      debounceMs: 20,
      groupCommitMs: 2,
      maxQueuedAlerts: 50_000,
      drainMs: 2000,
      ...overrides.work,
    },
    retention: {
      keepMs: 30 * 86_400_000,
      maxIncidents: 10_000,
      quietMs: 30 * 60_000,
      staleMs: 72 * 3_600_000,
      ...overrides.retention,
    },
  };
}
