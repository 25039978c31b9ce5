import { describe, expect, it } from 'vitest';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { resultOf } from '../helpers/results.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startDaemon } from './start.ts';

const NOW = Date.now() - 60_000;
const alert = (service: string, more: Record<string, string> = {}) =>
  alertOf({ alertname: 'ServiceDown', service, severity: 'critical', ...more }, NOW);

describe('POST /alerts', () => {
  it('answers when the alerts are durable, and investigates each incident once', async () => {
    const seen: string[] = [];
    const { call, daemon, store } = await startDaemon({
      parts: {
        investigate: async ({ incidentId, service }) => {
          seen.push(service);
          return resultOf(incidentId, service);
        },
      },
    });
    const both = payloadOf([alert('mailer'), alert('cart')]);
    const answer = await call('/alerts', { json: both });
    expect(answer).toMatchObject({ status: 200, json: { accepted: 2 } });
    await call('/alerts', { json: both });
    await daemon.idle();
    expect(seen.sort()).toEqual(['cart', 'mailer']);
    const list = await call('/incidents');
    expect(list.json).toMatchObject({
      incidents: [
        { severity: 'high', verdict: { verdict: 'likely' } },
        { severity: 'high', verdict: { verdict: 'likely' } },
      ],
    });
    expect(await store.countOpen()).toEqual({ high: 2 });
  });

  it('resolves an incident with its alerts', async () => {
    const { call, daemon } = await startDaemon();
    await call('/alerts', { json: payloadOf([alert('mailer')]) });
    await daemon.idle();
    const over = {
      ...alert('mailer'),
      status: 'resolved' as const,
      endsAt: new Date().toISOString(),
    };
    await call('/alerts', { json: payloadOf([over]) });
    await daemon.idle();
    expect((await call('/incidents?open=1')).json).toMatchObject({ incidents: [] });
    expect((await call('/incidents')).json).toMatchObject({ incidents: [{ status: 'resolved' }] });
  });

  const malformed: [name: string, body: string, reason: RegExp][] = [
    ['nothing', '', /not valid JSON|body/i],
    ['half a document', '{"version":"4","alerts":[', /not valid JSON/],
    ['no object', '[]', /no "version"/],
    ['null', 'null', /no "version"/],
    ['another version', '{"version":"3","alerts":[]}', /version "3"/],
    ['no alerts', '{"version":"4","alerts":[]}', /at least one alert/],
    [
      'a label that is no text',
      '{"version":"4","alerts":[{"labels":{"a":1},"startsAt":"2026-01-01T00:00:00Z"}]}',
      /alerts\.0\.labels\.a/,
    ],
    ['a time that is none', '{"version":"4","alerts":[{"startsAt":"yesterday"}]}', /startsAt/],
    [
      'a status that is none',
      '{"version":"4","alerts":[{"status":"odd","startsAt":"2026-01-01T00:00:00Z"}]}',
      /status/,
    ],
  ];
  it.each(malformed)('refuses %s with a reason', async (_name, body, reason) => {
    const { call, store } = await startDaemon();
    const answer = await call('/alerts', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
    expect((answer.json as { error: { message: string } }).error.message).toMatch(reason);
    expect((await store.inboxDepth()).alerts).toBe(0);
  });

  it('refuses other types of content and bodies that are too large', async () => {
    const { call } = await startDaemon({ settings: { http: { maxBodyBytes: 2000 } } });
    const post = (type: string, body: string) =>
      call('/alerts', { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('text/plain', '{}')).status).toBe(415);
    expect((await post('application/json', JSON.stringify('x'.repeat(3000)))).status).toBe(413);
  });

  it('tells senders to come again when the queue is full, and takes nothing then', async () => {
    const { call, store, daemon } = await startDaemon({
      settings: { work: { maxQueuedAlerts: 3 } },
      wrapStore: (inner) => ({
        ...inner,
        correlate: async () => ({
          taken: 0,
          started: 0,
          repeated: 0,
          ended: 0,
          opened: 0,
          merged: 0,
          refused: [],
        }),
      }),
    });
    expect((await call('/alerts', { json: payloadOf([alert('a'), alert('b')]) })).status).toBe(200);
    const full = await call('/alerts', { json: payloadOf([alert('c'), alert('d')]) });
    expect(full.status).toBe(503);
    expect(full.headers.get('retry-after')).toBe('5');
    expect(full.text).toContain('queue is full');
    expect((await store.inboxDepth()).alerts).toBe(2);
    expect((await call('/alerts', { json: payloadOf([alert('c')]) })).status).toBe(200);
    expect((await call('/ready')).status).toBe(503);
    await daemon.stop();
  });

  it('measures what it does', async () => {
    const { call, daemon } = await startDaemon();
    await call('/alerts', { json: payloadOf([alert('mailer')]) });
    await call('/alerts', { json: payloadOf([alert('mailer')]) });
    await call('/alerts', { json: {} });
    await daemon.idle();
    const { text } = await call('/metrics');
    expect(text).toContain('incident_alerts_received_total{status="firing"} 2');
    expect(text).toContain('incident_alerts_deduplicated_total 1');
    expect(text).toContain('incident_requests_rejected_total{reason="form"} 1');
    expect(text).toContain('incident_open_incidents{severity="high"} 1');
    expect(text).toContain('incident_investigations_total{verdict="likely"} 1');
    expect(text).toMatch(/incident_queue_depth\{queue="investigations"\} 0/);
    expect(text).toMatch(/incident_stage_duration_seconds_count\{stage="investigate"\} 1/);
  });
});

describe('a daemon', () => {
  it('starts and stops once, however often it is told to', async () => {
    const { daemon, url } = await startDaemon();
    expect((await daemon.start()).url).toBe(url);
    await Promise.all([daemon.stop(), daemon.stop()]);
    await daemon.stop();
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('goes on with what an earlier one left', async () => {
    const first = await startDaemon({
      settings: { work: { drainMs: 50 } },
      parts: { investigate: () => new Promise(() => {}) },
    });
    await first.call('/alerts', { json: payloadOf([alert('mailer')]) });
    await waitUntil(
      'the investigation runs',
      async () => (await first.store.jobDepth(Date.now())).running === 1,
    );
    await first.daemon.stop();
    expect((await first.store.jobDepth(Date.now())).running).toBe(1);
    const second = await startDaemon({ storePath: first.storePath });
    await second.daemon.idle();
    const [incident] = await second.store.listIncidents({ limit: 1 });
    expect(incident?.verdict?.verdict).toBe('likely');
  });
});
