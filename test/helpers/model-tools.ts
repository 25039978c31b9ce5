import type { ProviderTools } from '#src/model/exchange/tools.ts';
import { systemClock } from '#src/platform/clock.ts';
import { createFetch } from '#src/platform/fetch.ts';

/** The real network and the real clock, with short waits. */
export function realTools(): ProviderTools {
  return { fetch: createFetch(), clock: systemClock, retryWaitMs: 5 };
}
