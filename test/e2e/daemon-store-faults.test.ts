import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { type Answer, type Started, startDaemon } from '../daemon/start.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const START = Date.parse('2026-03-01T10:00:00Z');

const send = ({ call }: Pick<Started, 'call'>, service: string): Promise<Answer> =>
  call('/alerts', { json: payloadOf([alertOf({ alertname: 'Down', service }, START)]) });

const services = async ({ call }: Pick<Started, 'call'>): Promise<string[]> => {
  const { json } = await call('/incidents?limit=1000');
  return (json as { incidents: { service: string }[] }).incidents
    .map(({ service }) => service)
    .sort();
};

/** What the file holds, whoever has it open: services of incidents and of alerts that still wait. */
function kept(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const sorted = database.prepare('SELECT DISTINCT service FROM alert').all();
    const waiting = database.prepare('SELECT body FROM inbox').all();
    const inbox = waiting.flatMap(({ body }) =>
      (JSON.parse(String(body)).alerts as { labels: { service: string } }[]).map(
        ({ labels }) => labels.service,
      ),
    );
    return [...new Set([...sorted.map(({ service }) => String(service)), ...inbox])].sort();
  } finally {
    database.close();
  }
}

/** The client is told to come again, and when. */
function expectLater({ status, headers, json }: Answer): void {
  expect(status).toBe(503);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect((json as { error: { message: string } }).error.message).not.toBe('');
}

/** Sends until it is taken, as Alertmanager does. @returns how often it was not */
async function sendUntilTaken(daemon: Started, service: string): Promise<number> {
  for (let refused = 0; refused < 20; refused++) {
    const answer = await send(daemon, service);
    if (answer.status === 200) return refused;
    expectLater(answer);
  }
  throw new Error('never taken');
}

