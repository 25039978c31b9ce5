import { z } from 'zod';
import { UpstreamError } from '#src/domain/errors.ts';
import type { Http } from '#src/platform/http.ts';

export type LokiServer = {
  url: string;
  authHeader?: string | undefined;
  tenant?: string | undefined;
  timeoutMs: number;
};

/** One line of a stream; `at` is nanoseconds since the epoch. */
export type LokiLine = { at: bigint; line: string; labels: Record<string, string> };

/** The parts of Loki's HTTP API (v1) that are asked. Every call throws UpstreamError. */
export type LokiClient = {
  /** Lines of a log query, in the order of the server. Times in nanoseconds. */
  lines(
    query: string,
    start: bigint,
    end: bigint,
    limit: number,
    direction: 'backward' | 'forward',
  ): Promise<LokiLine[]>;
  /** A metric query every `step` seconds: label set and [unix seconds, value]. */
  matrix(
    query: string,
    start: bigint,
    end: bigint,
    step: number,
  ): Promise<{ metric: Record<string, string>; values: [number, string][] }[]>;
  labelNames(start: bigint, end: bigint): Promise<string[]>;
  labelValues(label: string, start: bigint, end: bigint): Promise<string[]>;
};

const labels = z.record(z.string(), z.string());
const streams = z.array(
  z.object({
    stream: labels,
    // A third element holds structured metadata.
    values: z.array(z.tuple([z.string().regex(/^\d{1,20}$/), z.string()]).rest(z.unknown())),
  }),
);
const matrixResult = z.array(
  z.object({ metric: labels, values: z.array(z.tuple([z.number(), z.string()])) }),
);
const answer = z.object({ status: z.string().optional(), data: z.unknown() });
const queryData = z.object({ resultType: z.string(), result: z.unknown() });

const MAX_BYTES = 64 * 1024 * 1024;

/** A client of one Loki server. */
export function createLokiClient(http: Http, server: LokiServer, signal: AbortSignal): LokiClient {
  const base = server.url.replace(/\/+$/, '');
  const headers: Record<string, string> = { accept: 'application/json' };
  if (server.authHeader) headers.authorization = server.authHeader;
  if (server.tenant) headers['x-scope-orgid'] = server.tenant;

  const get = async (path: string, params: Record<string, string>): Promise<unknown> => {
    const response = await http({
      url: `${base}/loki/api/v1/${path}?${new URLSearchParams(params)}`,
      headers,
      timeoutMs: server.timeoutMs,
      maxBytes: MAX_BYTES,
      signal,
    });
    if (response.status !== 200) throw refused(response.status, response.text, server);
    const parsed = answer.safeParse(tryJson(response.text));
    if (!parsed.success)
      throw new UpstreamError('answered something that is not Loki JSON', { where: server.url });
    return parsed.data.data;
  };
  const result = async (params: Record<string, string>): Promise<unknown> => {
    const parsed = queryData.safeParse(await get('query_range', params));
    if (!parsed.success) throw unexpected(server);
    return parsed.data.result;
  };
  const names = async (path: string, start: bigint, end: bigint): Promise<string[]> => {
    const parsed = z
      .array(z.string())
      .nullish()
      .safeParse(await get(path, { start: String(start), end: String(end) }));
    if (!parsed.success) throw unexpected(server);
    return parsed.data ?? [];
  };

  return {
    lines: async (query, start, end, limit, direction) => {
      const params = {
        query,
        start: String(start),
        end: String(end),
        limit: String(limit),
        direction,
      };
      const parsed = streams.safeParse(await result(params));
      if (!parsed.success) throw unexpected(server);
      return parsed.data.flatMap(({ stream, values }) =>
        values.map(([at, line]) => ({ at: BigInt(at), line, labels: stream })),
      );
    },
    matrix: async (query, start, end, step) => {
      const params = { query, start: String(start), end: String(end), step: `${step}s` };
      const parsed = matrixResult.safeParse(await result(params));
      if (!parsed.success) throw unexpected(server);
      return parsed.data;
    },
    labelNames: (start, end) => names('labels', start, end),
    labelValues: (label, start, end) =>
      names(`label/${encodeURIComponent(label)}/values`, start, end),
  };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number, text: string, server: LokiServer): UpstreamError {
  const isHtml = /^\s*</.test(text);
  const why = isHtml || !text.trim() ? '' : `: ${text.trim().slice(0, 200)}`;
  const hint = hintOf(status, text);
  return new UpstreamError(`answered ${status}${why}`, {
    where: server.url,
    status,
    ...(hint ? { hint } : {}),
  });
}

function hintOf(status: number, text: string): string | undefined {
  // A server of several tenants says this with the status of a missing password.
  if (/no org id|tenant/i.test(text)) return 'Set LOKI_TENANT.';
  if (status === 401 || status === 403) return 'Set LOKI_AUTH_HEADER.';
  if (status >= 300 && status < 400) {
    return 'Redirects are not followed; set LOKI_URL to where it leads.';
  }
  return status === 404 ? 'Check the path of LOKI_URL.' : undefined;
}

function unexpected(server: LokiServer): UpstreamError {
  return new UpstreamError('answered in an unknown form', { where: server.url });
}
