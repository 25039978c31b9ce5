import { describe, expect, it } from 'vitest';
import { createHealthSource } from '#src/evidence/sources/health.ts';
import { httpServer, json } from '../../helpers/http-server.ts';
import { requestFor, toolsAt, unending } from '../helpers/request.ts';

const source = createHealthSource({ timeoutMs: 300 }, toolsAt());

describe('health URLs', () => {
  it('keeps the status, and the body of a check that fails', async () => {
    const url = await httpServer((_request, response, { pathname }) =>
      pathname === '/ok' ? json(response, {}) : json(response, { mongodb: 'down' }, 503),
    );
    const found = await source.collect(
      requestFor([
        { name: 'shop', health_url: `${url}/ok?token=secret` },
        { name: 'items', health_url: `${url}/ready` },
        { name: 'without' },
      ]),
      unending(),
    );
    expect(found).toEqual({
      gaps: [],
      health: [
        {
          timestamp: '2026-03-01T12:00:00Z',
          service: 'shop',
          url: `${url}/ok`,
          status: 200,
          latencyMs: expect.any(Number),
        },
        {
          timestamp: '2026-03-01T12:00:00Z',
          service: 'items',
          url: `${url}/ready`,
          status: 503,
          latencyMs: expect.any(Number),
          error: '{"mongodb":"down"}',
        },
      ],
    });
  });

  it('takes no answer as an observation about the service', async () => {
    const hanging = await httpServer(() => {});
    const found = await source.collect(
      requestFor([
        { name: 'shop', health_url: hanging },
        { name: 'gone', health_url: 'http://127.0.0.1:9/' },
      ]),
      unending(),
    );
    expect(found.gaps).toEqual([]);
    expect(found.health?.map(({ status, error }) => [status, error])).toEqual([
      [undefined, 'no answer within 0.3 s'],
      [undefined, 'connection refused'],
    ]);
  });

  it('is a gap for a target without a URL', async () => {
    const found = await source.collect(requestFor([{ name: 'shop' }]), unending());
    expect(found.gaps?.[0]).toMatchObject({ source: 'health', why: 'shop has no health_url' });
  });
});
