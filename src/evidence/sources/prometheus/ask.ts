import type { MetricSeries } from '#src/domain/bundle.ts';
import type { Span } from '#src/domain/time.ts';
import type { AnswerSeries, PrometheusClient } from '#src/evidence/sources/prometheus/client.ts';
import type { PlannedQuery } from '#src/evidence/sources/prometheus/plan.ts';
import { stableJson } from '#src/platform/stable-json.ts';

/** How finely time is looked at: fine where the incident is, coarse before. Seconds. */
export type Resolution = {
  scrapeInterval: number;
  /** From here on samples are taken one by one. */
  fineFrom: number;
  coarseStep: number;
  rateWindow: number;
};

/** How long before the end a look at each sample can be, within the points that are allowed. */
const FINE_SHARE = 0.6;

/**
 * @param span from the start of the baseline to the end of the window, milliseconds
 * @param focus when the incident was noticed, milliseconds
 */
export function chooseResolution(
  span: Span,
  focus: number,
  scrapeInterval: number,
  maxPoints: number,
): Resolution {
  const start = span.start / 1000;
  const end = span.end / 1000;
  const finePoints = Math.floor(maxPoints * FINE_SHARE);
  // Most of the fine part lies before the alert: that is where the onset is.
  const fineLength = finePoints * scrapeInterval;
  const latest = Math.max(start, Math.min(focus / 1000 - fineLength * 0.75, end - fineLength));
  const fineFrom = end - start <= fineLength ? start : latest;
  const coarsePoints = Math.max(20, maxPoints - finePoints);
  const coarseStep = Math.max(scrapeInterval, Math.ceil((fineFrom - start) / coarsePoints));
  return { scrapeInterval, fineFrom, coarseStep, rateWindow: Math.max(4 * scrapeInterval, 20) };
}

/** Asks one planned query over the whole span. @throws UpstreamError */
export async function askSeries(
  client: PrometheusClient,
  planned: PlannedQuery,
  span: Span,
  resolution: Resolution,
  limits: { maxSeries: number; maxPoints: number },
): Promise<MetricSeries[]> {
  const start = span.start / 1000;
  const end = span.end / 1000;
  const { fineFrom, coarseStep, scrapeInterval } = resolution;
  const query = planned.query.replaceAll('$window', `${Math.round(resolution.rateWindow)}s`);
  const coarse =
    fineFrom - start > coarseStep
      ? client.range(query, start, fineFrom - coarseStep, coarseStep)
      : Promise.resolve([]);
  const length = Math.max(1, Math.ceil(end - fineFrom));
  const fineStep = Math.max(scrapeInterval, (end - fineFrom) / limits.maxPoints);
  const fine =
    planned.raw && length / scrapeInterval <= limits.maxPoints
      ? client.instant(`${query}[${length}s]`, end)
      : client.range(query, fineFrom, end, fineStep);
  // Together, so that a failure of one does not leave the other's unheard.
  const [before, after] = await Promise.all([coarse, fine]);
  return merge(before, after, planned, query, limits.maxSeries);
}

/**
 * A rule's expression gives the series of all services: those that the alert speaks of stay. Where
 * it speaks of none, all stay, under whatever service their own labels name.
 */
function aboutSubject(answers: AnswerSeries[], planned: PlannedQuery): Subject {
  const { about, service } = planned;
  if (!about) return { answers, service };
  const own = answers.filter(({ metric }) => about(metric));
  return own.length > 0 ? { answers: own, service } : { answers };
}

type Subject = { answers: AnswerSeries[]; service?: string };

function merge(
  coarse: readonly AnswerSeries[],
  fine: readonly AnswerSeries[],
  planned: PlannedQuery,
  query: string,
  maxSeries: number,
): MetricSeries[] {
  const merged = new Map<string, MetricSeries>();
  const { answers, ...whose } = aboutSubject([...coarse, ...fine], planned);
  for (const answer of answers) {
    const metric = { ...planned.labels, ...answer.metric };
    const key = stableJson(metric);
    let series = merged.get(key);
    if (!series) {
      series = { metric, values: [], query, ...whose };
      if (planned.signal) series.signal = planned.signal;
      if (planned.type) series.type = planned.type;
      if (planned.unit) series.unit = planned.unit;
      merged.set(key, series);
    }
    const last = series.values.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
    for (const sample of answer.values) if (sample[0] > last) series.values.push(sample);
    if (answer.histograms) series.histograms = [...(series.histograms ?? []), ...answer.histograms];
  }
  // `topk` over a range can name more series than k: those that were there longest stay.
  return [...merged.entries()]
    .sort(([a, x], [b, y]) => y.values.length - x.values.length || (a < b ? -1 : 1))
    .slice(0, maxSeries)
    .map(([, series]) => series);
}
