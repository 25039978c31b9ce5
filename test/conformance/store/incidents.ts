import { expect, it } from 'vitest';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import { alertOf } from '../../helpers/alerts.ts';
import {
  CORRELATOR,
  down,
  incident,
  MINUTE,
  NOW,
  open,
  SECOND,
  type StoreFactory,
  take,
} from './contract.ts';

export function incidentCases(factory: StoreFactory): void {
  it('keeps accepted alerts until they are sorted, over a reopening', async () => {
    const storage = factory({});
    const first = await storage.open();
    await first.accept([
      { alerts: [alertOf(down('mailer'), NOW)], receivedAt: NOW },
      { alerts: [alertOf(down('cart'), NOW), alertOf(down('shop'), NOW)], receivedAt: NOW + 1 },
    ]);
    await first.close();
    const store = await open(storage);
    expect(await store.inboxDepth()).toEqual({ alerts: 3, oldest: NOW });
    const outcome = await store.correlate({
      correlator: CORRELATOR,
      now: NOW + 1,
      limit: 1000,
      settleMs: 0,
      debounceMs: 0,
    });
    expect(outcome).toMatchObject({ taken: 3, started: 3, opened: 2, refused: [] });
    expect(await store.inboxDepth()).toEqual({ alerts: 0, oldest: null });
  });

  it('sorts at most about as many alerts as asked for, oldest first', async () => {
    const store = await open(factory({}));
    const alerts = Array.from({ length: 250 }, (_unused, index) =>
      alertOf(down('mailer', { instance: String(index) }), NOW),
    );
    await store.accept([{ alerts, receivedAt: NOW }]);
    const options = { correlator: CORRELATOR, now: NOW, limit: 100, settleMs: 0, debounceMs: 0 };
    const taken: number[] = [];
    for (let turn = 0; turn < 4; turn++) taken.push((await store.correlate(options)).taken);
    expect(taken.reduce((sum, next) => sum + next)).toBe(250);
    expect(Math.max(...taken)).toBeLessThanOrEqual(100);
  });

  it('keeps an alert once, however often it comes', async () => {
    const store = await open(factory({}));
    const alert = alertOf(down('mailer'), NOW);
    await take(store, [alert, alert]);
    await take(store, [alert], NOW + MINUTE);
    const [summary] = await store.listIncidents({ limit: 10 });
    expect(summary?.alerts).toEqual({ firing: 1, total: 1 });
    const view = await store.readIncident(summary?.id ?? '');
    expect(view?.incident.timeline.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/delivered again \(firing\) \(2 times/),
    );
  });

  it('shows everything about an incident, by id or the beginning of it', async () => {
    const store = await open(factory({}));
    const id = await incident(store, 'mailer');
    const view = await store.readIncident(id.slice(0, 9));
    expect(view?.summary).toMatchObject({
      id,
      title: 'ServiceDown on mailer',
      status: 'open',
      severity: 'critical',
      services: ['mailer'],
      detectedAt: '2026-03-01T10:00:00Z',
      verdict: null,
    });
    expect(view?.incident.alerts).toHaveLength(1);
    expect(view?.job).toMatchObject({ state: 'queued', runs: 0 });
    expect(await store.readIncident('inc-')).toBeNull();
    expect(await store.readIncident("' OR 1=1 --")).toBeNull();
  });

  it('shows alerts without their secrets', async () => {
    const redactAlert = <T extends { annotations: Record<string, string> }>(alert: T): T => ({
      ...alert,
      annotations: { summary: '[redacted]' },
    });
    const store = await open(factory({ redactAlert }));
    const secret = alertOf(down('mailer'), NOW, { annotations: { summary: 'password=hunter2' } });
    await take(store, [secret]);
    const [summary] = await store.listIncidents({ limit: 1 });
    expect(JSON.stringify(await store.readIncident(summary?.id ?? ''))).not.toContain('hunter2');
  });

  it('lists newest first, by service, open ones, and what changed after a revision', async () => {
    const store = await open(factory({}));
    const mailer = await incident(store, 'mailer', NOW);
    const cart = await incident(store, 'cart', NOW + MINUTE);
    const ids = async (filter: object) =>
      (await store.listIncidents({ limit: 10, ...filter })).map(({ id }) => id);
    expect(await ids({})).toEqual([cart, mailer]);
    expect(await ids({ service: 'mailer' })).toEqual([mailer]);
    const before = await store.revision();
    await store.act(mailer, { kind: 'resolve', by: 'ann', at: NOW + 2 * MINUTE });
    expect(await ids({ open: true })).toEqual([cart]);
    expect(await ids({ sinceRevision: before })).toEqual([mailer]);
    expect(await store.countOpen()).toEqual({ critical: 1 });
  });

  it('follows an incident that became a part of another one', async () => {
    const store = await open(factory({}));
    const correlator = CORRELATOR;
    expect(correlator.related('cart')).toContain('shop');
    // Apart in time at first; then an alert that is near both.
    await take(store, [alertOf(down('shop'), NOW - 8 * MINUTE)], NOW);
    await take(store, [alertOf(down('cart'), NOW)], NOW);
    const [one, other] = await store.listIncidents({ limit: 10 });
    await take(
      store,
      [alertOf({ alertname: 'Slow', service: 'shop' }, NOW - 4 * MINUTE)],
      NOW + SECOND,
    );
    const left = await store.listIncidents({ limit: 10 });
    expect(left).toHaveLength(1);
    const gone = [one, other].find((was) => was?.id !== left[0]?.id);
    const view = await store.readIncident(gone?.id ?? '');
    expect(view?.summary.id).toBe(left[0]?.id);
    expect(view?.incident.alerts).toHaveLength(3);
    expect(view?.incident.timeline.map(({ what }) => what)).toContainEqual(
      expect.stringContaining(`took in ${gone?.id}`),
    );
  });

  it('acts for people, once each', async () => {
    const store = await open(factory({}));
    const id = await incident(store, 'mailer');
    const first = await store.act(id, { kind: 'acknowledge', by: 'ann', at: NOW + SECOND });
    const again = await store.act(id, { kind: 'acknowledge', by: 'bob', at: NOW + MINUTE });
    expect(first).toMatchObject({ acknowledgedBy: 'ann', acknowledgedAt: '2026-03-01T10:00:01Z' });
    expect(again).toEqual(first);
    await store.act(id, { kind: 'note', by: 'ann', note: 'rolled back', at: NOW + MINUTE });
    await store.act(id, { kind: 'mitigate', by: 'ann', at: NOW + MINUTE });
    await store.act(id, { kind: 'resolve', by: 'ann', at: NOW + 2 * MINUTE });
    const view = await store.readIncident(id);
    expect(view?.summary).toMatchObject({ status: 'resolved', resolvedAt: '2026-03-01T10:02:00Z' });
    expect(view?.incident.timeline.map(({ what }) => what)).toEqual([
      'ServiceDown fires',
      'opened by ServiceDown on mailer',
      'acknowledged by ann',
      'ann: rolled back',
      'mitigated by ann',
      'resolved by ann',
    ]);
    expect(await store.act('inc-0000000000', { kind: 'resolve', by: 'ann', at: NOW })).toBeNull();
  });

  it('forgets who took an incident when it comes back, and keeps it while it lasts', async () => {
    const takers: [string, string | null][] = [];
    const planEffects: EffectPlanner = ({ kind, incident: { acknowledgedBy } }) => {
      takers.push([kind, acknowledgedBy]);
      return [];
    };
    const store = await open(factory({ planEffects }));
    const id = await incident(store, 'mailer');
    await store.act(id, { kind: 'acknowledge', by: 'ann', at: NOW + SECOND });
    await take(store, [alertOf(down('mailer', { pod: 'b' }), NOW + MINUTE)], NOW + MINUTE);
    expect((await store.readIncident(id))?.summary.acknowledgedBy).toBe('ann');
    await store.act(id, { kind: 'resolve', by: 'ann', at: NOW + 2 * MINUTE });
    takers.length = 0;
    await take(store, [alertOf(down('mailer'), NOW + 5 * MINUTE)], NOW + 5 * MINUTE);
    // What is planned then, escalation above all, is planned for an incident that nobody has.
    expect(takers).toContainEqual(['reopened', null]);
    const untaken = { status: 'open', acknowledgedAt: null, acknowledgedBy: null };
    expect((await store.readIncident(id))?.summary).toMatchObject(untaken);
    const again = { kind: 'acknowledge', by: 'bob', at: NOW + 6 * MINUTE } as const;
    expect(await store.act(id, again)).toMatchObject({ acknowledgedBy: 'bob' });
    const said = (await store.readIncident(id))?.incident.timeline.map(({ what }) => what);
    expect(said).toEqual(expect.arrayContaining(['acknowledged by ann', 'acknowledged by bob']));
  });

  it('keeps hostile text as it is', async () => {
    const store = await open(factory({}));
    const labels = { alertname: '\u0000\ud800"; DROP TABLE incident; --', service: "o'hara\u0000" };
    await take(store, [alertOf(labels, NOW)]);
    await take(store, [alertOf(labels, NOW)], NOW + SECOND);
    const [summary] = await store.listIncidents({ limit: 1 });
    expect(summary?.alerts).toEqual({ firing: 1, total: 1 });
    const view = await store.readIncident(summary?.id ?? '');
    expect(view?.incident.alerts[0]?.labels).toEqual(labels);
  });

  it('sets alerts aside that cannot be sorted, and goes on with the others', async () => {
    const store = await open(factory({}));
    const correlator = {
      ...CORRELATOR,
      serviceOf: (alert: Parameters<typeof CORRELATOR.serviceOf>[0]) => {
        if (alert.labels.service === 'poison') throw new Error('poison');
        return CORRELATOR.serviceOf(alert);
      },
    };
    for (const service of ['mailer', 'poison', 'cart']) {
      await store.accept([{ alerts: [alertOf(down(service), NOW)], receivedAt: NOW }]);
    }
    const refused: string[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const options = { correlator, now: NOW, limit: 100, settleMs: 0, debounceMs: 0 };
      refused.push(...(await store.correlate(options)).refused);
    }
    expect(refused).toEqual(['poison']);
    const services = (await store.listIncidents({ limit: 10 })).map(({ service }) => service);
    expect(services.sort()).toEqual(['cart', 'mailer']);
    expect((await store.inboxDepth()).alerts).toBe(0);
  });
}
