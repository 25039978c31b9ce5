import { describe, expect, it } from 'vitest';
import { pagerDutyDouble, ROUTING_KEY } from '../helpers/pagerduty-double.ts';
import { slackDouble } from '../helpers/slack-double.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startNotifying } from './start.ts';

describe('Slack through the outbox', () => {
  it('gets the answer as blocks that keep to the limits', async () => {
    const slack = await slackDouble();
    const daemon = await startNotifying({
      notify: {
        publicUrl: 'https://incidents.shop.test/',
        slack: { webhookUrl: slack.webhookUrl },
      },
    });
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect(slack.messages).toHaveLength(1);
    const [message] = slack.messages;
    expect(message?.text).toBe('HIGH: Down on payments: likely cause: a change broke payments');
    expect(message?.blocks[0]).toMatchObject({ type: 'header' });
    expect(message?.blocks.at(-1)).toMatchObject({
      type: 'actions',
      elements: [{ url: `https://incidents.shop.test/incidents/${id}` }],
    });
    expect(slack.seen.map(({ fault }) => fault)).toEqual([null]);
  });

  it('is asked again after 429, not before it allows it, after 5xx and after silence', async () => {
    const slack = await slackDouble();
    slack.faults.push(
      { status: 429, headers: { 'retry-after': '1' }, body: 'rate_limited' },
      { status: 503 },
      'hang',
      'reset',
    );
    const daemon = await startNotifying({
      notify: { timeoutSeconds: 0.2, slack: { webhookUrl: slack.webhookUrl } },
    });
    await daemon.fire('payments');
    await daemon.settled();
    expect(slack.seen).toHaveLength(5);
    const [first, second] = slack.seen;
    expect(second!.at - first!.at).toBeGreaterThan(990);
    expect(slack.messages).toHaveLength(1);
  });

  it('gets what another program asks to be told, line by line', async () => {
    const slack = await slackDouble();
    const daemon = await startNotifying({ notify: { slack: { webhookUrl: slack.webhookUrl } } });
    const analysis = Array.from({ length: 500 }, (_, n) => `line ${n} <!channel> key=${n}`).join(
      '\n',
    );
    const request = { service: 'cart', alertname: 'Slow', summary: 'p99 is 3 s', analysis };
    const { status } = await daemon.call('/notify', { json: request, act: true });
    expect(status).toBe(202);
    await daemon.settled();
    expect(slack.messages.map(({ text }) => text)).toEqual(['Slow on cart: p99 is 3 s']);
    const all = JSON.stringify(slack.messages);
    expect(all).toContain('line 0 <!channel> key=0');
    expect(all).toContain('line 28 ');
    expect(all).not.toContain('line 29 ');
  });

  it('is given up when its address is gone, and the address is not told', async () => {
    const slack = await slackDouble();
    const webhookUrl = `${slack.url}/services/T000/B000/revoked`;
    const daemon = await startNotifying({ notify: { slack: { webhookUrl } } });
    await daemon.fire('payments');
    await waitUntil('given up', async () => (await daemon.store.outboxDepth(0)).dead === 1);
    const [dead] = await daemon.store.listDeadEffects(1);
    expect(dead?.lastError).toBe('Slack answered 404: no_service');
    expect(JSON.stringify(dead)).not.toContain('revoked');
  });
});

describe('PagerDuty through the outbox', () => {
  const config = (url: string): Record<string, unknown> => ({
    notify: { pagerduty: { routingKey: ROUTING_KEY, url } },
  });

  it('opens one alert, acknowledges and resolves it', async () => {
    const pagerDuty = await pagerDutyDouble();
    const daemon = await startNotifying(config(pagerDuty.url));
    const id = await daemon.fire('payments');
    await daemon.settled();
    const key = `incident/${id}`;
    expect([...pagerDuty.alerts.keys()]).toEqual([key]);
    expect(pagerDuty.alerts.get(key)).toMatchObject({
      status: 'triggered',
      severity: 'error',
      summaries: [
        expect.stringMatching(/^CRITICAL: Down on payments since \d\d:\d\d UTC$/),
        'HIGH: Down on payments: likely cause: a change broke payments',
      ],
    });
    await daemon.call(`/incidents/${id}/acknowledge`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(pagerDuty.alerts.get(key)?.status).toBe('acknowledged');
    await daemon.call(`/incidents/${id}/resolve`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    expect(pagerDuty.alerts.get(key)?.status).toBe('resolved');
    expect(pagerDuty.alerts.size).toBe(1);
  });

  it('is one alert although an answer was lost, it was busy, and it broke', async () => {
    const pagerDuty = await pagerDutyDouble();
    pagerDuty.faults.push('lost-answer', { status: 429 }, { status: 500 }, 'hang');
    const daemon = await startNotifying({
      notify: { timeoutSeconds: 0.2, pagerduty: { routingKey: ROUTING_KEY, url: pagerDuty.url } },
    });
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect([...pagerDuty.alerts.keys()]).toEqual([`incident/${id}`]);
  });

  it('does not open an alert anew for an answer that comes after the end', async () => {
    const pagerDuty = await pagerDutyDouble();
    const gate = Promise.withResolvers<void>();
    const daemon = await startNotifying(config(pagerDuty.url), {
      investigate: () => gate.promise,
    });
    const id = await daemon.fire('payments');
    await waitUntil('it is triggered', () => pagerDuty.alerts.size === 1);
    await waitUntil('it is looked at', async () => (await daemon.store.jobDepth(0)).running === 1);
    await daemon.call(`/incidents/${id}/resolve`, { json: { by: 'ann' }, act: true });
    gate.resolve();
    await daemon.settled();
    expect(pagerDuty.alerts.get(`incident/${id}`)?.status).toBe('resolved');
  });

  it('is given up with a hint when the key is wrong', async () => {
    const pagerDuty = await pagerDutyDouble();
    const daemon = await startNotifying({
      notify: { pagerduty: { routingKey: 'X'.repeat(32), url: pagerDuty.url } },
    });
    await daemon.fire('payments');
    await waitUntil('given up', async () => (await daemon.store.outboxDepth(0)).dead >= 1);
    expect((await daemon.store.listDeadEffects(1))[0]?.lastError).toContain('invalid routing key');
  });
});
