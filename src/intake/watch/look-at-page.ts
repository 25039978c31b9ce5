import { messageOf, UpstreamError } from '#src/domain/errors.ts';
import {
  NO_PAGE,
  type ServiceLook,
  type WatchSettings,
  type WatchStore,
  type WatchTools,
} from '#src/intake/watch/contract.ts';
import { findingsOfPages } from '#src/intake/watch/metrics-page.ts';
import { pause } from '#src/platform/pause.ts';

const MOST_BYTES = 4 * 1024 * 1024;

/** Scrapes a service's metrics page, keeps it, and says what the pages of late tell. */
export async function lookAtPage(
  service: string,
  url: string,
  store: WatchStore,
  tools: WatchTools,
  settings: WatchSettings,
  signal: AbortSignal,
): Promise<Pick<ServiceLook, 'findings' | 'unknown' | 'notes'> & { isAnswered: boolean }> {
  if (settings.confirmMs > 0) {
    await scrape(service, url, store, tools, settings, signal);
    await pause(settings.confirmMs, signal);
  }
  const trouble = await scrape(service, url, store, tools, settings, signal);
  if (trouble !== null) {
    return {
      findings: [],
      unknown: ['Service5xxErrors', 'DependencyDown'],
      notes: [`metrics page: ${trouble}`],
      isAnswered: false,
    };
  }
  const now = tools.now();
  const kept = await store.listScrapes(service, { start: now - settings.rateMs, end: now });
  const pages = kept
    .filter(({ page }) => page !== NO_PAGE)
    .map(({ at, page }) => ({ at, samples: tools.readPage(page) }));
  const { findings, isRateKnown } = findingsOfPages(service, pages);
  // One page is no rate yet; two without such a counter say that there is none.
  const unknown: ServiceLook['unknown'] =
    isRateKnown || pages.length > 1 ? [] : ['Service5xxErrors'];
  return { findings, unknown, notes: [], isAnswered: true };
}

/** @returns why the page could not be had, or null */
async function scrape(
  service: string,
  url: string,
  store: WatchStore,
  { http, now }: WatchTools,
  { timeoutMs, ring }: WatchSettings,
  signal: AbortSignal,
): Promise<string | null> {
  const at = now();
  try {
    const { status, text } = await http({ url, timeoutMs, maxBytes: MOST_BYTES, signal });
    if (status !== 200) throw new UpstreamError(`status ${status}`);
    await store.addScrape(service, { at, page: text }, ring);
    return null;
  } catch (error) {
    // Trouble with the store is not trouble with the page.
    if (!(error instanceof UpstreamError)) throw error;
    if (!signal.aborted) await store.addScrape(service, { at, page: NO_PAGE }, ring);
    return messageOf(error);
  }
}
