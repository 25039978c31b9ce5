import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readErrors } from '#src/app/read-errors.ts';
import type { Alert } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime } from '#src/domain/time.ts';
import { parseExposition } from '#src/evidence/sources/metrics-page/exposition.ts';
import type { WatchSettings, WatchStore } from '#src/intake/watch/contract.ts';
import { type WatchCycle, watchServices } from '#src/intake/watch/watch-services.ts';
import { createHttp } from '#src/platform/http.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const START = Date.parse('2026-03-01T10:00:00Z');
const SETTINGS: WatchSettings = {
  forMs: 20_000,
  errorBurst: 3,
  burstMs: 60_000,
  tail: 100,
  maxEvents: 50,
  ring: 5,
  rateMs: 60_000,
  timeoutMs: 2000,
  confirmMs: 0,
};

/** A watch with a real store and a clock that each look moves on by ten seconds. */
function watchOf(services: Service[], settings: Partial<WatchSettings> = {}) {
  const dir = tempDir();
  const store = openSqliteStore(join(dir, 'store.sqlite'));
  onTestFinished(() => store.close());
  const clock = { now: START };
  const delivered: Alert[] = [];
  let deliver = async (alerts: readonly Alert[]): Promise<void> => {
    delivered.push(...alerts);
  };
  return {
    dir,
    store,
    clock,
    delivered,
    failDeliveries: (fails: boolean) => {
      deliver = async (alerts) => {
        if (fails) throw new Error('the queue is full');
        delivered.push(...alerts);
      };
    },
    look: async (keeper: WatchStore = store): Promise<WatchCycle> => {
      const cycle = await watchServices({
        services,
        store: keeper,
        settings: { ...SETTINGS, ...settings },
        tools: {
          http: createHttp(),
          now: () => clock.now,
          readPage: (text) => parseExposition(text, 1000).samples,
          readErrors,
          redact: (text) => text.replaceAll('hunter2', '[redacted]'),
        },
        deliver: (alerts) => deliver(alerts),
        signal: new AbortController().signal,
      }).finally(() => {
        clock.now += 10_000;
      });
      return cycle;
    },
  };
}

const names = (alerts: readonly Alert[]): string[] =>
  alerts.map(({ labels, status }) => `${labels.service} ${labels.alertname} ${status}`);

/** A service whose answers the test sets. */
async function fakeService(): Promise<{ url: string; answer: { status: number; body: string } }> {
  const answer = { status: 200, body: 'ok' };
  const url = await httpServer((_request, response) => {
    response.writeHead(answer.status).end(answer.body);
  });
  return { url, answer };
}

