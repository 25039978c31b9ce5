import { describe, expect, it } from 'vitest';
import { briefOf } from '#src/domain/brief.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { IncidentSummary, IncidentView } from '#src/domain/incident-record.ts';
import type { SideEffect } from '#src/domain/side-effect.ts';
import { createNotifySender } from '#src/notify/sender.ts';
import { createHttp } from '#src/platform/http.ts';
import { slackDouble } from '../helpers/slack-double.ts';
import { eventOf } from './events.ts';

const clean = (text: string): string => text;
const { incident } = eventOf('opened');

async function senderTo(summary: IncidentSummary | null) {
  const slack = await slackDouble();
  const settings = { webhookUrl: slack.webhookUrl, timeoutMs: 5000 };
  const sender = createNotifySender({
    channels: [{ name: 'lead', notifier: 'slack', settings }],
    tools: { http: createHttp(), now: Date.now },
    clean: () => clean,
    readIncident: async () =>
      summary === null ? null : ({ summary, result: null } as IncidentView),
  });
  const send = (payload: object, more: Partial<SideEffect> = {}) => {
    const brief = briefOf(eventOf('opened'), clean, 'unacknowledged');
    const effect: SideEffect = {
      id: 1,
      key: 'k',
      kind: 'notify',
      target: 'lead',
      incidentId: 'inc-1',
      attempt: 2,
      earlier: [],
      payload: { channel: 'lead', receiver: null, brief, ...payload },
      ...more,
    };
    return sender.send(effect, AbortSignal.timeout(5000));
  };
  return { slack, send };
}

describe('an escalation that is tried again', () => {
  const taken: [string, IncidentSummary | null][] = [
    ['was acknowledged', { ...incident, acknowledgedAt: '2026-01-01T12:00:00Z' }],
    ['was mitigated', { ...incident, status: 'mitigated' }],
    ['was resolved', { ...incident, status: 'resolved' }],
    ['became a part of another', { ...incident, id: 'inc-2' }],
    ['is gone', null],
  ];
  it.each(taken)('is not sent when the incident %s meanwhile', async (_what, summary) => {
    const { slack, send } = await senderTo(summary);
    expect(await send({ onlyIfOpen: true })).toEqual({});
    expect(slack.seen).toEqual([]);
  });

  it('is sent while nobody has taken it on', async () => {
    const { slack, send } = await senderTo(incident);
    expect(await send({ onlyIfOpen: true })).toEqual({ receipt: 'ok' });
    expect(slack.messages).toHaveLength(1);
  });
});

describe('the sender', () => {
  it('tells the end only to those who were told of the beginning', async () => {
    const { slack, send } = await senderTo(incident);
    expect(await send({ onlyIfTold: true })).toEqual({});
    const earlier = [{ key: 'before', kind: 'notify', receipt: 'ok' }];
    expect(await send({ onlyIfTold: true }, { earlier })).toEqual({ receipt: 'ok' });
    expect(slack.messages).toHaveLength(1);
  });

  it('gives up what goes to a channel that is configured no more', async () => {
    const { send } = await senderTo(incident);
    await expect(send({ channel: 'gone' })).rejects.toThrow(UsageError);
  });
});
