import type { KeptPageReader } from '#src/evidence/contract.ts';
import { NO_PAGE } from '#src/intake/watch/contract.ts';
import type { KeptScrape } from '#src/store/contract.ts';

/** Scrapes of the watch as the evidence knows them. */
export function asKeptPages(scrapes: readonly KeptScrape[]): Awaited<ReturnType<KeptPageReader>> {
  return scrapes.map(({ at, page }) => ({ at, page: page === NO_PAGE ? null : page }));
}
