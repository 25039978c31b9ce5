import { describe, expect, it } from 'vitest';
import { cleanText } from '#src/app/clean-text.ts';
import { configuredChannels } from '#src/app/notify-channels.ts';
import { notifyRules } from '#src/app/notify-rules.ts';
import { configSchema } from '#src/config/schema.ts';
import type { EffectDraft, IncidentEvent } from '#src/domain/side-effect.ts';
import type { NotifyPayload } from '#src/notify/plan/payload.ts';
import { planMessages } from '#src/notify/plan/plan.ts';
import { resultOf } from '../helpers/results.ts';
import { eventOf, NOON } from './events.ts';

const MINUTE = 60_000;
const CHANNELS = {
  email: { host: 'mail.test', from: 'robot@shop.test', to: 'oncall@shop.test' },
  slack: { webhookUrl: 'https://hooks.slack.test/services/T/B/x' },
  pagerduty: { routingKey: 'k' },
  channels: { lead: { notifier: 'email', to: 'lead@shop.test' } },
};

function planned(
  event: IncidentEvent,
  escalation: Record<string, unknown> = {},
  notify: Record<string, unknown> = {},
): EffectDraft[] {
  const config = configSchema.parse({ notify: { ...CHANNELS, ...notify }, escalation });
  const rules = notifyRules(config, configuredChannels(config, '/'));
  return planMessages(event, rules, cleanText(config));
}
const targets = (drafts: EffectDraft[]): string[] => drafts.map(({ target }) => target).sort();

describe('without rules', () => {
  it('every channel is told; those that people read wait a moment for the answer', () => {
    const drafts = planned(eventOf('opened'));
    expect(targets(drafts)).toEqual(['email', 'lead', 'pagerduty', 'slack']);
    const held = drafts.filter(({ notBefore }) => notBefore === NOON + MINUTE);
    expect(targets(held)).toEqual(['email', 'lead', 'slack']);
    expect(held[0]?.cancelOn).toContain('investigated');
  });

  it('nobody hears of the end of what was over before it was told', () => {
    const blip = { detectedAt: new Date(NOON - 30_000).toISOString() };
    expect(targets(planned(eventOf('resolved', { incident: blip })))).toEqual(['pagerduty']);
    expect(targets(planned(eventOf('resolved')))).toEqual(['email', 'lead', 'pagerduty', 'slack']);
  });

  it('the same decision has the same key, another conclusion another', () => {
    const keys = (event: IncidentEvent): string[] => planned(event).map(({ key }) => key);
    const first = keys(eventOf('investigated'));
    expect(keys(eventOf('investigated', { at: NOON + 5 * MINUTE }))).toEqual(first);
    const other = resultOf('inc-1', 'payments');
    const result = { ...other, rootCause: { ...other.rootCause!, commit: 'a'.repeat(40) } };
    expect(keys(eventOf('investigated', { result }))).not.toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  });

  it('each receiver of a mail has a message of its own', () => {
    const email = { ...CHANNELS.email, to: ['a@shop.test', 'b@shop.test'] };
    const drafts = planned(eventOf('mitigated'), {}, { email });
    expect(targets(drafts)).toEqual(['email:a@shop.test', 'email:b@shop.test', 'lead', 'slack']);
  });
});

describe('rules', () => {
  const pages = { name: 'pages', channels: ['pagerduty'], severities: ['critical'] };
  const mails = { name: 'mails', channels: ['email'], services: ['pay*'] };

  it('tell by severity, service and time of day', () => {
    const rules = [pages, mails];
    const low = { severity: 'low' as const };
    const cart = { service: 'cart', services: ['cart'] };
    expect(targets(planned(eventOf('opened'), { rules }))).toEqual(['email', 'pagerduty']);
    expect(targets(planned(eventOf('opened', { incident: low }), { rules }))).toEqual(['email']);
    expect(targets(planned(eventOf('opened', { incident: cart }), { rules }))).toEqual([
      'pagerduty',
    ]);
    const office = { ...pages, during: [{ days: ['mon'], from: '09:00', to: '17:00' }] };
    expect(planned(eventOf('opened'), { rules: [office] })).toEqual([]);
    const thursday = { ...pages, during: [{ days: ['thu'], from: '12:00', to: '12:01' }] };
    expect(planned(eventOf('opened'), { rules: [thursday] })).toHaveLength(1);
  });

  it('tell the end also when the severity has changed, but only those who were told', () => {
    const [draft] = planned(eventOf('resolved', { incident: { severity: 'low' } }), {
      rules: [pages],
    });
    expect(draft?.payload).toMatchObject({ onlyIfTold: true });
    expect(draft?.lane).toBe(planned(eventOf('opened'), { rules: [pages] })[0]?.lane);
  });

  it('that name no channel are refused, with the nearest name', () => {
    const rules = [{ name: 'x', channels: ['emial'] }];
    expect(() => planned(eventOf('opened'), { rules })).toThrow(/"emial"/);
  });
});

