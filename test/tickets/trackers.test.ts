import { describe, expect, it } from 'vitest';
import { resultOf } from '../helpers/results.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startNotifying } from '../notify/start.ts';
import { WORLDS } from './worlds.ts';

describe.each(Object.entries(WORLDS))('%s', (_name, makeWorld) => {
  it('keeps one ticket of an incident, from its answer to its end and back', async () => {
    const world = await makeWorld();
    const daemon = await startNotifying(world.config);
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect(world.tickets()).toMatchObject([
      { title: '[high] Down on payments', isOpen: true, notes: [] },
    ]);
    expect(world.tickets()[0]?.text).toContain('a change broke payments');
    await daemon.call(`/incidents/${id}/mitigate`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    await daemon.call(`/incidents/${id}/resolve`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(world.tickets()).toMatchObject([{ isOpen: false }]);
    expect(world.tickets()[0]?.notes).toHaveLength(2);
    const receipts = (await daemon.store.readIncident(id))?.effects.map(({ receipt }) => receipt);
    expect(new Set(receipts).size).toBe(1);
    expect(receipts?.[0]).toMatch(/^(?:#1|OPS-1) https?:\/\/\S+ \S+$/);
  });

  it('makes one ticket although it is busy, breaks, is silent and loses answers', async () => {
    const world = await makeWorld();
    const { faults } = world.double;
    faults.push({ status: 429, headers: { 'retry-after': '0' } }, { status: 502 }, 'hang', 'reset');
    const daemon = await startNotifying(world.config);
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect(world.tickets()).toHaveLength(1);

    // Each request of the next note in turn does its work and loses the answer.
    for (let lost = 0; lost < 3; lost++) {
      for (let n = 0; n < lost; n++) faults.push(null);
      faults.push('lost-answer');
    }
    await daemon.call(`/incidents/${id}/mitigate`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(world.tickets()).toHaveLength(1);
    expect(world.tickets()[0]?.notes).toHaveLength(1);
  });

  it.each([0, 1, 2])('makes one ticket when the answer to request %i is lost', async (lost) => {
    const world = await makeWorld();
    const daemon = await startNotifying(world.config, {
      investigate: async () => {
        // Everything before was answered; the request that makes the ticket is among these.
        for (let n = 0; n < lost; n++) world.double.faults.push(null);
        world.double.faults.push('lost-answer');
      },
    });
    await daemon.fire('payments');
    await daemon.settled();
    expect(world.tickets()).toHaveLength(1);
    expect(world.tickets()[0]?.notes).toEqual([]);
  });

  it('is told another conclusion as a note, and the same one not again', async () => {
    const world = await makeWorld();
    let round = 0;
    const daemon = await startNotifying(world.config, {
      result: (id, service, alerts) => {
        const result = resultOf(id, service, alerts);
        round++;
        if (round === 3) result.rootCause!.category = 'configuration';
        return result;
      },
    });
    const id = await daemon.fire('payments');
    await daemon.settled();
    for (let n = 2; n <= 3; n++) {
      await daemon.store.retryJob(id, Date.now());
      await waitUntil('it was looked at again', () => round === n);
      await daemon.settled();
    }
    expect(world.tickets()).toHaveLength(1);
    expect(world.tickets()[0]?.notes).toHaveLength(1);
  });

  it('makes none for what is not severe enough', async () => {
    const world = await makeWorld();
    const daemon = await startNotifying(world.config, {
      result: (id, service, alerts) => {
        const result = resultOf(id, service, alerts);
        return { ...result, triage: { ...result.triage, severity: 'low' } };
      },
    });
    const id = await daemon.fire('payments', { severity: 'info' });
    await daemon.settled();
    await daemon.call(`/incidents/${id}/resolve`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(world.tickets()).toEqual([]);
  });

  it('gives up at once, with what to do, when the login is wrong', async () => {
    const world = await makeWorld();
    const wrong = JSON.parse(
      JSON.stringify(world.config).replace(
        /github-token-of-a-test|jira-token|lin_api_of_a_test/g,
        'wrong',
      ),
    );
    const daemon = await startNotifying(wrong);
    await daemon.fire('payments');
    await waitUntil('given up', async () => (await daemon.store.outboxDepth(0)).dead === 1);
    expect(daemon.sent).toHaveLength(1);
    expect(world.tickets()).toEqual([]);
  });
});
