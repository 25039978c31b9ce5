import { parser } from '@grafana/lezer-logql';
import type { Service } from '#src/domain/service.ts';
import type { CollectRequest } from '#src/evidence/contract.ts';
import { createLokiSource } from '#src/evidence/sources/loki.ts';
import { httpServer, json } from '../../helpers/http-server.ts';
import { requestFor, toolsAt, unending } from './request.ts';

export type FakeStream = { stream: Record<string, string>; values: [bigint, string][] };
export type AskedLoki = {
  path: string;
  query: string;
  params: URLSearchParams;
  tenant: string | undefined;
  authorization: string | undefined;
  lines: number;
};

/** Whether the grammar of Grafana finds no mistake in a LogQL query. */
export function isLogql(query: string): boolean {
  let isValid = true;
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.type.isError) isValid = false;
    },
  });
  return isValid;
}

const literal = (quoted: string): string => JSON.parse(quoted) as string;

/** The selector of a query and its line filters, evaluated as Loki does. */
function selects(query: string): (stream: Record<string, string>, line: string) => boolean {
  const matchers = [...query.matchAll(/(\w+)(=~|=)("(?:[^"\\]|\\.)*")/g)];
  const filters = [...query.matchAll(/(\|~|!~) ("(?:[^"\\]|\\.)*")/g)];
  return (stream, line) =>
    matchers.every(([, label = '', op, quoted = '']) => {
      const value = stream[label] ?? '';
      return op === '='
        ? value === literal(quoted)
        : new RegExp(`^(?:${literal(quoted)})$`).test(value);
    }) &&
    filters.every(([, op, quoted = '']) => {
      const found = new RegExp(literal(quoted).replace('(?i)', ''), 'i').test(line);
      return op === '|~' ? found : !found;
    });
}

/** A server that answers as Loki does about some streams, at most 1000 lines at once. */
export async function fakeLoki(
  streams: readonly FakeStream[],
): Promise<{ url: string; asked: AskedLoki[] }> {
  const asked: AskedLoki[] = [];
  const url = await httpServer((request, response, at) => {
    const path = at.pathname.replace('/loki/api/v1/', '');
    const params = at.searchParams;
    const label = /^label\/([^/]+)\/values$/.exec(path)?.[1];
    if (path === 'labels') {
      return void json(response, {
        status: 'success',
        data: [...new Set(streams.flatMap(({ stream }) => Object.keys(stream)))],
      });
    }
    if (label) {
      const values = streams.flatMap(({ stream }) => stream[decodeURIComponent(label)] ?? []);
      return void json(response, { status: 'success', data: [...new Set(values)] });
    }
    const query = params.get('query') ?? '';
    const header = (name: string) => request.headers[name] as string | undefined;
    const entry = {
      path,
      query,
      params,
      tenant: header('x-scope-orgid'),
      authorization: header('authorization'),
      lines: 0,
    };
    asked.push(entry);
    if (!isLogql(query)) return void json(response, 'parse error', 400);
    const [start, end] = ['start', 'end'].map((key) => BigInt(params.get(key) ?? '0')) as [
      bigint,
      bigint,
    ];
    const wanted = selects(query);
    const found = streams
      .flatMap(({ stream, values }) => values.map(([time, line]) => ({ stream, time, line })))
      .filter(({ stream, time, line }) => time >= start && time < end && wanted(stream, line))
      .sort((a, b) => Number(a.time - b.time));
    if (query.startsWith('sum(')) {
      return void json(response, {
        status: 'success',
        data: {
          resultType: 'matrix',
          result: found.length
            ? [{ metric: {}, values: [[Number(end) / 1e9, String(found.length)]] }]
            : [],
        },
      });
    }
    if (params.get('direction') === 'backward') found.reverse();
    const page = found.slice(0, Math.min(Number(params.get('limit')), 1000));
    entry.lines = page.length;
    json(response, {
      status: 'success',
      data: {
        resultType: 'streams',
        result: page.map(({ stream, time, line }) => ({ stream, values: [[String(time), line]] })),
      },
    });
  });
  return { url, asked };
}

/** What the source finds on such a server, and what it asked. */
export async function collectFromLoki(
  streams: readonly FakeStream[],
  services: [Service, ...Service[]] = [{ name: 'shop' }],
  more: Partial<CollectRequest> & { maxLines?: number; tenant?: string; authHeader?: string } = {},
) {
  const server = await fakeLoki(streams);
  const { maxLines = 5000, tenant, authHeader, ...request } = more;
  const source = createLokiSource(
    { url: server.url, maxLines, tenant, authHeader, timeoutMs: 5000 },
    toolsAt(),
  );
  const found = await source.collect(requestFor(services, request), unending());
  return {
    asked: server.asked,
    logs: found.logs ?? [],
    lines: (found.logs ?? []).map(({ line }) => line),
    metrics: found.metrics ?? [],
    gaps: (found.gaps ?? []).map(({ why }) => why),
  };
}
