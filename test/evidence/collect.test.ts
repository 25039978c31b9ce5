import { describe, expect, it } from 'vitest';
import type { LogRecord } from '#src/domain/bundle.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import { collect } from '#src/evidence/collect.ts';
import type { Collected, EvidenceSource } from '#src/evidence/contract.ts';
import { silentLogger } from '#src/platform/logger.ts';
import { pause } from '#src/platform/pause.ts';
import { NOW, requestFor } from './helpers/request.ts';

const source = (id: string, work: (signal: AbortSignal) => Promise<Collected>): EvidenceSource => ({
  id,
  collect: (_request, signal) => work(signal),
});

const record = (line: string, minute = 50): LogRecord => ({
  timestamp: `2026-03-01T11:${minute}:00Z`,
  service: 'shop',
  line,
});

const run = (
  sources: EvidenceSource[],
  more: { deadlineMs?: number; signal?: AbortSignal; done?: string[] } = {},
) =>
  collect(
    requestFor([
      { name: 'shop', repo_path: '/somewhere', log_paths: { service: '/x' }, owner: 'team' },
    ]),
    {
      sources,
      deadlineMs: more.deadlineMs ?? 2000,
      now: NOW,
      alertGroup: null,
      logger: silentLogger,
      onDone: (id) => more.done?.push(id),
      signal: more.signal,
    },
  );

describe('collecting', () => {
  it('lets a window that goes up to now hold what was measured while it looked', async () => {
    const scrape = (secondsLater: number): EvidenceSource =>
      source('metrics-page', () =>
        Promise.resolve({
          metrics: [{ metric: { __name__: 'up' }, values: [[NOW / 1000 + secondsLater, '1']] }],
        }),
      );
    const endOf = async (seconds: number): Promise<string> =>
      (await run([scrape(seconds)])).manifest.window.end;
    expect(await endOf(3)).toBe('2026-03-01T12:00:03Z');
    expect(await endOf(-3)).toBe('2026-03-01T12:00:00Z');
    // A server whose clock is a day ahead does not take the window along.
    expect(await endOf(86_400)).toBe('2026-03-01T12:01:00Z');
  });

  it('asks all sources at once and gives one bundle', async () => {
    const done: string[] = [];
    const slow = source('slow', async () => {
      await pause(150);
      return { logs: [record('slow')] };
    });
    const started = performance.now();
    const bundle = await run(
      [slow, { ...slow, id: 'slow-2' }, source('quick', async () => ({ logs: [record('quick')] }))],
      { done },
    );
    expect(performance.now() - started).toBeLessThan(290);
    expect(bundle.logs).toHaveLength(3);
    expect(done[0]).toBe('quick');
    expect(bundle.manifest).toMatchObject({
      schema: 'incident-bundle/v1',
      capturedAt: '2026-03-01T12:00:00Z',
      window: { start: '2026-03-01T11:30:00Z', end: '2026-03-01T12:00:00Z' },
      baseline: { start: '2026-03-01T10:30:00Z', end: '2026-03-01T11:30:00Z' },
      service: 'shop',
    });
  });

  it('does not depend on the order of arrival', async () => {
    const parts = (first: number, second: number): EvidenceSource[] => [
      source('a', async () => {
        await pause(first);
        return { gaps: [{ source: 'a', why: 'x' }], logs: [record('a', 40), record('later', 55)] };
      }),
      source('b', async () => {
        await pause(second);
        return { gaps: [{ source: 'b', why: 'x' }], logs: [record('b', 45)] };
      }),
    ];
    expect(await run(parts(0, 30))).toEqual(await run(parts(30, 0)));
  });

  it('makes a gap of a source that fails, with its hint, and keeps the others', async () => {
    const bundle = await run([
      source('bad', async () => {
        throw new UpstreamError('answered 401', { hint: 'Set X.' });
      }),
      source('worse', () => {
        throw new TypeError('x is undefined');
      }),
      source('good', async () => ({ logs: [record('here')] })),
    ]);
    expect(bundle.logs).toHaveLength(1);
    expect(bundle.gaps).toEqual([
      { source: 'bad', why: 'answered 401', hint: 'Set X.' },
      { source: 'worse', why: 'x is undefined' },
    ]);
  });

  it('leaves a source behind that does not end with the deadline', async () => {
    const started = performance.now();
    const bundle = await run(
      [
        source('deaf', () => new Promise(() => {})),
        source('winding up', async (signal) => {
          await pause(5000, signal);
          return { logs: [record('what it had')], gaps: [{ source: 'winding up', why: 'cut' }] };
        }),
      ],
      { deadlineMs: 200 },
    );
    expect(performance.now() - started).toBeLessThan(1500);
    expect(bundle.gaps).toEqual([
      { source: 'deaf', why: 'not done within 0.2 s' },
      { source: 'winding up', why: 'cut' },
    ]);
    expect(bundle.logs.map(({ line }) => line)).toEqual(['what it had']);
  });

  it('ends soon when it is interrupted', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('interrupted')), 50);
    const started = performance.now();
    await run([source('deaf', () => new Promise(() => {}))], {
      deadlineMs: 60_000,
      signal: abort.signal,
    });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('keeps no paths of this machine', async () => {
    const bundle = await run([]);
    expect(bundle.services.get('shop')).toEqual({ owner: 'team' });
  });
});
