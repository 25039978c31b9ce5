import { describe, expect, it } from 'vitest';
import { backoffMs } from '#src/daemon/backoff.ts';
import { IntakeGate } from '#src/daemon/intake-gate.ts';
import { createDaemonMetrics } from '#src/daemon/metrics.ts';
import { UpstreamError, UsageError } from '#src/domain/errors.ts';
import type { EffectPlanner, SideEffect } from '#src/domain/side-effect.ts';
import { systemClock } from '#src/platform/clock.ts';
import { pause } from '#src/platform/pause.ts';
import type { AcceptedAlerts } from '#src/store/contract.ts';
import { StoreError } from '#src/store/store-error.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { resultOf } from '../helpers/results.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startDaemon } from './start.ts';

const payload = (service: string, alertname = 'Down', severity = 'critical') =>
  payloadOf([alertOf({ alertname, service, severity }, Date.now() - 1000)]);
const notifyAll: EffectPlanner = ({ kind, incident }) => [
  {
    key: `${incident.id}:${kind}:${incident.revision}`,
    kind: 'notify',
    target: 'chat',
    lane: incident.id,
    payload: { kind },
  },
];

describe('investigations', () => {
  it('are tried again after a failure and keep the answer of the attempt that worked', async () => {
    let attempts = 0;
    const { call, daemon, store } = await startDaemon({
      parts: {
        random: () => 0.5,
        investigate: async ({ incidentId, service }) => {
          attempts++;
          if (attempts < 3) throw new Error('prometheus hiccup');
          return resultOf(incidentId, service);
        },
      },
    });
    await call('/alerts', { json: payload('mailer') });
    await waitUntil('there is a result', async () => {
      const [incident] = await store.listIncidents({ limit: 1 });
      return incident?.verdict !== null && incident !== undefined;
    });
    await daemon.idle();
    expect(attempts).toBe(3);
  });

  it('are given up at once when another attempt cannot help, and after the last attempt', async () => {
    const attempts: Record<string, number> = {};
    const { call, store } = await startDaemon({
      parts: {
        random: () => 0,
        investigate: async ({ service }) => {
          attempts[service] = (attempts[service] ?? 0) + 1;
          if (service === 'mailer') throw new UsageError('unknown service');
          throw new Error('always');
        },
      },
    });
    await call('/alerts', { json: payload('mailer') });
    await call('/alerts', { json: payload('cart') });
    await waitUntil('both are given up', async () => (await store.jobDepth(Date.now())).dead === 2);
    expect(attempts).toEqual({ mailer: 1, cart: 5 });
    expect(await store.listIncidents({ failed: true, limit: 9 })).toHaveLength(2);
  });

  it('end with their budget, even those that do not heed it', async () => {
    const { call, store } = await startDaemon({
      settings: { work: { budgetMs: 50, maxAttempts: 1 } },
      parts: { investigate: () => new Promise(() => {}) },
    });
    await call('/alerts', { json: payload('mailer') });
    await waitUntil('it is given up', async () => (await store.jobDepth(Date.now())).dead === 1);
    const [incident] = await store.listIncidents({ limit: 1 });
    expect((await store.readIncident(incident?.id ?? ''))?.job?.lastError).toMatch(
      /not done within/,
    );
  });

  it('run a bounded number at a time', async () => {
    let running = 0;
    let most = 0;
    const { call, daemon } = await startDaemon({
      settings: { work: { concurrency: 3 } },
      parts: {
        investigate: async ({ incidentId, service }) => {
          most = Math.max(most, ++running);
          // However slowly they come: as many as may run at a time do, and no more follow.
          await waitUntil('three run', () => most >= 3, 15_000);
          await pause(100);
          running--;
          return resultOf(incidentId, service);
        },
      },
    });
    for (let index = 0; index < 6; index++)
      await call('/alerts', { json: payload(`service-${index}`) });
    await daemon.idle();
    expect(most).toBe(3);
  });

  it('finish within the limit when the daemon is told to stop', async () => {
    const { call, daemon, store } = await startDaemon({
      parts: {
        investigate: async ({ incidentId, service }) => {
          await pause(200);
          return resultOf(incidentId, service);
        },
      },
    });
    await call('/alerts', { json: payload('mailer') });
    await waitUntil('it runs', async () => (await store.jobDepth(Date.now())).running === 1);
    await daemon.stop();
    const [incident] = await store.listIncidents({ limit: 1 });
    expect(incident?.verdict?.verdict).toBe('likely');
  });

  it('break off when their lease is lost, and their result is not kept', async () => {
    let isAborted = false;
    const { call, store } = await startDaemon({
      settings: { work: { leaseMs: 300, maxAttempts: 1 } },
      parts: {
        investigate: (_request, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              isAborted = true;
              reject(signal.reason);
            });
          }),
      },
    });
    await call('/alerts', { json: payload('mailer') });
    await waitUntil('it runs', async () => (await store.jobDepth(Date.now())).running === 1);
    expect(await store.takeOver({ role: 'listen', token: 'a-thief' })).toBe(1);
    await waitUntil('it breaks off', () => isAborted);
  });
});

