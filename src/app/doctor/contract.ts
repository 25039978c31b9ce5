import type { LoadedConfig } from '#src/config/load.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { Http } from '#src/platform/http.ts';

/**
 * What was found out about one thing. `good`: it works. `bad`: it is configured and does not work.
 * `off`: it is not configured. `note`: it works, and there is something to know.
 */
export type Finding = {
  status: 'good' | 'bad' | 'off' | 'note';
  /** What was found, in one line. */
  what: string;
  /** The command or setting that mends it, as a sentence. */
  mend?: string;
};

export type DoctorParts = {
  loaded: LoadedConfig;
  registryFile: string;
  storeFile: string;
  /** @throws InputError when the registry does not parse */
  services(): ServiceRegistry;
  http: Http;
  clock: Clock;
  /** Send a message to every channel that people read; else nothing is sent to anybody. */
  sendTest: boolean;
};

/** One thing to look at. */
export type Check = {
  /** Equals the file name and the key in the registry. */
  id: string;
  /** For the whole check, in milliseconds. */
  limitMs: number;
  /** Whatever it throws is a `bad` finding. It must end soon after `signal` is aborted. */
  run(parts: DoctorParts, signal: AbortSignal): Promise<Finding[]>;
};

/** What `incident doctor --json` prints. */
export type Diagnosis = {
  schema: 'incident-doctor/v1';
  isHealthy: boolean;
  findings: (Finding & { check: string })[];
};
