import type { Check, Finding } from '#src/app/doctor/contract.ts';
import { messageOf } from '#src/domain/errors.ts';
import { createPrometheusClient } from '#src/evidence/sources/prometheus/client.ts';
import { findService } from '#src/evidence/sources/prometheus/find-service.ts';
import { selector } from '#src/evidence/sources/prometheus/promql.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

/** Series older than this count as gone. Seconds. */
const RECENT_SECONDS = 3600;
const CONCURRENCY = 4;

/** Whether Prometheus answers and scrapes the services, and by which labels they are found. */
export const prometheus: Check = {
  id: 'prometheus',
  limitMs: 20_000,
  run: async ({ loaded: { config }, http, clock, services, registryFile }, signal) => {
    const { url, authHeader } = config.prometheus;
    if (url === undefined) {
      return [{ status: 'off', what: 'not configured', mend: 'Set PROMETHEUS_URL.' }];
    }
    const timeoutMs = config.collect.requestTimeoutSeconds * 1000;
    const client = createPrometheusClient(http, { url, authHeader, timeoutMs }, signal);
    const now = Math.floor(clock.now() / 1000);
    await client.instant('1', now);
    const answers: Finding = { status: 'good', what: `${withoutSecrets(url)} answers` };
    const found = await mapLimited(
      [...services().values()],
      CONCURRENCY,
      async (service): Promise<Finding> => {
        try {
          const series = await findService(client, service, [], now - RECENT_SECONDS, now);
          if (series) {
            const [own] = series.groups;
            const what = `${service.name}: ${own.series.length} series by ${selector(null, own.matchers)}`;
            return { status: 'good', what };
          }
          return {
            status: 'bad',
            what: `${service.name}: no series in the last hour`,
            mend: `Scrape it, or name its labels under selectors.prometheus in ${registryFile}.`,
          };
        } catch (error) {
          return { status: 'bad', what: `${service.name}: ${messageOf(error)}` };
        }
      },
    );
    return [answers, ...found];
  },
};
