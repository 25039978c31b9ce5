import { randomUUID } from 'node:crypto';
import type { DaemonParts, DaemonSettings } from '#src/daemon/contract.ts';
import { createDeliverer } from '#src/daemon/deliverer.ts';
import { Housekeeper } from '#src/daemon/housekeeper.ts';
import { createServer, type HttpServer } from '#src/daemon/http/server.ts';
import { Hub } from '#src/daemon/hub.ts';
import { IntakeGate } from '#src/daemon/intake-gate.ts';
import { createInvestigator } from '#src/daemon/investigator.ts';
import { LeaseKeeper } from '#src/daemon/leases.ts';
import { createDaemonMetrics } from '#src/daemon/metrics.ts';
import { Sorter } from '#src/daemon/sorter.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { AcceptedAlerts } from '#src/store/contract.ts';

export type Daemon = {
  /** Starts everything; a second call is the first one's. @returns the URL that it listens on, if it does */
  start(): Promise<{ url: string | null }>;
  /** Takes alerts in from within, such as those of the health watch. @throws OverloadError */
  accept(batch: AcceptedAlerts): Promise<void>;
  /** Resolves when nothing waits to be sorted, to be investigated now or to be sent now. */
  idle(): Promise<void>;
  /** Stops intake, waits for work under way within its limit, and ends; idempotent. */
  stop(): Promise<void>;
};

const IDLE_LOOK_MS = 50;

/** Puts the daemon together; nothing happens before `start`. */
export function createDaemon(parts: DaemonParts, settings: DaemonSettings): Daemon {
  const { store, clock, logger } = parts;
  const { work } = settings;
  const worker = { role: work.role, token: `${work.role}-${randomUUID()}` };
  const metrics = createDaemonMetrics(parts.version);
  const hub = new Hub(store, logger);
  const leases = new LeaseKeeper({ store, clock, leaseMs: work.leaseMs, logger });
  const deliverer = createDeliverer({ parts, settings: work, worker, leases, metrics });
  const investigator = createInvestigator({
    parts,
    settings: work,
    worker,
    leases,
    metrics,
    hub,
    onSettled: () => deliverer.wake(),
  });
  const gate = new IntakeGate({
    store,
    clock,
    metrics,
    groupCommitMs: work.groupCommitMs,
    maxQueuedAlerts: work.maxQueuedAlerts,
    onAccepted: () => sorter.wake(),
  });
  const sorter: Sorter = new Sorter({
    ...{ store, clock, logger, metrics },
    correlator: parts.correlator,
    settleMs: work.settleMs,
    debounceMs: work.debounceMs,
    isBusy: () => gate.isBusy,
    onSorted: ({ taken }) => {
      gate.sorted(taken);
      investigator.wake();
      deliverer.wake();
    },
  });
  const housekeeper = new Housekeeper(parts, settings.retention, metrics);
  const server: HttpServer | null = settings.http
    ? createServer({ parts, settings: settings.http, gate, hub, housekeeper, metrics, deliverer })
    : null;
  let starting: Promise<{ url: string | null }> | undefined;
  let stopping: Promise<void> | undefined;

  const start = async (): Promise<{ url: string | null }> => {
    const taken = await store.takeOver(worker);
    if (taken > 0) logger.info('work of an earlier process goes on', { items: taken });
    await gate.refresh();
    const url = server ? await server.listen() : null;
    leases.start();
    sorter.wake();
    investigator.start();
    deliverer.start();
    housekeeper.start();
    return { url };
  };

  const stop = async (): Promise<void> => {
    // What fails to start has nothing to stop.
    await starting?.catch(() => {});
    logger.info('stopping: no more alerts are taken');
    await server?.close();
    await gate.flush();
    await sorter.stop();
    housekeeper.stop();
    const [jobs, effects] = await Promise.all([
      investigator.stop(work.drainMs),
      deliverer.stop(work.drainMs),
    ]);
    leases.stop();
    hub.stop();
    if (jobs + effects > 0) {
      logger.info('left for the next start', { investigations: jobs, side_effects: effects });
    }
    logger.info('stopped');
  };

  return {
    start: () => {
      starting ??= start().catch(async (error) => {
        logger.error('cannot start', { error: messageOf(error) });
        throw error;
      });
      return starting;
    },
    accept: (batch) => gate.accept(batch),
    idle: async () => {
      for (;;) {
        await gate.flush();
        await sorter.idle();
        const now = clock.now();
        const jobs = await store.jobDepth(now);
        const effects = await store.outboxDepth(now);
        const isDue = jobs.oldest !== null || effects.oldest !== null;
        if (!isDue && jobs.running + effects.running === 0) return;
        await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
      }
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
