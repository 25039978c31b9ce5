import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, UpstreamError } from '#src/domain/errors.ts';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { readAlertFile } from '#src/intake/alert-file.ts';
import { groupOf, parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { pollAlertmanager, pollPrometheusAlerts } from '#src/intake/polled-alerts.ts';
import { createHttp } from '#src/platform/http.ts';
import { httpServer } from '../helpers/http-server.ts';

/** Answers of real servers: Alertmanager 0.25 and Prometheus 2.42. */
const captured = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'captured', name), 'utf8');

async function* chunks(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

describe('Alertmanager webhook payload', () => {
  it('reads what a real Alertmanager sends, firing and resolved', () => {
    const firing = parseAlertmanagerPayload(
      JSON.parse(captured('alertmanager_webhook_firing.json')),
      'x',
    );
    expect(firing.alerts[0]).toMatchObject({
      status: 'firing',
      startsAt: '2026-11-22T15:48:05.535Z',
      endsAt: null,
      fingerprint: '6c6741eccd5b446c',
    });
    const resolved = parseAlertmanagerPayload(
      JSON.parse(captured('alertmanager_webhook_resolved.json')),
      'x',
    );
    expect(resolved.status).toBe('resolved');
    expect(resolved.alerts[0]?.endsAt).toMatch(/^2026-11-22T15:48/);
  });

  it('computes fingerprints as Prometheus and Alertmanager do', () => {
    // Vectors of prometheus/common, model/signature_test.go.
    expect(BigInt(`0x${fingerprintOf({})}`)).toBe(14695981039346656037n);
    const labels = { name: 'garland, briggs', fear: 'love is not enough' };
    expect(BigInt(`0x${fingerprintOf(labels)}`)).toBe(5799056148416392346n);
  });

  it.each([
    [{ version: '3', alerts: [] }, /version "3"/],
    [{ alerts: [] }, /no "version"/],
    [{ version: '4', alerts: [] }, /alerts/],
    [{ version: '4', alerts: [{ startsAt: 'yesterday' }] }, /startsAt.*RFC 3339/],
    [
      { version: '4', alerts: [{ labels: { a: 1 }, startsAt: '2026-01-01T00:00:00Z' }] },
      /labels\.a/,
    ],
    [null, /webhook payload/],
    [[], /webhook payload/],
  ])('refuses %j', (value, message) => {
    expect(() => parseAlertmanagerPayload(value, 'payload.json')).toThrow(InputError);
    expect(() => parseAlertmanagerPayload(value, 'payload.json')).toThrow(message);
  });

  it('reads standard input, and says where broken JSON breaks', async () => {
    const group = await readAlertFile('-', chunks(captured('alertmanager_webhook_firing.json')));
    expect(group.alerts).toHaveLength(1);
    await expect(readAlertFile('-', chunks('{"version": "4",\n "alerts": [}'))).rejects.toThrow(
      expect.objectContaining({ where: expect.stringMatching(/standard input:2:\d+/) }),
    );
    await expect(readAlertFile('/no/such/file', chunks(''))).rejects.toThrow(/no such file/);
  });

  it('makes a group of alerts that did not come as one', () => {
    const alert = (labels: Record<string, string>) => ({
      status: 'firing' as const,
      labels,
      annotations: {},
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: null,
      fingerprint: '1',
    });
    const group = groupOf([alert({ a: '1', b: '2' }), alert({ a: '1', b: '3' })], 'polled');
    expect(group.commonLabels).toEqual({ a: '1' });
  });
});

describe('polled alerts', () => {
  const http = createHttp();

  it("reads Alertmanager's and Prometheus' own answers", async () => {
    const url = await httpServer((_request, response, { pathname }) => {
      const name = pathname.includes('/v2/')
        ? 'alertmanager_v2_alerts_firing.json'
        : 'prometheus_alerts_firing.json';
      response.end(captured(name));
    });
    const server = { url: `${url}/`, timeoutMs: 2000 };
    const [fromAlertmanager] = await pollAlertmanager(http, server);
    expect(fromAlertmanager).toMatchObject({ fingerprint: '6c6741eccd5b446c', endsAt: null });
    const [fromPrometheus] = await pollPrometheusAlerts(http, server);
    expect(fromPrometheus?.labels.service).toBe('checkout');
    expect(fromPrometheus?.startsAt).toBe('2026-11-22T15:48:02.535Z');
  });

  it.each([
    [500, 'oops', /answered 500/],
    [200, '<html>', /not answer in JSON/],
    [200, '{"data":{}}', /unknown form/],
  ])('turns %d %s into an upstream error', async (status, body, message) => {
    const url = await httpServer((_request, response) => {
      response.writeHead(status).end(body);
    });
    const poll = pollPrometheusAlerts(http, { url, timeoutMs: 2000 });
    await expect(poll).rejects.toThrow(UpstreamError);
    await expect(pollPrometheusAlerts(http, { url, timeoutMs: 2000 })).rejects.toThrow(message);
  });
});
