import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BRIEF_EVENTS, briefOf } from '#src/domain/brief.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import type { Content, NotifierSettings } from '#src/notify/contract.ts';
import { createNotifier, NOTIFIERS } from '#src/notify/registry.ts';
import { TRAITS } from '#src/notify/traits.ts';
import { createHttp } from '#src/platform/http.ts';
import { eventOf } from '../notify/events.ts';

const FOLDER = new URL('../../src/notify/notifiers/', import.meta.url);
const TESTS = new URL('../notify/', import.meta.url);
type Id = keyof NotifierSettings;
const IDS = Object.keys(NOTIFIERS).sort() as Id[];

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const settings: NotifierSettings = {
  email: {
    host: '127.0.0.1',
    port: 9,
    security: 'none',
    from: 'a@shop.test',
    to: ['b@shop.test'],
    timeoutMs: 500,
  },
  slack: { webhookUrl: NOWHERE, timeoutMs: 500 },
  pagerduty: { url: NOWHERE, routingKey: 'k', timeoutMs: 500 },
  webhook: { url: NOWHERE, timeoutMs: 500 },
};
const notifiers = IDS.map((id) =>
  createNotifier(id, settings[id], { http: createHttp(), now: () => 0 }),
);
const content: Content = {
  type: 'brief',
  brief: briefOf(eventOf('opened'), (text) => text),
  onset: null,
};

describe('the registry of notifiers', () => {
  it('holds every file of the folder under its name, with what it is told', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''));
    expect(files.sort()).toEqual(IDS);
    expect(notifiers.map(({ id }) => id).sort()).toEqual(IDS);
    expect(Object.keys(TRAITS).sort()).toEqual(IDS);
  });

  it.each(IDS)('%s knows the events that it is told, and has a test', (id) => {
    for (const event of TRAITS[id].events) expect(BRIEF_EVENTS).toContain(event);
    const tests = readdirSync(TESTS).map((name) => readFileSync(new URL(name, TESTS), 'utf8'));
    expect(tests.some((text) => text.includes(`${id}: {`))).toBe(true);
  });

  it.each(notifiers)(
    '$id fails in a way that is tried again where nobody listens',
    async (notifier) => {
      const delivery = { key: 'k', attempt: 1, earlier: [], content, receiver: null };
      const sent = notifier.send(delivery, AbortSignal.timeout(5000));
      await expect(sent).rejects.toThrow(UpstreamError);
      await expect(sent).rejects.toMatchObject({ isRetryable: true });
    },
  );

  it.each(notifiers)('$id ends when it is told to', async (notifier) => {
    const delivery = { key: 'k', attempt: 1, earlier: [], content, receiver: null };
    await expect(notifier.send(delivery, AbortSignal.abort())).rejects.toThrow();
  });
});
