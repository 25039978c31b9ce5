import { describe, expect, it } from 'vitest';
import { createTempoSource } from '#src/evidence/sources/tempo.ts';
import { httpServer, json } from '../../helpers/http-server.ts';
import { requestFor, toolsAt, unending } from '../helpers/request.ts';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** A trace as Tempo gives it: OTLP in JSON. */
const trace = (key: 'batches' | 'resourceSpans') => ({
  [key]: [
    {
      resource: { attributes: [text('service.name', 'shop')] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'q',
              spanId: 'a1',
              name: 'GET /',
              startTimeUnixNano: '1772366100000000000',
              endTimeUnixNano: '1772366100250500000',
              status: { code: 'STATUS_CODE_ERROR' },
              attributes: [
                text('http.route', '/'),
                { key: 'http.status_code', value: { intValue: '500' } },
              ],
            },
            {
              spanId: 'b2',
              parentSpanId: 'a1',
              name: 'find',
              startTimeUnixNano: 1772366100000000000,
              endTimeUnixNano: 1772366100100000000,
            },
          ],
        },
      ],
    },
  ],
});

async function collect(respond: Parameters<typeof httpServer>[0], name = 'shop') {
  const url = await httpServer(respond);
  const source = createTempoSource(
    { url, maxTraces: 5, timeoutMs: 2000, authHeader: 'Basic x' },
    toolsAt(),
  );
  return source.collect(requestFor([{ name }]), unending());
}

describe('tempo', () => {
  it.each(['batches', 'resourceSpans'] as const)(
    'reads traces with errors first (%s)',
    async (key) => {
      const asked: string[] = [];
      const found = await collect((request, response, url) => {
        expect(request.headers.authorization).toBe('Basic x');
        asked.push(url.searchParams.get('q') ?? url.pathname);
        if (url.pathname === '/api/search') json(response, { traces: [{ traceID: 't1' }] });
        else json(response, trace(key));
      });
      expect(asked).toEqual([
        '{ resource.service.name = "shop" && status = error }',
        '{ resource.service.name = "shop" }',
        '/api/traces/t1',
      ]);
      expect(found.spans).toEqual([
        {
          traceId: 't1',
          spanId: 'a1',
          service: 'shop',
          name: 'GET /',
          start: '2026-03-01T11:55:00Z',
          durationMs: 250.5,
          status: 'ERROR',
          attributes: { 'http.route': '/', 'http.status_code': '500' },
        },
        {
          traceId: 't1',
          spanId: 'b2',
          parentId: 'a1',
          service: 'shop',
          name: 'find',
          start: '2026-03-01T11:55:00Z',
          durationMs: 100,
          status: 'OK',
          attributes: {},
        },
      ]);
    },
  );

  it('keeps the traces that can be had', async () => {
    const found = await collect((_request, response, { pathname }) => {
      if (pathname === '/api/search')
        json(response, { traces: [{ traceID: 'good' }, { traceID: 'gone' }] });
      else if (pathname.endsWith('good')) json(response, trace('batches'));
      else json(response, {}, 404);
    });
    expect(found.spans).toHaveLength(2);
    expect(found.gaps).toEqual([{ source: 'tempo', why: '1 of 2 traces, e.g. answered 404' }]);
  });

  it('is nothing where it is not configured', async () => {
    const source = createTempoSource({ maxTraces: 5, timeoutMs: 10 }, toolsAt());
    expect(await source.collect(requestFor([{ name: 'shop' }]), unending())).toEqual({});
  });
});
