import { describe, expect, it } from 'vitest';
import { createGithubDeploymentsSource } from '#src/evidence/sources/github-deployments.ts';
import { createRecordedChangesSource } from '#src/evidence/sources/recorded-changes.ts';
import { httpServer, json } from '../../helpers/http-server.ts';
import { NOW, requestFor, toolsAt, unending } from '../helpers/request.ts';

const sha = (digit: string): string => digit.repeat(40);

describe('changes that were told', () => {
  it('asks the store for those of the services, two weeks back', async () => {
    const asked: unknown[] = [];
    const deploy = { timestamp: '2026-03-01T11:50:00Z', service: 'shop', commit: sha('a') };
    const source = createRecordedChangesSource({
      read: async (services, span) => {
        asked.push(services, span);
        return { deploys: [deploy], flags: [], events: [] };
      },
    });
    const found = await source.collect(
      requestFor([{ name: 'shop' }, { name: 'items' }]),
      unending(),
    );
    expect(found.changes).toEqual({ deploys: [deploy], flags: [] });
    expect(asked).toEqual([
      ['shop', 'items'],
      { start: NOW - 30 * 60_000 - 14 * 86_400_000, end: NOW },
    ]);
  });
});

describe('deployments that GitHub knows of', () => {
  const one = (id: number, created_at: string, more: object = {}) => ({
    id,
    sha: sha(String(id)),
    ref: `v${id}`,
    created_at,
    ...more,
  });

  async function collect(
    respond: Parameters<typeof httpServer>[0],
    token: string | undefined = 'abc',
  ) {
    const apiUrl = await httpServer(respond);
    const settings = { apiUrl, token, timeoutMs: 2000, changeDays: 14 };
    const service = { name: 'shop', repository: 'acme/shop' };
    return createGithubDeploymentsSource(settings, toolsAt()).collect(
      requestFor([service]),
      unending(),
    );
  }

  it('gives those that users see, when they were done', async () => {
    const headers: unknown[] = [];
    const found = await collect((request, response, { pathname }) => {
      headers.push(request.headers.authorization);
      if (pathname === '/repos/acme/shop/deployments') {
        return json(response, [
          one(1, '2026-03-01T11:40:00Z', { environment: 'production' }),
          one(2, '2026-03-01T11:30:00Z'),
          one(3, '2026-03-01T11:20:00Z', { environment: 'staging' }),
          one(4, '2026-03-01T11:10:00Z'),
          one(5, '2026-01-01T11:10:00Z'),
        ]);
      }
      const states: Record<string, object[]> = {
        1: [
          { state: 'success', created_at: '2026-03-01T11:44:00Z' },
          { state: 'in_progress', created_at: '2026-03-01T11:41:00Z' },
        ],
        4: [{ state: 'failure', created_at: '2026-03-01T11:12:00Z' }],
      };
      json(response, states[/deployments\/(\d)\/statuses$/.exec(pathname)?.[1] ?? ''] ?? []);
    });
    expect(found.gaps).toEqual([]);
    expect(found.changes?.deploys).toEqual([
      { timestamp: '2026-03-01T11:44:00Z', service: 'shop', commit: sha('1'), version: 'v1' },
      { timestamp: '2026-03-01T11:30:00Z', service: 'shop', commit: sha('2'), version: 'v2' },
    ]);
    expect(new Set(headers)).toEqual(new Set(['Bearer abc']));
  });

  it.each([
    [401, 'Check GITHUB_TOKEN.'],
    [404, 'Check "repository" in the registry, and that the token may read it.'],
    [500, undefined],
  ])('is a gap when it answers %i', async (status, hint) => {
    const found = await collect((_request, response) => json(response, {}, status));
    expect(found.gaps).toEqual([
      {
        source: 'github-deployments',
        why: `acme/shop: GitHub answered ${status}`,
        ...(hint ? { hint } : {}),
      },
    ]);
  });

  it('is nothing without a token', async () => {
    const source = createGithubDeploymentsSource(
      { apiUrl: 'http://127.0.0.1:9', timeoutMs: 10, changeDays: 1 },
      toolsAt(),
    );
    expect(
      await source.collect(requestFor([{ name: 'shop', repository: 'a/b' }]), unending()),
    ).toEqual({});
  });
});
