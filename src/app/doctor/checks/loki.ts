import type { Check, Finding } from '#src/app/doctor/contract.ts';
import { messageOf } from '#src/domain/errors.ts';
import { createLokiClient } from '#src/evidence/sources/loki/client.ts';
import { findSelector, logSelector } from '#src/evidence/sources/loki/selector.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const RECENT_MS = 3600_000;
const NANOS = 1_000_000n;
const CONCURRENCY = 4;

/** Whether Loki answers and the services' streams are found. */
export const loki: Check = {
  id: 'loki',
  limitMs: 20_000,
  run: async ({ loaded: { config }, http, clock, services, registryFile }, signal) => {
    const { url, authHeader, tenant } = config.loki;
    if (url === undefined) {
      return [{ status: 'off', what: 'not configured', mend: 'Set LOKI_URL.' }];
    }
    const timeoutMs = config.collect.requestTimeoutSeconds * 1000;
    const client = createLokiClient(http, { url, authHeader, tenant, timeoutMs }, signal);
    const end = BigInt(clock.now()) * NANOS;
    const start = BigInt(clock.now() - RECENT_MS) * NANOS;
    await client.labelNames(start, end);
    const answers: Finding = { status: 'good', what: `${withoutSecrets(url)} answers` };
    const found = await mapLimited(
      [...services().values()],
      CONCURRENCY,
      async (service): Promise<Finding> => {
        const mend = `Ship its logs, or name its labels under selectors.loki in ${registryFile}.`;
        try {
          const matchers = await findSelector(client, service, [], start, end);
          if (matchers === null) {
            return { status: 'bad', what: `${service.name}: no stream is named after it`, mend };
          }
          const query = logSelector(matchers);
          const lines = await client.lines(query, start, end, 1, 'backward');
          return lines.length > 0
            ? { status: 'good', what: `${service.name}: lines by ${query}` }
            : {
                status: 'note',
                what: `${service.name}: no line in the last hour by ${query}`,
                mend,
              };
        } catch (error) {
          return { status: 'bad', what: `${service.name}: ${messageOf(error)}` };
        }
      },
    );
    return [answers, ...found];
  },
};
