import { resolve } from 'node:path';
import type { Config } from '#src/config/schema.ts';
import type {
  ChangeReader,
  KeptPageReader,
  PastReader,
  SourceSettings,
} from '#src/evidence/contract.ts';

/** Between two scrapes of a metrics page, in milliseconds. */
const SCRAPE_GAP_MS = 1500;

/**
 * The slices of the configuration that the evidence sources take.
 * @param baseDir what relative paths of the configuration are relative to
 */
export function sourceSettings(
  config: Config,
  readChanges: ChangeReader,
  readPast: PastReader,
  readKept: KeptPageReader,
  baseDir: string,
): SourceSettings {
  const timeoutMs = config.collect.requestTimeoutSeconds * 1000;
  const { changeDays } = config.collect;
  const { runbooks } = config;
  return {
    prometheus: { ...config.prometheus, timeoutMs },
    loki: { ...config.loki, timeoutMs },
    'log-files': { ...config.logs, hasLoki: config.loki.url !== undefined },
    health: { timeoutMs },
    'metrics-page': {
      timeoutMs,
      scrapeGapMs: SCRAPE_GAP_MS,
      hasPrometheus: config.prometheus.url !== undefined,
      readKept,
    },
    git: { changeDays },
    'recorded-changes': { read: readChanges },
    'github-deployments': { ...config.github, timeoutMs, changeDays },
    tempo: { ...config.tempo, timeoutMs },
    'past-incidents': { read: readPast },
    runbooks: {
      dir: runbooks.dir === undefined ? undefined : resolve(baseDir, runbooks.dir),
      hosts: runbooks.hosts,
      timeoutMs,
    },
  };
}
