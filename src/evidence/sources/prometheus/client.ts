import { z } from 'zod';
import { UpstreamError } from '#src/domain/errors.ts';
import type { Http } from '#src/platform/http.ts';

export type PrometheusServer = {
  url: string;
  authHeader?: string | undefined;
  timeoutMs: number;
};

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);

const seriesResult = z.array(
  z.object({
    metric: labels.default({}),
    values: z.array(sample).optional(),
    value: sample.optional(),
    histograms: z.array(z.tuple([z.number(), z.unknown()])).optional(),
    histogram: z.tuple([z.number(), z.unknown()]).optional(),
  }),
);
const queryData = z.object({
  resultType: z.enum(['matrix', 'vector', 'scalar', 'string']),
  result: z.unknown(),
});

/** One series of an answer; an instant answer has one value. */
export type AnswerSeries = {
  metric: Record<string, string>;
  values: [number, string][];
  histograms?: [number, unknown][];
};

/** The parts of Prometheus' HTTP API (v1) that are asked. Every call throws UpstreamError. */
export type PrometheusClient = {
  /** Label sets of the series that match, over a time span; seconds since the epoch. */
  series(match: readonly string[], start: number, end: number): Promise<Record<string, string>[]>;
  /** `query` at `time` (seconds). A range selector gives raw samples at their own times. */
  instant(query: string, time: number): Promise<AnswerSeries[]>;
  /** `query` every `step` seconds from `start` to `end`. */
  range(query: string, start: number, end: number, step: number): Promise<AnswerSeries[]>;
  /** Alerting rules, raw. */
  rules(): Promise<unknown>;
  /** Types of the metrics that the server knows of, by family name. */
  types(): Promise<Map<string, string>>;
  /** Scrape intervals of the active targets in seconds, with the target's labels. */
  targets(): Promise<{ labels: Record<string, string>; scrapeInterval: number | null }[]>;
};

const MAX_BYTES = 64 * 1024 * 1024;

/** A client of one Prometheus-compatible server. */
export function createPrometheusClient(
  http: Http,
  server: PrometheusServer,
  signal: AbortSignal,
): PrometheusClient {
  const base = server.url.replace(/\/+$/, '');
  const get = async (path: string, params: [string, string][]): Promise<unknown> => {
    // Long expressions do not fit into a URL; Prometheus takes the same parameters as a form.
    const form = new URLSearchParams(params).toString();
    const asPost = form.length > 1500;
    const response = await http({
      url: `${base}${path}${asPost || !form ? '' : `?${form}`}`,
      method: asPost ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(asPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...(server.authHeader ? { authorization: server.authHeader } : {}),
      },
      ...(asPost ? { body: form } : {}),
      timeoutMs: server.timeoutMs,
      maxBytes: MAX_BYTES,
      signal,
    });
    return dataOf(response.status, response.text, server.url);
  };
  const query = async (path: string, params: [string, string][]): Promise<AnswerSeries[]> =>
    answerSeries(await get(path, params), server.url);

  return {
    series: async (match, start, end) => {
      const params: [string, string][] = match.map((selector) => ['match[]', selector]);
      params.push(['start', String(start)], ['end', String(end)], ['limit', '20000']);
      const data = z.array(labels).safeParse(await get('/api/v1/series', params));
      if (!data.success) throw unexpected(server.url);
      return data.data;
    },
    instant: (expression, time) =>
      query('/api/v1/query', [
        ['query', expression],
        ['time', String(time)],
      ]),
    range: (expression, start, end, step) =>
      query('/api/v1/query_range', [
        ['query', expression],
        ['start', String(start)],
        ['end', String(end)],
        ['step', String(step)],
      ]),
    rules: () => get('/api/v1/rules', [['type', 'alert']]),
    types: async () => typesOf(await get('/api/v1/metadata', [['limit_per_metric', '1']])),
    targets: async () => targetsOf(await get('/api/v1/targets', [['state', 'active']])),
  };
}

const envelope = z.object({
  status: z.enum(['success', 'error']),
  data: z.unknown().optional(),
  error: z.string().optional(),
});

function dataOf(status: number, text: string, where: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const parsed = envelope.safeParse(body);
  if (parsed.success && parsed.data.status === 'success') return parsed.data.data;
  const why = parsed.success && parsed.data.error ? `: ${parsed.data.error.slice(0, 200)}` : '';
  throw new UpstreamError(
    status === 200 ? 'answered something that is not Prometheus JSON' : `answered ${status}${why}`,
    {
      where,
      status,
      ...hintOf(status),
    },
  );
}

function hintOf(status: number): { hint?: string } {
  if (status === 401 || status === 403) return { hint: 'Set PROMETHEUS_AUTH_HEADER.' };
  if (status >= 300 && status < 400) {
    return { hint: 'Redirects are not followed; set PROMETHEUS_URL to where it leads.' };
  }
  return status === 404 ? { hint: 'Check the path of PROMETHEUS_URL.' } : {};
}

function answerSeries(data: unknown, where: string): AnswerSeries[] {
  const parsed = queryData.safeParse(data);
  if (!parsed.success) throw unexpected(where);
  const { resultType, result } = parsed.data;
  if (resultType === 'scalar') {
    const value = sample.safeParse(result);
    return value.success ? [{ metric: {}, values: [value.data] }] : [];
  }
  if (resultType === 'string') return [];
  const series = seriesResult.safeParse(result);
  if (!series.success) throw unexpected(where);
  return series.data.map((one) => {
    const histograms = one.histograms ?? (one.histogram ? [one.histogram] : undefined);
    return {
      metric: one.metric,
      values: one.values ?? (one.value ? [one.value] : []),
      ...(histograms ? { histograms } : {}),
    };
  });
}

const metadata = z.record(z.string(), z.array(z.object({ type: z.string() })));

function typesOf(data: unknown): Map<string, string> {
  const parsed = metadata.safeParse(data);
  const entries = parsed.success ? Object.entries(parsed.data) : [];
  return new Map(entries.map(([name, [first]]) => [name, first?.type ?? 'unknown']));
}

const targetsData = z.object({
  activeTargets: z.array(
    z.object({ labels: labels.default({}), scrapeInterval: z.string().optional() }),
  ),
});

function targetsOf(
  data: unknown,
): { labels: Record<string, string>; scrapeInterval: number | null }[] {
  const parsed = targetsData.safeParse(data);
  if (!parsed.success) return [];
  return parsed.data.activeTargets.map((target) => ({
    labels: target.labels,
    scrapeInterval: secondsOf(target.scrapeInterval),
  }));
}

/** Prometheus writes durations as `1m30s`, `15s`, `500ms`. */
function secondsOf(duration: string | undefined): number | null {
  if (!duration) return null;
  let seconds = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d{1,9})(ms|s|m|h)/g)) {
    seconds += Number(amount) * { ms: 0.001, s: 1, m: 60, h: 3600 }[unit as 'ms' | 's' | 'm' | 'h'];
  }
  return seconds > 0 ? seconds : null;
}

function unexpected(where: string): UpstreamError {
  return new UpstreamError('answered in an unknown form', { where });
}
