import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Service } from '#src/domain/service.ts';
import type { CollectRequest } from '#src/evidence/contract.ts';
import { createPrometheusSource } from '#src/evidence/sources/prometheus.ts';
import { httpServer, json } from '../../helpers/http-server.ts';
import { type ParsedQuery, parsePromql } from './promql-grammar.ts';
import { NOW, requestFor, toolsAt, unending } from './request.ts';

export type FakeSeries = {
  metric: Record<string, string>;
  values?: [number, string][];
  histograms?: [number, unknown][];
};

export type Asked = {
  path: string;
  query: string;
  parsed: ParsedQuery;
  params: URLSearchParams;
  headers: IncomingMessage['headers'];
  method: string;
};

export type FakePrometheus = { url: string; asked: Asked[]; matches: string[] };

/**
 * A server that answers as Prometheus does about a set of series: selectors select, `[…]` gives
 * raw samples, and every other expression gives the samples of what its first selector finds.
 */
export async function fakePrometheus(options: {
  series: FakeSeries[];
  rules?: unknown;
  targets?: unknown;
  metadata?: Record<string, { type: string }[]>;
  /** A status for queries that hold this text. */
  failOn?: { text: string; status: number; error: string };
}): Promise<FakePrometheus> {
  const fake: FakePrometheus = { url: '', asked: [], matches: [] };
  const select = (parsed: ParsedQuery): FakeSeries[] =>
    options.series.filter((one) =>
      parsed.selectors.some((wanted) => isSelected(one.metric, wanted)),
    );
  const answerSeries = (matches: string[], response: ServerResponse): void => {
    fake.matches.push(...matches);
    const parsed = matches.map(parsePromql);
    const bad = matches.find((_, index) => !parsed[index]?.isValid);
    const found = options.series.filter((one) =>
      parsed.some((query) => select(query).includes(one)),
    );
    if (bad === undefined) json(response, success(found.map(({ metric }) => metric)));
    else json(response, failure(`parse error in ${bad}`), 400);
  };
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> => {
    const body = await textOf(request);
    const params = request.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    const path = url.pathname.replace('/api/v1/', '');
    if (path === 'series') return answerSeries(params.getAll('match[]'), response);
    if (path === 'query' || path === 'query_range') {
      const query = params.get('query') ?? '';
      const parsed = parsePromql(query);
      fake.asked.push({
        path,
        query,
        parsed,
        params,
        headers: request.headers,
        method: request.method ?? '',
      });
      if (options.failOn && query.includes(options.failOn.text)) {
        return json(response, failure(options.failOn.error), options.failOn.status);
      }
      if (!parsed.isValid) return json(response, failure('parse error'), 400);
      const result = select(parsed).map(withoutEmpty);
      return json(response, success({ resultType: 'matrix', result }));
    }
    if (path === 'rules') return json(response, success(options.rules ?? { groups: [] }));
    if (path === 'targets' && options.targets) return json(response, success(options.targets));
    if (path === 'metadata' && options.metadata) return json(response, success(options.metadata));
    return json(response, failure('not found'), 404);
  };
  fake.url = await httpServer((request, response, url) => void answer(request, response, url));
  return fake;
}

const success = (data: unknown) => ({ status: 'success', data });
const failure = (error: string) => ({ status: 'error', errorType: 'bad_data', error });

function withoutEmpty({ metric, values, histograms }: FakeSeries): FakeSeries {
  return histograms ? { metric, histograms } : { metric, values: values ?? [] };
}

function isSelected(
  metric: Record<string, string>,
  wanted: ParsedQuery['selectors'][number],
): boolean {
  if (wanted.name !== null && metric.__name__ !== wanted.name) return false;
  return wanted.matchers.every(({ label, op, value }) => {
    const own = metric[label] ?? '';
    if (op === '=') return own === value;
    if (op === '!=') return own !== value;
    const matches = new RegExp(`^(?:${value})$`).test(own);
    return op === '=~' ? matches : !matches;
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** The source's settings, without a server. */
export const settings = { maxPoints: 240, maxSeries: 40, timeoutMs: 5000 };

/** A series with two samples. */
export const series = (name: string, labels: Record<string, string> = {}): FakeSeries => ({
  metric: { __name__: name, ...labels },
  values: [
    [NOW / 1000 - 15, '1'],
    [NOW / 1000, '2'],
  ],
});

/** What the source finds on such a server, and what it asked. */
export async function collectFrom(
  options: Parameters<typeof fakePrometheus>[0],
  services: [Service, ...Service[]] = [{ name: 'shop' }],
  more: Partial<CollectRequest> & { authHeader?: string; maxSeries?: number } = {},
) {
  const server = await fakePrometheus(options);
  const { authHeader, maxSeries, ...request } = more;
  const source = createPrometheusSource(
    { ...settings, url: server.url, authHeader, ...(maxSeries ? { maxSeries } : {}) },
    toolsAt(),
  );
  const found = await source.collect(requestFor(services, request), unending());
  return {
    asked: server.asked,
    queries: server.asked.map(({ query }) => query),
    matches: server.matches,
    metrics: found.metrics ?? [],
    rules: found.rules ?? [],
    gaps: found.gaps ?? [],
  };
}
