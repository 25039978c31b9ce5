import { composeDaemon, type DaemonWiring } from '#src/app/daemon-parts.ts';
import { type ListenOptions, openLog } from '#src/app/listen.ts';
import { readErrors } from '#src/app/read-errors.ts';
import { untilInvestigated, untilSorted } from '#src/app/until-investigated.ts';
import { runWatch, type WatchListener, type WatchOutcome } from '#src/app/watch-loop.ts';
import { type WatchReportOptions, writeWatchReport } from '#src/app/watch-report.ts';
import type { Config } from '#src/config/schema.ts';
import type { Investigate } from '#src/daemon/contract.ts';
import { InputError } from '#src/domain/errors.ts';
import { parseExposition } from '#src/evidence/sources/metrics-page/exposition.ts';
import { isWatchable, type WatchSettings, type WatchTools } from '#src/intake/watch/contract.ts';
import { type WatchCycle, watchServices } from '#src/intake/watch/watch-services.ts';
import type { Http } from '#src/platform/http.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';

export type WatchOptions = ListenOptions & {
  /** There will be one look only. */
  once: boolean;
  /** Investigates what is found; without it, processes of their own do. */
  investigate?: Investigate | undefined;
};

/** A watch that has begun. */
export type Watching = {
  /** Looks at all services once. @throws what a look can throw, and when the signal is aborted */
  look(signal: AbortSignal): Promise<WatchCycle>;
  /**
   * Waits for the investigations that a look led to. Of a look that found nothing, gives the
   * incidents of the one before as they are now.
   */
  outcomeOf(cycle: WatchCycle, signal: AbortSignal): Promise<WatchOutcome>;
  /** Looks again and again until the signal is aborted. */
  run(listener: WatchListener, signal: AbortSignal): Promise<void>;
  /** Writes a document about what a look found. @returns its path, or null when there is nothing to tell */
  report(outcome: WatchOutcome, options: WatchReportOptions): Promise<string | null>;
  stop(): Promise<void>;
};

/** Samples of one page that are looked at. */
const MOST_SAMPLES = 20_000;
const BURST_MS = 60_000;
/** One look alone counts what was in this time, in milliseconds. */
const ONCE_MS = 5 * 60_000;
const CONFIRM_MS = 1500;

/**
 * Begins to watch the services of the registry: their health URLs, metrics pages and logs. What
 * lasts becomes alerts, which are taken in and investigated as those of Alertmanager are.
 * @throws InputError when there is nothing to watch; StoreError when it cannot start
 */
export async function startWatching(
  given: Omit<DaemonWiring, 'logger' | 'role'> & { http: Http },
  options: WatchOptions,
): Promise<Watching> {
  const wiring = options.once ? { ...given, loaded: atOnce(given.loaded) } : given;
  const { config } = wiring.loaded;
  const log = openLog(wiring, options);
  const { investigate } = options;
  const composed = composeDaemon({ ...wiring, logger: log.logger, role: 'watch', investigate });
  const { daemon, store } = composed;
  const stop = async (): Promise<void> => {
    await composed.stop();
    log.close();
  };
  const tools: WatchTools = {
    http: wiring.http,
    now: wiring.clock.now,
    readPage: (text) => parseExposition(text, MOST_SAMPLES).samples,
    readErrors,
    redact: (text) => createRedactor(config.redaction).redact(text),
  };
  const settings = watchSettings(config, options.once);
  const services = () => [...composed.services().values()].filter(isWatchable);
  try {
    if (services().length === 0) throw nothingToWatch(wiring.registryFile);
    await daemon.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const look: Watching['look'] = (signal) =>
    watchServices({
      ...{ services: services(), store, tools, settings, signal },
      deliver: (alerts) => daemon.accept({ alerts, receivedAt: wiring.clock.now() }),
    });
  let before: string[] = [];
  const outcomeOf: Watching['outcomeOf'] = async (cycle, signal) => {
    const limitMs = config.listen.budgetSeconds * 1000;
    const incidents = await untilInvestigated(store, cycle.firing, limitMs, signal);
    if (cycle.firing.length === 0) {
      await untilSorted(store, signal);
      for (const id of before) {
        const view = await store.readIncident(id);
        if (view) incidents.push(view);
      }
    }
    before = cycle.firing.length > 0 ? incidents.map(({ summary }) => summary.id) : [];
    return { cycle, incidents };
  };
  const intervalMs = config.watch.intervalSeconds * 1000;
  return {
    look,
    outcomeOf,
    run: (listener, signal) =>
      runWatch({ look, outcomeOf, intervalMs, logger: log.logger }, listener, signal),
    report: writeWatchReport,
    stop,
  };
}

function watchSettings({ watch: given, collect }: Config, once: boolean): WatchSettings {
  const { forSeconds, intervalSeconds, errorBurst, tail, maxEvents, ring } = given;
  return {
    ...{ errorBurst, tail, maxEvents, ring },
    forMs: once ? 0 : forSeconds * 1000,
    burstMs: once ? ONCE_MS : BURST_MS,
    rateMs: once ? ONCE_MS : Math.max(BURST_MS, 2500 * intervalSeconds),
    timeoutMs: collect.requestTimeoutSeconds * 1000,
    confirmMs: once ? CONFIRM_MS : 0,
  };
}

/** With one look there are no further alerts to wait for, and somebody waits for the answer. */
function atOnce(loaded: DaemonWiring['loaded']): DaemonWiring['loaded'] {
  const { config } = loaded;
  const listen = { ...config.listen, settleSeconds: 0, debounceSeconds: 0 };
  return { ...loaded, config: { ...config, listen } };
}

function nothingToWatch(registryFile: string): InputError {
  return new InputError('no service has anything to watch', {
    where: registryFile,
    hint: 'Give services a health_url, a metrics_url or log_paths.',
  });
}