describe('a watch', () => {
  it('tells when a service goes and comes back, and nothing of a blip', async () => {
    const { url, answer } = await fakeService();
    const watch = watchOf([{ name: 'shop', health_url: url }]);
    await watch.look();
    answer.status = 500;
    await watch.look();
    answer.status = 200;
    await watch.look();
    expect(watch.delivered).toEqual([]);
    answer.status = 500;
    for (let look = 0; look < 3; look++) await watch.look();
    expect(names(watch.delivered)).toEqual(['shop ServiceDown firing']);
    expect(watch.delivered[0]?.startsAt).toBe(formatTime(START + 30_000));
    answer.status = 200;
    await watch.look();
    expect(names(watch.delivered).at(-1)).toBe('shop ServiceDown resolved');
  });

  it('blames the dependency that a health answer names, not the service', async () => {
    const { url, answer } = await fakeService();
    answer.status = 503;
    answer.body = JSON.stringify({ status: 'DOWN', components: { db: { status: 'DOWN' } } });
    const watch = watchOf([{ name: 'shop', health_url: url }], { forMs: 0 });
    await watch.look();
    expect(names(watch.delivered)).toEqual(['shop DependencyDown firing']);
    expect(watch.delivered[0]?.labels.dependency).toBe('db');
  });

  it('sees 5xx answers in counters, keeps a bounded ring, and holds on while no page comes', async () => {
    const { url, answer } = await fakeService();
    const count = (errors: number): string => `http_requests_total{status="500"} ${errors}\n`;
    const watch = watchOf(
      [{ name: 'shop', health_url: (await fakeService()).url, metrics_url: url }],
      { forMs: 0 },
    );
    answer.body = count(7);
    await watch.look();
    await watch.look();
    expect(watch.delivered).toEqual([]);
    answer.body = count(9);
    await watch.look();
    expect(names(watch.delivered)).toEqual(['shop Service5xxErrors firing']);
    answer.status = 404;
    expect((await watch.look()).firing).toHaveLength(1);
    answer.status = 200;
    for (let look = 0; look < 8; look++) await watch.look();
    expect(names(watch.delivered).at(-1)).toBe('shop Service5xxErrors resolved');
    const kept = await watch.store.listScrapes('shop', { start: 0, end: START * 2 });
    expect(kept).toHaveLength(5);
  });

  it('takes a page that does not answer for a service that is down where there is no health URL', async () => {
    const watch = watchOf([{ name: 'shop', metrics_url: 'http://127.0.0.1:9/metrics' }], {
      forMs: 0,
    });
    await watch.look();
    expect(names(watch.delivered)).toEqual(['shop ServiceDown firing']);
    expect(await watch.store.listScrapes('shop', { start: 0, end: START * 2 })).toEqual([
      { at: START, page: '# could not be had' },
    ]);
  });

  it('finds bursts of errors in logs, each error once, without secrets and old lines', async () => {
    const logs = tempDir();
    const paths = { service: join(logs, 'app.log'), error: join(logs, 'error.log') };
    mkdirSync(logs, { recursive: true });
    const line = (at: number, text: string): string => `${formatTime(at)} ERROR ${text}\n`;
    const old = Array.from({ length: 20 }, () => line(START - 3_600_000, 'long ago')).join('');
    writeFileSync(paths.service, old);
    writeFileSync(paths.error, '');
    const watch = watchOf([{ name: 'shop', log_paths: paths }], { forMs: 0 });
    await watch.look();
    for (const path of [paths.service, paths.error]) {
      appendFileSync(path, line(START + 5000, 'cannot log in with hunter2'));
      appendFileSync(path, line(START + 6000, 'again'));
    }
    await watch.look();
    expect(watch.delivered).toEqual([]);
    appendFileSync(paths.service, line(START + 15_000, 'cannot log in with hunter2'));
    await watch.look();
    expect(names(watch.delivered)).toEqual(['shop ErrorBurst firing']);
    expect(watch.delivered[0]?.annotations.description).toMatch(/^3 error records within 60 s\n/);
    expect(watch.delivered[0]?.annotations.description).toContain('[redacted]');
    for (let look = 0; look < 7; look++) await watch.look();
    expect(names(watch.delivered).at(-1)).toBe('shop ErrorBurst resolved');
  });

  it('sees again what could not be taken in', async () => {
    const logs = tempDir();
    const path = join(logs, 'app.log');
    const lines = [1, 2, 3].map((one) => `${formatTime(START - one * 1000)} ERROR broken\n`);
    writeFileSync(path, lines.join(''));
    const watch = watchOf([{ name: 'shop', log_paths: { service: path } }], { forMs: 0 });
    watch.failDeliveries(true);
    await expect(watch.look()).rejects.toThrow('the queue is full');
    watch.failDeliveries(false);
    await watch.look();
    expect(names(watch.delivered)).toEqual(['shop ErrorBurst firing']);
  });

  it('goes on after a restart where it was', async () => {
    const { url, answer } = await fakeService();
    answer.status = 500;
    const watch = watchOf([{ name: 'shop', health_url: url }]);
    await watch.look();
    await watch.look();
    const again = openSqliteStore(join(watch.dir, 'store.sqlite'));
    onTestFinished(() => again.close());
    await watch.look(again);
    expect(watch.delivered[0]?.startsAt).toBe(formatTime(START));
  });

  it('notes logs that cannot be read, and looks at the rest', async () => {
    const { url } = await fakeService();
    const watch = watchOf([
      { name: 'shop', health_url: url, log_paths: { service: '/nowhere/app.log' } },
    ]);
    const { looks } = await watch.look();
    expect(looks[0]?.notes).toEqual(['/nowhere/app.log cannot be read (no such file)']);
  });
});
