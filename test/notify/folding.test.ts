import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EffectDraft } from '#src/domain/side-effect.ts';
import type { Store } from '#src/store/contract.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { slackDouble } from '../helpers/slack-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { startNotifying } from './start.ts';

const T0 = 1_800_000_000_000;
const WORKER = { role: 'listen', token: 'w' };

type Asked = { key: string; most: number; at?: number; into?: string };

/** A store whose effects are what a request asks for. */
function storeOf(): { store: Store; ask(asked: Asked): Promise<string[]> } {
  const next: { drafts: EffectDraft[] } = { drafts: [] };
  const store = openSqliteStore(join(tempDir(), 'store.sqlite'), {
    planEffects: () => next.drafts,
  });
  onTestFinished(() => store.close());
  return {
    store,
    ask: ({ key, most, at = T0, into = 'digest' }) => {
      const fold = {
        most,
        withinMs: 60_000,
        into: { key: into, lane: 'digests', notBefore: T0 + 90_000 },
      };
      next.drafts = [{ key, kind: 'notify', target: 'chat', lane: key, payload: { key }, fold }];
      const request = { service: 's', alertname: key, summary: key, analysis: '' };
      return store.requestNotification(request, at);
    },
  };
}
const claim = (store: Store, now: number) =>
  store.claimEffects({ worker: WORKER, leaseMs: 1_000_000, now, limit: 50 });

describe('effects that fold', () => {
  it('stand alone up to the limit, and are one beyond it', async () => {
    const { store, ask } = storeOf();
    for (const key of ['a', 'b', 'c', 'd']) await ask({ key, most: 2 });
    expect((await claim(store, T0)).map(({ key }) => key)).toEqual(['a', 'b']);
    const [digest] = await claim(store, T0 + 90_000);
    expect(digest).toMatchObject({
      key: 'digest',
      payload: {
        folded: [
          { key: 'c', payload: { key: 'c' } },
          { key: 'd', payload: { key: 'd' } },
        ],
        more: 0,
      },
    });
  });

  it('are decided once, also when they were folded', async () => {
    const { store, ask } = storeOf();
    for (const key of ['a', 'b', 'b', 'a', 'b']) await ask({ key, most: 1 });
    await claim(store, T0);
    const [digest] = await claim(store, T0 + 90_000);
    expect(digest?.payload).toMatchObject({ folded: [{ key: 'b' }] });
  });

  it('stand alone again when the time of the limit is over', async () => {
    const { store, ask } = storeOf();
    await ask({ key: 'a', most: 1 });
    await ask({ key: 'b', most: 1 });
    await ask({ key: 'c', most: 1, at: T0 + 61_000 });
    expect((await claim(store, T0 + 61_000)).map(({ key }) => key)).toEqual(['a', 'c']);
  });

  it('do not go into one that is under way already', async () => {
    const { store, ask } = storeOf();
    await ask({ key: 'a', most: 0 });
    await claim(store, T0 + 90_000);
    await ask({ key: 'b', most: 0, at: T0 + 90_001 });
    expect((await claim(store, T0 + 90_001)).map(({ key }) => key)).toEqual(['b']);
  });

  it('keep a hundred and count the rest', async () => {
    const { store, ask } = storeOf();
    for (let n = 0; n < 104; n++) await ask({ key: `k${n}`, most: 0 });
    const [digest] = await claim(store, T0 + 90_000);
    const { folded, more } = digest!.payload as { folded: unknown[]; more: number };
    expect([folded.length, more]).toEqual([100, 4]);
  });
});

describe('a storm', () => {
  it('is a few messages and one digest that names every incident', async () => {
    const slack = await slackDouble();
    const daemon = await startNotifying({
      notify: {
        slack: { webhookUrl: slack.webhookUrl },
        rateLimit: { messages: 3, minutes: 10, digestMinutes: 0.02 },
      },
    });
    const ids = new Set<string>();
    for (let n = 0; n < 8; n++) ids.add(await daemon.fire(`service-${n}`));
    await daemon.settled();
    expect(ids.size).toBe(8);
    const texts = slack.messages.map(({ text }) => text);
    const digests = slack.messages.filter(({ text }) => /^\d+ incidents?, /.test(text));
    expect(texts.length - digests.length).toBe(3);
    expect(digests.length).toBeGreaterThan(0);
    expect(digests.length).toBeLessThan(5);
    const all = JSON.stringify(slack.messages);
    for (const id of ids) expect(all).toContain(id);
  });
});

describe('an escalation', () => {
  it('goes out as the incident stands then, and not when somebody has taken it on', async () => {
    const slack = await slackDouble();
    const daemon = await startNotifying({
      notify: { channels: { lead: { notifier: 'slack', webhookUrl: slack.webhookUrl } } },
      escalation: {
        rules: [
          { name: 'none', channels: ['lead'], events: ['test'] },
          { name: 'lead', channels: ['lead'], unacknowledgedMinutes: 0.02 },
        ],
      },
    });
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect(slack.messages.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Nobody has taken on Down on payments for .+ \(high\)$/),
    ]);
    expect(JSON.stringify(slack.messages[0])).toContain('Likely cause: a change broke payments');
    await daemon.call(`/incidents/${id}/resolve`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(slack.messages[1]?.text).toMatch(/^Resolved after/);

    const other = await daemon.fire('cart');
    await daemon.call(`/incidents/${other}/acknowledge`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(slack.messages).toHaveLength(2);
    expect(await daemon.effects(other)).toContainEqual(
      expect.objectContaining({ state: 'cancelled' }),
    );
  });
});