describe('escalation', () => {
  const rules = [
    { name: 'first', channels: ['email'] },
    { name: 'lead', channels: ['lead'], severities: ['critical'], unacknowledgedMinutes: [15, 30] },
  ];
  const toLead = (event: IncidentEvent): EffectDraft[] =>
    planned(event, { rules }).filter(({ target }) => target === 'lead');

  it('tells others when nobody takes an incident on, and is taken back when somebody does', () => {
    const drafts = toLead(eventOf('opened'));
    expect(drafts.map(({ notBefore }) => notBefore)).toEqual([
      NOON + 15 * MINUTE,
      NOON + 30 * MINUTE,
    ]);
    for (const { cancelOn, payload } of drafts) {
      expect(cancelOn).toEqual(['acknowledged', 'mitigated', 'resolved', 'merged']);
      expect(payload).toMatchObject({ onlyIfOpen: true, brief: { event: 'unacknowledged' } });
    }
  });

  it('is decided once, also when the incident becomes severe later', () => {
    expect(toLead(eventOf('opened', { incident: { severity: 'low' } }))).toEqual([]);
    const raised = toLead(eventOf('severity-raised'));
    expect(raised.map(({ key }) => key)).toEqual(toLead(eventOf('opened')).map(({ key }) => key));
    expect(toLead(eventOf('reopened')).map(({ key }) => key)).not.toEqual(
      raised.map(({ key }) => key),
    );
  });

  it('does not look for anybody when somebody is there', () => {
    const taken = { acknowledgedAt: new Date(NOON).toISOString() };
    expect(toLead(eventOf('investigated', { incident: taken }))).toEqual([]);
    expect(toLead(eventOf('investigated', { incident: { status: 'mitigated' } }))).toEqual([]);
  });

  it('does not stand in the way of other news, and tells whoever it told of the end', () => {
    const [draft] = toLead(eventOf('resolved'));
    expect(draft?.payload).toMatchObject({ onlyIfTold: true });
    expect(draft?.lane).toBe(toLead(eventOf('opened'))[0]?.lane);
    expect(draft?.lane).not.toBe(
      planned(eventOf('opened')).find(({ target }) => target === 'lead')?.lane,
    );
  });
});

describe('quiet hours', () => {
  const quietHours = [{ from: '11:00', to: '13:00', channels: ['email', 'slack'] }];

  it('keep what can wait for one message at their end', () => {
    const incident = { severity: 'medium' as const };
    const drafts = planned(eventOf('investigated', { incident }), { quietHours });
    const fold = drafts.find(({ target }) => target === 'email')?.fold;
    expect(fold).toMatchObject({ most: 0, into: { notBefore: NOON + 60 * MINUTE } });
    expect(drafts.find(({ target }) => target === 'lead')?.fold?.most).toBe(10);
    expect(drafts.find(({ target }) => target === 'pagerduty')?.fold).toBeUndefined();
  });

  it('do not keep back what is critical', () => {
    const drafts = planned(eventOf('investigated'), { quietHours });
    expect(drafts.find(({ target }) => target === 'email')?.fold?.most).toBe(10);
  });
});

it('a message holds nothing secret, and no more than it needs', () => {
  const result = resultOf('inc-1', 'payments');
  result.triage.summary = 'login with password=hunter2hunter2 failed';
  const points = Array.from({ length: 50_000 }, (_, n): [number, number] => [n * 15, n % 7]);
  result.evidence.push({
    id: 'M1',
    kind: 'metric',
    source: 'prometheus',
    query: 'rate(x{token="abc"}[1m])',
    window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' },
    service: 'payments',
    summary: 'errors rose',
    data: {
      type: 'series',
      metric: { pod: 'p-1', service: 'payments' },
      points,
      onset: '1970-01-02T00:00:00Z',
    },
  });
  const [draft] = planned(eventOf('investigated', { result }));
  const payload = draft?.payload as NotifyPayload;
  const text = JSON.stringify(payload);
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('p-1');
  expect(payload.onset?.signal.data.points.length).toBeLessThan(1300);
  expect(text.length).toBeLessThan(40_000);
});