describe('a store that another program keeps locked', () => {
  it('makes senders come again while the server goes on answering, and loses nothing', async () => {
    const daemon = await startDaemon();
    expect((await send(daemon, 'before')).status).toBe(200);
    await daemon.daemon.idle();
    const other = new DatabaseSync(daemon.storePath);
    other.exec('BEGIN IMMEDIATE');
    const refused = send(daemon, 'refused');
    let slowest = 0;
    for (let round = 0; round < 10; round++) {
      const asked = performance.now();
      expect((await daemon.call('/health')).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    expect(slowest).toBeLessThan(1000);
    const answer = await refused;
    expectLater(answer);
    expect(JSON.stringify(answer.json)).toMatch(/locked/);
    expect((await daemon.call('/ready')).status).toBe(503);

    const patient = send(daemon, 'patient');
    await new Promise((resolve) => setTimeout(resolve, 300));
    other.exec('ROLLBACK');
    other.close();
    expect((await patient).status).toBe(200);
    await daemon.daemon.idle();
    expect(await services(daemon)).toEqual(['before', 'patient']);
    await waitUntil('it is ready again', async () => (await daemon.call('/ready')).status === 200);
  }, 30_000);
});

describe('a store file that goes away while it is in use', () => {
  it.each<[string, (file: string) => void]>([
    ['moved', (file) => renameSync(file, `${file}.elsewhere`)],
    ['deleted', (file) => rmSync(file)],
    [
      'deleted with its log',
      (file) => {
        for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix);
      },
    ],
  ])('is put back when it was %s; nothing that was taken is lost', async (_name, spoil) => {
    const daemon = await startDaemon();
    for (const service of ['a', 'b']) expect((await send(daemon, service)).status).toBe(200);
    spoil(daemon.storePath);
    expect(await sendUntilTaken(daemon, 'c')).toBeLessThanOrEqual(2);
    await daemon.daemon.idle();
    expect(await services(daemon)).toEqual(['a', 'b', 'c']);
    await daemon.daemon.stop();
    await daemon.store.close();
    expect(kept(daemon.storePath)).toEqual(['a', 'b', 'c']);
  });

  it('is saved beside when another one took its place, and nothing more is taken', async () => {
    const other = join(tempDir(), 'other.sqlite');
    const foreign = openSqliteStore(other);
    await foreign.close();
    const daemon = await startDaemon();
    for (const service of ['a', 'b']) expect((await send(daemon, service)).status).toBe(200);
    await daemon.daemon.idle();
    rmSync(daemon.storePath);
    copyFileSync(other, daemon.storePath);
    const answer = await send(daemon, 'c');
    expectLater(answer);
    expectLater(await send(daemon, 'd'));
    expect((await daemon.call('/health')).status).toBe(200);
    expect(JSON.stringify((await daemon.call('/ready')).json)).toMatch(/replaced/);
    const dir = dirname(daemon.storePath);
    const saved = readdirSync(dir).filter((name) =>
      name.startsWith(`${basename(daemon.storePath)}.saved-`),
    );
    expect(saved).toHaveLength(1);
    const file = join(dir, saved[0] ?? '');
    // Alerts of a refused request may be there: their sender comes again.
    expect(kept(file)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('a damaged store file', () => {
  it('is refused at the start, as it is, with what to do', async () => {
    const file = join(tempDir(), 'store.sqlite');
    writeFileSync(file, 'this is no database, but somebody may want it '.repeat(500));
    const before = statSync(file).size;
    expect(() => openSqliteStore(file, { check: true })).toThrow(/damaged or is no database/);
    expect(statSync(file).size).toBe(before);
  });

  it('is found by its check when only a page of it is bad', async () => {
    const file = join(tempDir(), 'store.sqlite');
    const store = openSqliteStore(file);
    const alerts = Array.from({ length: 500 }, (_unused, index) =>
      alertOf({ alertname: 'Down', service: `s${index}` }, START),
    );
    await store.accept([{ alerts, receivedAt: START }]);
    await store.close();
    damage(file, 5);
    expect(() => openSqliteStore(file, { check: true })).toThrow(/damaged/);
  });

  it('never ends the server: senders come again, or what they were told is true', async () => {
    const daemon = await startDaemon();
    for (const service of ['a', 'b']) expect((await send(daemon, service)).status).toBe(200);
    await daemon.daemon.idle();
    const size = statSync(daemon.storePath).size;
    const file = openSync(daemon.storePath, 'r+');
    writeSync(file, Buffer.alloc(size, 0x5a), 0, size, 0);
    closeSync(file);
    for (let round = 0; round < 5; round++) {
      const answer = await send(daemon, `after-${round}`);
      if (answer.status !== 200) expectLater(answer);
    }
    expect((await daemon.call('/health')).status).toBe(200);
  });
});

/** Overwrites pages from `first` on with noise. */
function damage(file: string, first: number): void {
  const handle = openSync(file, 'r+');
  const page = 4096;
  const size = statSync(file).size;
  for (let at = first * page; at < size; at += 3 * page) {
    writeSync(handle, Buffer.alloc(page, 0xa5), 0, page, at);
  }
  closeSync(handle);
}

describe('a clock that jumps', () => {
  it.each([-3_600_000, -400 * 86_400_000, 7 * 86_400_000])(
    'by %i ms delays nothing for long and loses nothing',
    async (jump) => {
      const clock = { offset: 0 };
      const now = (): number => Date.now() + clock.offset;
      const daemon = await startDaemon({
        parts: { clock: { now, monotonic: () => performance.now() } },
        settings: { work: { settleMs: 50 } },
      });
      expect((await send(daemon, 'before')).status).toBe(200);
      clock.offset = jump;
      expect((await send(daemon, 'after')).status).toBe(200);
      const isDone = async (): Promise<boolean> => {
        const depth = await daemon.store.jobDepth(now());
        return (
          depth.waiting + depth.running === 0 && (await daemon.store.inboxDepth()).alerts === 0
        );
      };
      await waitUntil('both are investigated', isDone, 10_000);
      expect(await services(daemon)).toEqual(['after', 'before']);
      const { json } = await daemon.call('/incidents');
      for (const { verdict } of (json as { incidents: { verdict: unknown }[] }).incidents) {
        expect(verdict).not.toBeNull();
      }
    },
  );
});
