import type { Gap, MetricSeries } from '#src/domain/bundle.ts';
import { messageOf, UpstreamError } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import type {
  Collected,
  CollectRequest,
  EvidenceSource,
  SourceSettings,
  SourceTools,
} from '#src/evidence/contract.ts';
import { type Exposition, parseExposition } from '#src/evidence/sources/metrics-page/exposition.ts';
import { pause } from '#src/platform/pause.ts';
import { stableJson } from '#src/platform/stable-json.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_SAMPLES = 5000;
/** Three give two rates: enough to tell a level from a single moment. */
const SCRAPES = 3;

/**
 * Scrapes the `/metrics` pages of the registry where no Prometheus does, a few times for rates.
 * Whether a page answers is the `up` of its service.
 */
export function createMetricsPageSource(
  settings: SourceSettings['metrics-page'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'metrics-page',
    async collect(request, signal) {
      if (settings.hasPrometheus) return {};
      const pages = request.services.flatMap((service) =>
        service.metrics_url
          ? [scrapePage(service, service.metrics_url, request, settings, tools, signal)]
          : [],
      );
      const parts = await Promise.all(pages);
      const gaps: Gap[] = parts.flatMap((part) => part.gaps ?? []);
      if (!request.target.metrics_url) {
        gaps.push({
          source: 'metrics-page',
          why: `${request.target.name} has no metrics_url`,
          hint: 'Add metrics_url to its entry, or set PROMETHEUS_URL.',
        });
      }
      return { metrics: parts.flatMap((part) => part.metrics ?? []), gaps };
    },
  };
}

async function scrapePage(
  service: Service,
  url: string,
  request: CollectRequest,
  settings: SourceSettings['metrics-page'],
  tools: SourceTools,
  signal: AbortSignal,
): Promise<Collected> {
  const kept = await keptPages(service.name, request, settings);
  const scrapes: { at: number; page: Exposition | null; why: string }[] = [];
  for (let round = 0; round < SCRAPES; round++) {
    if (round > 0) await pause(settings.scrapeGapMs, signal);
    if (signal.aborted) break;
    const at = tools.now() / 1000;
    scrapes.push({ at, ...(await scrape(url, settings, tools, signal)) });
  }
  const metrics = toSeries(service.name, [...kept, ...scrapes]);
  const failed = scrapes.find((one) => one.page === null);
  return {
    metrics,
    gaps: failed ? [{ source: 'metrics-page', why: `${service.name}: ${failed.why}` }] : [],
  };
}

/** What the watch scraped before; without it, the pages of now must do. */
async function keptPages(
  service: string,
  { baseline, window }: CollectRequest,
  { readKept }: SourceSettings['metrics-page'],
): Promise<{ at: number; page: Exposition | null }[]> {
  const kept = await readKept?.(service, { start: baseline.start, end: window.end });
  return (kept ?? []).map(({ at, page }) => ({
    at: at / 1000,
    page: page === null ? null : parseExposition(page, MAX_SAMPLES),
  }));
}

async function scrape(
  url: string,
  settings: SourceSettings['metrics-page'],
  tools: SourceTools,
  signal: AbortSignal,
): Promise<{ page: Exposition | null; why: string }> {
  try {
    const answer = await tools.http({
      url,
      timeoutMs: settings.timeoutMs,
      maxBytes: MAX_BYTES,
      signal,
    });
    if (answer.status !== 200) throw new UpstreamError(`metrics page answered ${answer.status}`);
    const page = parseExposition(answer.text, MAX_SAMPLES);
    if (page.samples.length === 0 && answer.text.trim() !== '') {
      throw new UpstreamError('metrics page is not in the Prometheus text format');
    }
    return { page, why: '' };
  } catch (error) {
    return { page: null, why: messageOf(error) };
  }
}

function toSeries(
  service: string,
  scrapes: readonly { at: number; page: Exposition | null }[],
): MetricSeries[] {
  const series = new Map<string, MetricSeries>();
  const add = (
    name: string,
    labels: Record<string, string>,
    at: number,
    value: string,
    type?: string,
  ): void => {
    const metric = { __name__: name, ...labels, service };
    const key = stableJson(metric);
    let one = series.get(key);
    if (!one) {
      one = { metric, values: [], query: 'scrape', service };
      if (type === 'counter' || type === 'gauge' || type === 'histogram') one.type = type;
      series.set(key, one);
    }
    one.values.push([Math.round(at * 1000) / 1000, value]);
  };
  for (const { at, page } of scrapes) {
    add('up', { job: service }, at, page ? '1' : '0', 'gauge');
    for (const sample of page?.samples ?? []) {
      const family = sample.name.replace(/_(?:bucket|sum|count|total)$/, '');
      const type = page?.types.get(sample.name) ?? page?.types.get(family);
      add(sample.name, sample.labels, at, sample.value, type);
    }
  }
  return [...series.values()];
}
