import { expect, it } from 'vitest';
import type { EffectDraft, EffectPlanner } from '#src/domain/side-effect.ts';
import type { Store } from '#src/store/contract.ts';
import {
  incident,
  MINUTE,
  NOW,
  open,
  planOne,
  SECOND,
  type StoreFactory,
  WORKER,
} from './contract.ts';

const draft = (key: string, more: Partial<EffectDraft> = {}): EffectDraft => ({
  key,
  kind: 'notify',
  target: 'chat',
  lane: key,
  payload: { text: key },
  ...more,
});

/** Plans the same effects for whatever opens. */
const onOpen =
  (...drafts: EffectDraft[]): EffectPlanner =>
  (event) =>
    event.kind === 'opened' ? drafts : [];

export function outboxCases(factory: StoreFactory): void {
  const claim = (store: Store, now = NOW, limit = 10) =>
    store.claimEffects({ worker: WORKER, leaseMs: 30 * SECOND, now, limit });

  it('writes each key once, whoever decides it again', async () => {
    const store = await open(factory({ planEffects: onOpen(draft('same')) }));
    await incident(store, 'mailer');
    await incident(store, 'cart');
    const claimed = await claim(store);
    expect(claimed).toMatchObject([{ key: 'same', attempt: 1, payload: { text: 'same' } }]);
    expect(await claim(store)).toEqual([]);
  });

  it('keeps the receipt of what was delivered, for what comes later in its lane', async () => {
    const planEffects: EffectPlanner = (event) => [
      draft(event.kind, { lane: event.incident.id, target: 'pager' }),
    ];
    const store = await open(factory({ planEffects }));
    const id = await incident(store, 'mailer');
    const [opened] = await claim(store);
    await store.act(id, { kind: 'acknowledge', by: 'ann', at: NOW + SECOND });
    // The first of the lane is still under way.
    expect(await claim(store, NOW + SECOND)).toEqual([]);
    expect(await store.completeEffect(opened!, NOW + SECOND, 'page-17')).toBe(true);
    expect(await store.completeEffect(opened!, NOW + SECOND, 'page-17')).toBe(false);
    expect(await claim(store, NOW + SECOND)).toMatchObject([
      { key: 'acknowledged', earlier: [{ key: 'opened', receipt: 'page-17' }] },
    ]);
    expect((await store.readIncident(id))?.effects[0]).toMatchObject({
      state: 'done',
      receipt: 'page-17',
      attempts: 1,
    });
  });

  it('sends again when a lease is over, with the same key and a higher attempt', async () => {
    const store = await open(factory({ planEffects: planOne }));
    await incident(store, 'mailer');
    const [first] = await claim(store);
    const failed = { at: NOW, error: 'refused', retryAt: NOW + MINUTE };
    await store.failEffect(first!, failed);
    expect(await claim(store, NOW + MINUTE - 1)).toEqual([]);
    const [second] = await claim(store, NOW + MINUTE);
    expect(second).toMatchObject({ key: first?.key, attempt: 2 });
    const [third] = await claim(store, NOW + 3 * MINUTE);
    expect(third?.key).toBe(first?.key);
    expect(await store.completeEffect(second!, NOW, null)).toBe(false);
    expect(await store.completeEffect(third!, NOW, null)).toBe(true);
  });

  it('keeps what was given up until somebody tries it again; the lane goes on', async () => {
    const planEffects: EffectPlanner = (event) => [draft(event.kind, { lane: event.incident.id })];
    const store = await open(factory({ planEffects }));
    const id = await incident(store, 'mailer');
    const [first] = await claim(store);
    await store.failEffect(first!, { at: NOW, error: 'no such channel', retryAt: null });
    await store.act(id, { kind: 'acknowledge', by: 'ann', at: NOW });
    expect(await claim(store)).toMatchObject([{ key: 'acknowledged' }]);
    const [dead] = await store.listDeadEffects(10);
    expect(dead).toMatchObject({ key: 'opened', lastError: 'no such channel', incidentId: id });
    expect(await store.retryEffect(dead!.id, NOW)).toBe(true);
    expect(await store.retryEffect(dead!.id, NOW)).toBe(false);
    expect(await store.listDeadEffects(10)).toEqual([]);
  });

  it('waits for the time of an effect, and drops it when it became needless', async () => {
    const later = draft('escalate', { notBefore: NOW + 10 * MINUTE, cancelOn: ['acknowledged'] });
    const store = await open(factory({ planEffects: onOpen(later, draft('now')) }));
    const id = await incident(store, 'mailer');
    expect((await claim(store)).map(({ key }) => key)).toEqual(['now']);
    expect(await store.outboxDepth(NOW)).toMatchObject({ waiting: 1, running: 1, oldest: null });
    await store.act(id, { kind: 'acknowledge', by: 'ann', at: NOW + MINUTE });
    expect(await claim(store, NOW + 20 * SECOND + 10 * MINUTE)).toMatchObject([{ key: 'now' }]);
    const states = (await store.readIncident(id))?.effects.map(({ key, state }) => [key, state]);
    expect(states).toContainEqual(['escalate', 'cancelled']);
  });

  it('lets no slow target take all the places', async () => {
    const drafts = [1, 2, 3, 4].map((number) => draft(`slow-${number}`, { target: 'slow' }));
    const store = await open(factory({ planEffects: onOpen(...drafts, draft('quick')) }));
    await incident(store, 'mailer');
    const keys = (await claim(store, NOW, 2)).map(({ key }) => key);
    expect(keys).toEqual(['slow-1', 'quick']);
  });

  it('decides a request to notify once', async () => {
    const planEffects: EffectPlanner = ({ kind, request, incident: { id } }) =>
      kind === 'notify-requested' ? [draft(id, { payload: request })] : [];
    const store = await open(factory({ planEffects }));
    const request = {
      service: 'mailer',
      alertname: 'Manual',
      summary: 'look',
      analysis: 'it is slow',
    };
    const keys = await store.requestNotification(request, NOW);
    expect(await store.requestNotification(request, NOW + SECOND)).toEqual(keys);
    expect(await claim(store)).toMatchObject([{ payload: request, incidentId: null }]);
  });

  it('takes nothing half: effects come with their cause or not at all', async () => {
    const planEffects: EffectPlanner = (event) => {
      if (event.kind === 'acknowledged') throw new Error('planner broke');
      return [draft(event.kind)];
    };
    const store = await open(factory({ planEffects }));
    const id = await incident(store, 'mailer');
    await expect(store.act(id, { kind: 'acknowledge', by: 'ann', at: NOW })).rejects.toThrow(
      'broke',
    );
    expect((await store.readIncident(id))?.summary.acknowledgedAt).toBeNull();
  });
}