describe('side effects', () => {
  const collect = (sent: SideEffect[], fail: (effect: SideEffect) => unknown = () => null) => ({
    send: async (effect: SideEffect) => {
      sent.push(effect);
      const error = fail(effect);
      if (error) throw error;
      return { receipt: `receipt-${effect.id}` };
    },
  });

  it('are sent in the order of their lane, each once', async () => {
    const sent: SideEffect[] = [];
    const { call, daemon } = await startDaemon({
      planEffects: notifyAll,
      parts: { sender: collect(sent) },
    });
    await call('/alerts', { json: payload('mailer') });
    await daemon.idle();
    expect(sent.map(({ payload: what }) => what)).toEqual([
      { kind: 'opened' },
      { kind: 'investigated' },
    ]);
    expect(sent[1]?.earlier).toMatchObject([{ receipt: `receipt-${sent[0]?.id}` }]);
  });

  it('are sent again under the same key after a passing failure, and given up after a final one', async () => {
    const sent: SideEffect[] = [];
    const { call, store } = await startDaemon({
      planEffects: notifyAll,
      parts: {
        random: () => 0,
        sender: collect(sent, ({ payload: what, attempt }) => {
          if ((what as { kind: string }).kind === 'investigated')
            return new UpstreamError('no such channel');
          return attempt < 3 ? new UpstreamError('503', { isRetryable: true }) : null;
        }),
      },
    });
    await call('/alerts', { json: payload('mailer') });
    await waitUntil('one is given up', async () => (await store.listDeadEffects(9)).length === 1);
    const opened = sent.filter(({ payload: what }) => (what as { kind: string }).kind === 'opened');
    expect(new Set(opened.map(({ key }) => key)).size).toBe(1);
    expect(opened.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(sent).toHaveLength(4);
  });

  it('end with their time limit', async () => {
    const { call, store } = await startDaemon({
      planEffects: notifyAll,
      settings: { work: { sendTimeoutMs: 30, maxSendAttempts: 1, concurrency: 0 } },
      parts: { sender: { send: () => new Promise(() => {}) } },
    });
    await call('/alerts', { json: payload('mailer') });
    await waitUntil('it is given up', async () => (await store.listDeadEffects(9)).length === 1);
  });
});

describe('waiting after a failure', () => {
  it('grows with each attempt up to a limit, by chance over the whole length', () => {
    const longest = (attempt: number) =>
      backoffMs(attempt, { baseMs: 100, mostMs: 5000, random: () => 1 });
    expect([1, 2, 3, 10, 1000].map(longest)).toEqual([100, 200, 400, 5000, 5000]);
    expect(backoffMs(3, { baseMs: 100, mostMs: 5000, random: () => 0 })).toBe(0);
    expect(backoffMs(3, { baseMs: 100, mostMs: 5000, random: () => 0.25 })).toBe(100);
  });
});

describe('the gate', () => {
  const batch = (): AcceptedAlerts => ({ alerts: [alertOf({ a: '1' }, 0)], receivedAt: 0 });
  const gateOf = (accept: (batches: readonly AcceptedAlerts[]) => Promise<void>, most = 100) =>
    new IntakeGate({
      store: { accept, inboxDepth: async () => ({ alerts: 0, oldest: null }) },
      clock: systemClock,
      metrics: createDaemonMetrics('test'),
      groupCommitMs: 5,
      maxQueuedAlerts: most,
      onAccepted: () => {},
    });

  it('makes the alerts of many requests durable together, and answers none before', async () => {
    const groups: number[] = [];
    let isDurable = false;
    const gate = gateOf(async (batches) => {
      groups.push(batches.length);
      await pause(20);
      isDurable = true;
    });
    const answers = Array.from({ length: 40 }, () => gate.accept(batch()).then(() => isDurable));
    expect(await Promise.all(answers)).toEqual(answers.map(() => true));
    expect(groups).toEqual([40]);
  });

  it('waits for another writer and then goes on', async () => {
    let tries = 0;
    const gate = gateOf(async () => {
      if (++tries < 5) throw new StoreError('locked', { trouble: 'busy' });
    });
    await gate.accept(batch());
    expect(tries).toBe(5);
  });

  it('tells all of a group when the store fails, and is empty afterwards', async () => {
    const gate = gateOf(async () => {
      throw new StoreError('disk full', { trouble: 'full' });
    });
    const answers = await Promise.allSettled([gate.accept(batch()), gate.accept(batch())]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(gate.depth).toBe(0);
  });

  it('counts what is being written against the limit', async () => {
    const gate = gateOf(() => pause(50), 2);
    const first = [gate.accept(batch()), gate.accept(batch())];
    await expect(gate.accept(batch())).rejects.toThrow('queue is full');
    await Promise.all(first);
  });
});
