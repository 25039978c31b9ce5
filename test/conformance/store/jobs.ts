import { expect, it } from 'vitest';
import type { Store } from '#src/store/contract.ts';
import { alertOf } from '../../helpers/alerts.ts';
import { resultOf } from '../../helpers/results.ts';
import {
  CLAIM,
  down,
  incident,
  MINUTE,
  NOW,
  open,
  planOne,
  SECOND,
  type StoreFactory,
  take,
  WORKER,
} from './contract.ts';

export function jobCases(factory: StoreFactory): void {
  const claim = (store: Store, now = NOW) => store.claimJob({ ...CLAIM, now });

  it('gives a job to one worker and keeps its result with all that follows', async () => {
    const store = await open(factory({ planEffects: planOne }));
    const id = await incident(store, 'mailer');
    const job = await claim(store);
    expect(job).toMatchObject({ incidentId: id, service: 'mailer', attempt: 1, moreAlerts: 0 });
    expect(await claim(store)).toBeNull();
    expect((await store.readIncident(id))?.summary.status).toBe('investigating');
    const isKept = await store.completeJob(job!, resultOf('other-id', 'mailer'), NOW + SECOND, 0);
    expect(isKept).toBe(true);
    const view = await store.readIncident(id);
    expect(view?.summary.verdict).toMatchObject({ verdict: 'likely', category: 'code' });
    expect(view?.summary.severity).toBe('high');
    expect(view?.result?.incident.id).toBe(id);
    expect(view?.job).toMatchObject({ state: 'done', runs: 1 });
    expect(view?.effects.map(({ key }) => key.split(':')[1])).toEqual(['opened', 'investigated']);
  });

  it('waits until the incident has settled', async () => {
    const store = await open(factory({}));
    await store.accept([{ alerts: [alertOf(down('mailer'), NOW)], receivedAt: NOW }]);
    const { CORRELATOR: correlator } = await import('./contract.ts');
    await store.correlate({ correlator, now: NOW, limit: 10, settleMs: 5000, debounceMs: 0 });
    expect(await claim(store, NOW + 4999)).toBeNull();
    expect(await store.jobDepth(NOW)).toMatchObject({
      waiting: 1,
      oldest: null,
      nextAt: NOW + 5000,
    });
    expect(await claim(store, NOW + 5000)).not.toBeNull();
  });

  it('gives a job anew when its lease is over, and refuses the late result', async () => {
    const store = await open(factory({}));
    await incident(store, 'mailer');
    const late = await claim(store);
    expect(await claim(store, NOW + 30 * SECOND)).toBeNull();
    const second = await claim(store, NOW + 30 * SECOND + 1);
    expect(second?.attempt).toBe(2);
    expect(await store.completeJob(late!, resultOf('x', 'mailer'), NOW, 0)).toBe(false);
    expect(await store.failJob(late!, { at: NOW, error: 'late', retryAt: null })).toBe(false);
    expect(await store.completeJob(second!, resultOf('x', 'mailer'), NOW, 0)).toBe(true);
    expect(await store.completeJob(second!, resultOf('x', 'mailer'), NOW, 0)).toBe(false);
  });

  it('prolongs leases, and tells which are lost', async () => {
    const store = await open(factory({}));
    await incident(store, 'mailer');
    const job = await claim(store);
    const until = NOW + 60 * SECOND;
    expect(await store.heartbeat([job!.lease, 'unknown'], until)).toEqual(['unknown']);
    expect(await claim(store, NOW + 31 * SECOND)).toBeNull();
    expect(await claim(store, until + 1)).not.toBeNull();
    expect(await store.heartbeat([job!.lease], until)).toEqual([job!.lease]);
  });

  it('is not held up by leases that a clock left in the future', async () => {
    const store = await open(factory({}));
    await incident(store, 'mailer');
    await claim(store, NOW + 3 * 3_600_000);
    expect(await claim(store, NOW)).not.toBeNull();
  });

  it('hands the work of earlier holders of a role over', async () => {
    const store = await open(factory({}));
    await incident(store, 'mailer');
    await claim(store);
    expect(await store.takeOver(WORKER)).toBe(0);
    expect(await store.takeOver({ role: 'watch', token: 'watch-1' })).toBe(0);
    const next = { role: 'listen', token: 'listen-2' };
    expect(await store.takeOver(next)).toBe(1);
    expect(await store.claimJob({ ...CLAIM, worker: next, now: NOW })).not.toBeNull();
  });

  it('tries again at the time it is told, and ends among the dead letters', async () => {
    const store = await open(factory({ planEffects: planOne }));
    const id = await incident(store, 'mailer');
    const first = await claim(store);
    await store.failJob(first!, { at: NOW, error: 'broken', retryAt: NOW + MINUTE });
    expect(await claim(store, NOW + MINUTE - 1)).toBeNull();
    const second = await claim(store, NOW + MINUTE);
    expect(second?.attempt).toBe(2);
    await store.failJob(second!, { at: NOW, error: 'broken for good', retryAt: null });
    expect(await claim(store, NOW + 3_600_000)).toBeNull();
    expect((await store.listIncidents({ limit: 10, failed: true })).map((one) => one.id)).toEqual([
      id,
    ]);
    const view = await store.readIncident(id);
    expect(view?.job).toMatchObject({ state: 'dead', lastError: 'broken for good' });
    expect(view?.effects.map(({ key }) => key.split(':')[1])).toContain('investigation-failed');
    expect(await store.retryJob(id, NOW + 2 * MINUTE)).toBe(true);
    expect(await claim(store, NOW + 2 * MINUTE)).toMatchObject({ incidentId: id, attempt: 1 });
    expect(await store.retryJob('inc-0000000000', NOW)).toBe(false);
  });

  it('gives up what ends its process again and again', async () => {
    const store = await open(factory({}));
    const id = await incident(store, 'mailer');
    for (let crash = 0; crash < 6; crash++) {
      expect(await claim(store)).not.toBeNull();
      await store.takeOver({ role: 'listen', token: `listen-after-${crash}` });
    }
    expect(await claim(store)).toBeNull();
    expect((await store.readIncident(id))?.job?.state).toBe('dead');
  });

  it('gives a job back as if it had not been taken', async () => {
    const store = await open(factory({}));
    await incident(store, 'mailer');
    const job = await claim(store);
    await store.releaseJob(job!);
    expect(await claim(store)).toMatchObject({ attempt: 1 });
  });

  it('runs once more for all alerts that came meanwhile, after a pause', async () => {
    const store = await open(factory({}));
    const id = await incident(store, 'mailer');
    const job = await claim(store);
    for (const alertname of ['Slow', 'Errors', 'Full']) {
      await take(store, [alertOf({ alertname, service: 'mailer' }, NOW)], NOW + SECOND);
    }
    expect(await claim(store, NOW + 2 * SECOND)).toBeNull();
    await store.completeJob(job!, resultOf('x', 'mailer'), NOW + 5 * SECOND, MINUTE);
    expect(await claim(store, NOW + 6 * SECOND)).toBeNull();
    const next = await claim(store, NOW + 65 * SECOND);
    expect(next?.alerts).toHaveLength(4);
    await store.completeJob(next!, resultOf('x', 'mailer'), NOW + 66 * SECOND, MINUTE);
    expect(await claim(store, NOW + 3_600_000)).toBeNull();
    expect((await store.readIncident(id))?.job).toMatchObject({ state: 'done', runs: 2 });
  });

  it('takes critical ones first, but nothing waits for ever', async () => {
    const store = await open(factory({}));
    await take(store, [alertOf({ alertname: 'Odd', service: 'cart', severity: 'info' }, NOW)], NOW);
    const later = NOW + 20 * MINUTE;
    await take(
      store,
      [alertOf({ alertname: 'Bad', service: 'mailer', severity: 'critical' }, later)],
      later,
    );
    expect((await claim(store, later))?.service).toBe('mailer');
    const muchLater = NOW + 31 * MINUTE;
    await take(
      store,
      [alertOf({ alertname: 'Bad', service: 'far', severity: 'critical' }, muchLater)],
      muchLater,
    );
    expect((await claim(store, muchLater))?.service).toBe('cart');
  });

  it('lets no service starve another one', async () => {
    const store = await open(factory({}));
    // A service that opens incident after incident, and one with a single one.
    for (let turn = 0; turn < 6; turn++) {
      const at = NOW - (7 - turn) * 60 * MINUTE;
      await take(
        store,
        [alertOf({ alertname: `R${turn}`, service: 'loud', severity: 'page' }, at)],
        NOW,
      );
    }
    await take(
      store,
      [alertOf({ alertname: 'R', service: 'quiet', severity: 'page' }, NOW)],
      NOW + SECOND,
    );
    const order: string[] = [];
    for (let turn = 0; turn < 3; turn++)
      order.push((await claim(store, NOW + MINUTE))?.service ?? '');
    expect(order).toEqual(['loud', 'quiet', 'loud']);
  });

  it('stops waiting for what a person has resolved', async () => {
    const store = await open(factory({}));
    const id = await incident(store, 'mailer');
    await store.act(id, { kind: 'resolve', by: 'ann', at: NOW });
    expect(await claim(store)).toBeNull();
  });

  it('closes an analysis that was asked for with its answer', async () => {
    const store = await open(factory({}));
    const analysis = { logPaths: ['/var/log/mailer.log'] };
    await store.accept([{ alerts: [alertOf(down('mailer'), NOW)], receivedAt: NOW, analysis }]);
    await take(store, [], NOW);
    const job = await claim(store);
    expect(job?.analysis).toEqual(analysis);
    await store.completeJob(job!, resultOf('x', 'mailer'), NOW + SECOND, 0);
    expect((await store.readIncident(job!.incidentId))?.summary).toMatchObject({
      status: 'resolved',
      alerts: { firing: 0, total: 1 },
    });
  });
}
