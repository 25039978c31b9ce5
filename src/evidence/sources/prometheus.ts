import type { Gap, MetricSeries, Rule } from '#src/domain/bundle.ts';
import { messageOf, UpstreamError } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import { parseTime } from '#src/domain/time.ts';
import type {
  Collected,
  CollectRequest,
  EvidenceSource,
  SourceSettings,
  SourceTools,
} from '#src/evidence/contract.ts';
import {
  askSeries,
  chooseResolution,
  type Resolution,
} from '#src/evidence/sources/prometheus/ask.ts';
import {
  createPrometheusClient,
  type PrometheusClient,
} from '#src/evidence/sources/prometheus/client.ts';
import { findService, type ServiceSeries } from '#src/evidence/sources/prometheus/find-service.ts';
import { type PlannedQuery, planQueries } from '#src/evidence/sources/prometheus/plan.ts';
import { selector } from '#src/evidence/sources/prometheus/promql.ts';
import { firingRules, queryOfRule } from '#src/evidence/sources/prometheus/rules.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const CONCURRENCY = 6;
const QUERIES_OF_TARGET = 60;
const QUERIES_OF_NEIGHBOUR = 16;
const DEFAULT_SCRAPE_INTERVAL = 15;
/** Samples are counted over this long to see how far apart they are. */
const COUNTED_SECONDS = 300;

/**
 * Asks a Prometheus-compatible server for what the services really expose: their golden signals,
 * saturation, restarts and versions, and the expressions of the rules that fire.
 */
export function createPrometheusSource(
  settings: SourceSettings['prometheus'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'prometheus',
    async collect(request, signal): Promise<Collected> {
      const { url } = settings;
      if (!url) {
        const hint = 'Set PROMETHEUS_URL or prometheus.url.';
        return { gaps: [{ source: 'prometheus', why: 'not configured', hint }] };
      }
      const client = createPrometheusClient(tools.http, { ...settings, url }, signal);
      const part = new Collector(client, settings, request);
      await part.run(signal);
      return { metrics: part.metrics, rules: part.rules, gaps: part.gaps };
    },
  };
}

/** One collection: what was found so far survives whatever fails later. */
class Collector {
  readonly metrics: MetricSeries[] = [];
  rules: Rule[] = [];
  readonly gaps: Gap[] = [];
  readonly #client: PrometheusClient;
  readonly #settings: SourceSettings['prometheus'];
  readonly #request: CollectRequest;
  readonly #failures: string[] = [];

  constructor(
    client: PrometheusClient,
    settings: SourceSettings['prometheus'],
    request: CollectRequest,
  ) {
    this.#client = client;
    this.#settings = settings;
    this.#request = request;
  }

  async run(signal: AbortSignal): Promise<void> {
    // The first question also tells whether there is a server at all; its failure ends the source.
    const found = await this.#find(signal);
    const resolution = this.#resolution(await this.#scrapeInterval(found));
    await this.#findRules();
    const { target, alerts } = this.#request;
    const types = await this.#client.types().catch(() => new Map<string, string>());
    const queries = [
      ...this.rules.map((rule) => queryOfRule(rule, target.name, alerts)),
      ...found.flatMap((one) =>
        planQueries(one, {
          types,
          maxSeries: this.#settings.maxSeries,
          maxQueries: one.service === target.name ? QUERIES_OF_TARGET : QUERIES_OF_NEIGHBOUR,
          isNeighbour: one.service !== target.name,
        }),
      ),
    ];
    await mapLimited(queries, CONCURRENCY, (query) => this.#ask(query, resolution, signal));
    if (this.#failures.length > 0) {
      const [first = ''] = [...this.#failures].sort();
      this.#gap(`${this.#failures.length} of ${queries.length} queries failed, e.g. ${first}`);
    }
  }

  async #find(signal: AbortSignal): Promise<ServiceSeries[]> {
    const { target, services, alerts, window, baseline } = this.#request;
    const span = [baseline.start / 1000, window.end / 1000] as const;
    const own = await findService(this.#client, target, alerts, ...span);
    if (!own) {
      this.#gap(
        `no series for ${target.name}`,
        'Name the labels that find it under selectors.prometheus in the service registry.',
      );
    }
    const others = await mapLimited(services.slice(1), CONCURRENCY, async (service: Service) =>
      signal.aborted ? null : findService(this.#client, service, alerts, ...span).catch(() => null),
    );
    return [own, ...others].filter((one) => one !== null);
  }

  /** The target's scrape interval in seconds: as the server says, else as its samples lie. */
  async #scrapeInterval(found: readonly ServiceSeries[]): Promise<number> {
    const own = found[0]?.groups[0].series.find((labels) => labels.instance && labels.job);
    const targets = await this.#client.targets().catch(() => []);
    const told = targets.find(
      ({ labels, scrapeInterval }) =>
        scrapeInterval && labels.instance === own?.instance && labels.job === own?.job,
    );
    return (
      told?.scrapeInterval ??
      (await this.#countedInterval(found)) ??
      targets.find(({ scrapeInterval }) => scrapeInterval)?.scrapeInterval ??
      DEFAULT_SCRAPE_INTERVAL
    );
  }

  /** How far the samples of one of the target's series lie apart, in seconds; null when unknown. */
  async #countedInterval(found: readonly ServiceSeries[]): Promise<number | null> {
    const group = found[0]?.groups[0];
    const name = group?.series.find((labels) => labels.__name__)?.__name__;
    if (!group || name === undefined) return null;
    const { end } = this.#request.window;
    const query = `max(count_over_time(${selector(name, group.matchers)}[${COUNTED_SECONDS}s]))`;
    const answer = await this.#client.instant(query, end / 1000).catch(() => []);
    const count = Number(answer[0]?.values[0]?.[1]);
    return count >= 2 ? COUNTED_SECONDS / count : null;
  }

  #resolution(scrapeInterval: number): Resolution {
    const { alerts, window, baseline } = this.#request;
    const starts = alerts.flatMap((alert) => parseTime(alert.startsAt) ?? []);
    const focus = starts.length > 0 ? Math.min(...starts) : window.end;
    const span = { start: baseline.start, end: window.end };
    return chooseResolution(span, focus, scrapeInterval, this.#settings.maxPoints);
  }

  async #findRules(): Promise<void> {
    if (this.#request.alerts.length === 0) return;
    try {
      const answer = await this.#client.rules();
      this.rules = firingRules(answer, this.#request.alerts, 'Prometheus');
    } catch (error) {
      this.#gap(`rules: ${messageOf(error)}`);
    }
  }

  async #ask(query: PlannedQuery, resolution: Resolution, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      this.#failures.push('not done within the deadline');
      return;
    }
    const { window, baseline } = this.#request;
    const span = { start: baseline.start, end: window.end };
    try {
      this.metrics.push(
        ...(await askSeries(this.#client, query, span, resolution, this.#settings)),
      );
    } catch (error) {
      this.#failures.push(signal.aborted ? 'not done within the deadline' : messageOf(error));
      if (!(error instanceof UpstreamError)) throw error;
    }
  }

  #gap(why: string, hint?: string): void {
    this.gaps.push({ source: 'prometheus', why, ...(hint ? { hint } : {}) });
  }
}
