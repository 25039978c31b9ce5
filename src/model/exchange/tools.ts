import type { Clock } from '#src/platform/clock.ts';
import type { Fetch } from '#src/platform/fetch.ts';

/** What a provider reaches the world with. */
export type ProviderTools = {
  fetch: Fetch;
  clock: Clock;
  /** Milliseconds before a failed call is made again, where the server does not say; 500 unless set. */
  retryWaitMs?: number | undefined;
};
