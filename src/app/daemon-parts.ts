import { resolve } from 'node:path';
import {
  correlationSettings,
  httpSettings,
  retentionSettings,
  workSettings,
} from '#src/app/daemon-settings.ts';
import { daemonToken } from '#src/app/daemon-token.ts';
import { fixInProcess } from '#src/app/fix-process.ts';
import { createInvestigationProcess } from '#src/app/investigation-process.ts';
import { liveRegistry } from '#src/app/live-registry.ts';
import { openStore, SERVER_BUSY_MS } from '#src/app/open-store.ts';
import { selfCommand } from '#src/app/self-command.ts';
import { createSender } from '#src/app/side-effects.ts';
import { type LoadedConfig, processEnvironment } from '#src/config/load.ts';
import type { Investigate } from '#src/daemon/contract.ts';
import { createDaemon, type Daemon } from '#src/daemon/daemon.ts';
import type { Correlator } from '#src/domain/correlation.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { createCorrelator } from '#src/intake/correlate/correlate.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { Http } from '#src/platform/http.ts';
import type { Logger } from '#src/platform/logger.ts';
import type { Store } from '#src/store/contract.ts';
import { takeRole } from '#src/store/sqlite/role-lock.ts';
import { VERSION } from '#src/version.ts';
import { createPages } from '#src/web/pages.ts';

export type DaemonWiring = {
  loaded: LoadedConfig;
  registryFile: string;
  storeFile: string;
  clock: Clock;
  http: Http;
  logger: Logger;
  /** `listen` serves HTTP; `watch` only works. */
  role: 'listen' | 'watch';
  /** Investigates; without it, processes of their own do. */
  investigate?: Investigate | undefined;
};

/** A daemon with what belongs to it. */
export type ComposedDaemon = {
  daemon: Daemon;
  store: Store;
  services(): ServiceRegistry;
  /** The file with the secret for callers, where it was not configured. */
  tokenFile: string | null;
  /** Stops it and closes the store. */
  stop(): Promise<void>;
};

/**
 * Puts the daemon together from the configuration. Only one process at a time has a role on a store.
 * @throws StoreError when the store cannot be opened or the role is taken
 * @throws InputError when registry or token cannot be read
 */
export function composeDaemon(wiring: DaemonWiring): ComposedDaemon {
  const { loaded, registryFile, storeFile, clock, logger, role } = wiring;
  const { config, origins, baseDir, file } = loaded;
  const services = liveRegistry(registryFile, origins.has('serviceRegistry'), { clock, logger });
  const { token, file: tokenFile } = daemonToken(config, baseDir);
  const store = openStore(storeFile, loaded, { busyMs: SERVER_BUSY_MS, check: true });
  const self = {
    ...selfCommand(),
    configFile: file === null ? null : resolve(file),
    cwd: process.cwd(),
    env: processEnvironment(),
  };
  const fixMs = config.fix.listen.timeoutMinutes * 60_000;
  const lock = orClose(store, () => takeRole(storeFile, role));
  const daemon = createDaemon(
    {
      store,
      services,
      correlator: liveCorrelator(services, config),
      investigate: wiring.investigate ?? createInvestigationProcess(self),
      sender: createSender(loaded, {
        http: wiring.http,
        now: clock.now,
        services,
        readIncident: (id) => store.readIncident(id),
        proposeFix: (id, signal) => fixInProcess(id, { ...self, timeoutMs: fixMs }, signal),
      }),
      readAlerts: (body) => parseAlertmanagerPayload(body, 'request body'),
      pages: createPages(),
      clock,
      random: Math.random,
      logger,
      version: VERSION,
    },
    {
      http: role === 'listen' ? httpSettings(config, token, baseDir) : null,
      work: workSettings(config, role),
      retention: retentionSettings(config),
    },
  );
  return {
    daemon,
    store,
    services,
    tokenFile,
    stop: async () => {
      await daemon.stop();
      await store.close();
      lock.release();
    },
  };
}

/** What fails after the store was opened must not leave it open. */
function orClose<T>(store: Store, work: () => T): T {
  try {
    return work();
  } catch (error) {
    void store.close();
    throw error;
  }
}

/** A correlator for the registry as it is now; made anew when the registry was. */
function liveCorrelator(
  services: () => ServiceRegistry,
  config: LoadedConfig['config'],
): () => Correlator {
  let made: { of: ServiceRegistry; correlator: Correlator } | undefined;
  return () => {
    const of = services();
    if (made?.of !== of) {
      made = { of, correlator: createCorrelator([...of.values()], correlationSettings(config)) };
    }
    return made.correlator;
  };
}
