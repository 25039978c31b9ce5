import { expect, it } from 'vitest';
import type { Result } from '#src/domain/result.ts';
import { alertOf } from '../../helpers/alerts.ts';
import { resultOf } from '../../helpers/results.ts';
import { CLAIM, incident, MINUTE, NOW, open, SECOND, type StoreFactory, take } from './contract.ts';

const DAY = 86_400_000;
const LIMITS = {
  now: NOW,
  beforeAt: NOW - DAY,
  maxIncidents: 100,
  quietMs: 30 * MINUTE,
  staleMs: DAY,
};

const withTemplate = (result: Result, template: string): Result => ({
  ...result,
  evidence: [
    {
      id: 'L1',
      kind: 'log',
      source: 'loki',
      query: '',
      window: { start: '', end: '' },
      service: null,
      summary: '',
      data: { type: 'records', template, count: 3, records: [] },
    },
  ],
});

export function memoryCases(factory: StoreFactory): void {
  it('keeps a change once and finds it by service and time', async () => {
    const store = await open(factory({}));
    const deploy = {
      kind: 'deploy' as const,
      timestamp: '2026-03-01T09:00:00Z',
      service: 'mailer',
      commit: 'abc',
    };
    const note = {
      kind: 'note' as const,
      timestamp: '2026-03-01T09:30:00Z',
      source: 'change',
      title: 'moved the database',
    };
    expect(await store.addChange(deploy)).toBe(true);
    expect(await store.addChange(deploy)).toBe(false);
    expect(await store.addChange(note)).toBe(true);
    const span = { start: NOW - DAY, end: NOW };
    expect(await store.listChanges(['mailer'], span)).toEqual([deploy, note]);
    expect(await store.listChanges(['cart'], span)).toEqual([note]);
    expect(await store.listChanges(['mailer'], { start: NOW, end: NOW + 1 })).toEqual([]);
  });

  it('finds past incidents that were like this one, with their cause', async () => {
    const store = await open(factory({}));
    const past = await incident(store, 'mailer', NOW - 2 * DAY);
    const job = await store.claimJob({ ...CLAIM, now: NOW });
    const result = withTemplate(resultOf('x', 'mailer'), 'queue <*> is full');
    await store.completeJob(job!, result, NOW - 2 * DAY, 0);
    const alerts = [alertOf({ alertname: 'ServiceDown', service: 'mailer' }, NOW)];
    const query = { service: 'mailer', alerts, limit: 5 };
    expect(await store.similarPast(query)).toEqual([]);
    await store.act(past, { kind: 'resolve', by: 'ann', at: NOW - DAY });
    expect(await store.similarPast(query)).toMatchObject([
      { id: past, service: 'mailer', remediation: 'rollback', templates: ['queue <*> is full'] },
    ]);
    const other = [alertOf({ alertname: 'Odd', service: 'cart' }, NOW)];
    expect(await store.similarPast({ service: 'cart', alerts: other, limit: 5 })).toEqual([]);
  });

  it('shows what an incident has in common with others', async () => {
    const store = await open(factory({}));
    for (const [service, at] of [
      ['mailer', NOW - 2 * DAY],
      ['cart', NOW - DAY],
    ] as const) {
      await incident(store, service, at);
      const job = await store.claimJob({ ...CLAIM, now: NOW });
      const result = withTemplate(resultOf('x', service), 'connection to <*> refused');
      await store.completeJob(job!, result, at, 0);
    }
    const [cart, mailer] = await store.listIncidents({ limit: 2 });
    const view = await store.readIncident(cart?.id ?? '');
    expect(view?.similar).toMatchObject([
      { id: mailer?.id, why: expect.arrayContaining(['same log message', 'same alert']) },
    ]);
  });

  it('removes what is old and settled, and keeps the rest', async () => {
    const store = await open(factory({}));
    const old = await incident(store, 'mailer', NOW - 3 * DAY);
    const fresh = await incident(store, 'cart', NOW - MINUTE);
    await store.act(old, { kind: 'resolve', by: 'ann', at: NOW - 2 * DAY });
    expect(await store.tidy({ ...LIMITS, staleMs: 10 * DAY })).toMatchObject({ removed: 1 });
    expect((await store.listIncidents({ limit: 10 })).map(({ id }) => id)).toEqual([fresh]);
    expect(await store.readIncident(old)).toBeNull();
  });

  it('keeps no more ended incidents than it may', async () => {
    const store = await open(factory({}));
    for (let index = 0; index < 6; index++) {
      const id = await incident(store, `service-${index}`, NOW - index * SECOND);
      if (index > 0) await store.act(id, { kind: 'resolve', by: 'ann', at: NOW - index * SECOND });
    }
    await store.tidy({ ...LIMITS, maxIncidents: 3 });
    const left = await store.listIncidents({ limit: 10 });
    expect(left.map(({ service }) => service)).toEqual(['service-0', 'service-1', 'service-2']);
  });

  it('ends what flapped and is quiet, and alerts that nobody tells of any more', async () => {
    const store = await open(factory({}));
    const labels = { alertname: 'Flaps', service: 'mailer' };
    for (let turn = 0; turn < 5; turn++) {
      const at = NOW + turn * MINUTE;
      await take(store, [alertOf(labels, at)], at);
      await take(store, [alertOf(labels, at, { endsAt: at + SECOND })], at + SECOND);
    }
    const [flapping] = await store.listIncidents({ limit: 1 });
    expect(flapping).toMatchObject({ status: 'mitigated', isFlapping: true });
    const stale = await incident(store, 'cart', NOW);
    await store.tidy({ ...LIMITS, now: NOW + 20 * MINUTE });
    expect((await store.readIncident(flapping!.id))?.summary.status).toBe('mitigated');
    await store.tidy({ ...LIMITS, now: NOW + 60 * MINUTE });
    expect((await store.readIncident(flapping!.id))?.summary).toMatchObject({
      status: 'resolved',
      isFlapping: false,
    });
    expect((await store.readIncident(stale))?.summary.status).toBe('open');
    await store.tidy({ ...LIMITS, now: NOW + 2 * DAY });
    expect((await store.readIncident(stale))?.summary).toMatchObject({
      status: 'resolved',
      alerts: { firing: 0, total: 1 },
    });
  });

  it('lets what waits wait as long as meant after the clock went back', async () => {
    const store = await open(factory({}));
    await incident(store, 'mailer', NOW);
    const job = await store.claimJob({ ...CLAIM, now: NOW });
    const later = NOW + 10 * 3_600_000;
    await store.failJob(job!, { at: later, error: 'x', retryAt: later + MINUTE });
    await store.tidy({ ...LIMITS, now: NOW });
    expect(await store.claimJob({ ...CLAIM, now: NOW })).toBeNull();
    expect(await store.claimJob({ ...CLAIM, now: NOW + MINUTE })).not.toBeNull();
  });

  it('remembers files, rules and a bounded number of scrapes', async () => {
    const store = await open(factory({}));
    const position = { path: '/a', device: 1, inode: 2 ** 60, offset: 5, head: 'ff' };
    await store.saveWatch([position], '{"a":1}');
    await store.saveWatch([{ ...position, offset: 9 }], '{"a":2}');
    expect(await store.readPositions()).toEqual([{ ...position, offset: 9 }]);
    expect(await store.readRules()).toBe('{"a":2}');
    for (let index = 0; index < 5; index++) {
      await store.addScrape('mailer', { at: NOW + index, page: `up ${index}` }, 3);
    }
    const scrapes = await store.listScrapes('mailer', { start: NOW, end: NOW + 10 });
    expect(scrapes.map(({ page }) => page)).toEqual(['up 2', 'up 3', 'up 4']);
    expect(await store.listScrapes('cart', { start: NOW, end: NOW + 10 })).toEqual([]);
  });
}
