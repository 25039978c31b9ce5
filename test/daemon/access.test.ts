import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isLoopback, isOwnHost, isOwnOrigin } from '#src/daemon/http/callers.ts';
import { createLogger } from '#src/platform/logger.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { TOKEN } from '../helpers/daemon-parts.ts';
import { startDaemon } from './start.ts';

const BODY = JSON.stringify(
  payloadOf([alertOf({ alertname: 'A', service: 'mailer' }, Date.now())]),
);
const JSON_TYPE = { 'content-type': 'application/json' };
const basic = (password: string): string =>
  `Basic ${Buffer.from(`incident:${password}`).toString('base64')}`;
const sign = (body: string, token: string): string =>
  `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;

/** A request with exactly these headers, which `fetch` would not send. */
function raw(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url + path,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

describe('a daemon that others can reach', () => {
  const settings = { http: { host: '0.0.0.0' } };
  const post = (headers: Record<string, string>, body = BODY) => ({
    method: 'POST',
    body,
    headers: { ...JSON_TYPE, ...headers },
  });

  it('takes alerts with the token as bearer, as basic password, or in a signature', async () => {
    const { call } = await startDaemon({ settings });
    for (const headers of [
      { authorization: `Bearer ${TOKEN}` },
      { authorization: `bearer ${TOKEN}` },
      { authorization: basic(TOKEN) },
      { 'x-incident-signature': sign(BODY, TOKEN) },
    ]) {
      expect((await call('/alerts', post(headers))).status).toBe(200);
    }
  });

  it('takes nothing without, or with a wrong one', async () => {
    const { call, store } = await startDaemon({ settings });
    for (const headers of [
      {},
      { authorization: `Bearer ${TOKEN}x` },
      { authorization: 'Bearer' },
      { authorization: basic('') },
      { authorization: 'Basic !!!' },
      { authorization: `Digest ${TOKEN}` },
      { 'x-incident-signature': sign(`${BODY} `, TOKEN) },
      { 'x-incident-signature': sign(BODY, 'other') },
      { 'x-incident-signature': '' },
    ] as Record<string, string>[]) {
      const answer = await call('/alerts', post(headers));
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      expect(answer.text).not.toContain(TOKEN);
    }
    expect(
      (await store.inboxDepth()).alerts + (await store.listIncidents({ limit: 9 })).length,
    ).toBe(0);
  });

  it('shows nothing without the token but whether it lives', async () => {
    const { call } = await startDaemon({ settings });
    const status = async (path: string) => (await call(path)).status;
    expect(await status('/health')).toBe(200);
    expect(await status('/ready')).toBe(200);
    for (const path of [
      '/',
      '/metrics',
      '/services',
      '/incidents',
      '/incidents/x',
      '/events',
      '/nowhere',
    ]) {
      expect(await status(path)).toBe(401);
    }
    expect((await call('/incidents', { act: true })).status).toBe(200);
  });

  it('may show its metrics to anybody', async () => {
    const { call } = await startDaemon({
      settings: { http: { host: '0.0.0.0', publicMetrics: true } },
    });
    expect((await call('/metrics')).status).toBe(200);
  });

  it('serves nobody without a token of its own', async () => {
    const { call } = await startDaemon({ settings: { http: { host: '0.0.0.0', token: null } } });
    expect((await call('/alerts', post({ authorization: 'Bearer null' }))).status).toBe(403);
    expect((await call('/alerts', post({ authorization: 'Bearer ' }))).status).toBe(403);
  });

  it('never writes a token into its log', async () => {
    let log = '';
    const logger = createLogger({ level: 'debug', format: 'json', write: (line) => (log += line) });
    const { call } = await startDaemon({ settings, parts: { logger } });
    await call('/alerts', post({ authorization: `Bearer ${TOKEN}` }));
    await call('/alerts', post({ authorization: 'Bearer wrong-secret' }));
    await call(`/incidents?token=${TOKEN}`);
    await call(`/${TOKEN}`, { act: true });
    expect(log).toContain('request refused');
    expect(log).not.toContain(TOKEN);
    expect(log).not.toContain('wrong-secret');
  });
});

describe('a daemon for this machine alone', () => {
  it('asks callers for nothing, unless they act', async () => {
    const { call } = await startDaemon();
    expect((await call('/incidents')).status).toBe(200);
    expect((await call('/incidents/x/acknowledge', { json: {} })).status).toBe(401);
    expect((await call('/incidents/x/acknowledge', { json: {}, act: true })).status).toBe(404);
  });

  it('asks all callers when told to', async () => {
    const { call } = await startDaemon({ settings: { http: { requireToken: true } } });
    expect((await call('/incidents')).status).toBe(401);
  });
});

describe('pages of others', () => {
  it('cannot reach the daemon by a name that points at it', async () => {
    const { url } = await startDaemon();
    const status = async (host: string) =>
      (await raw(url, '/incidents', { headers: { host } })).status;
    expect(await status('evil.example')).toBe(421);
    expect(await status('localhost.evil.example:9100')).toBe(421);
    expect(await status('127.0.0.1:9100')).toBe(200);
    expect(await status('localhost:9100')).toBe(200);
    expect(await status('[::1]:9100')).toBe(200);
  });

  it('cannot send anything in from another origin', async () => {
    const { url } = await startDaemon();
    const { host } = new URL(url);
    const status = async (headers: Record<string, string>) =>
      (
        await raw(url, '/alerts', {
          method: 'POST',
          body: BODY,
          headers: { ...JSON_TYPE, ...headers },
        })
      ).status;
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ origin: 'null' })).toBe(403);
    expect(await status({ origin: `http://${host}.evil.example` })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({})).toBe(200);
  });

  it('cannot act with what a browser sends by itself', async () => {
    const { url } = await startDaemon();
    const { host } = new URL(url);
    const act = async (headers: Record<string, string>, body = '{}') =>
      (
        await raw(url, '/incidents/x/resolve', {
          method: 'POST',
          body,
          headers: { ...JSON_TYPE, ...headers },
        })
      ).status;
    expect(await act({ authorization: basic(TOKEN) })).toBe(401);
    expect(await act({ authorization: basic(TOKEN), origin: `http://${host}` })).toBe(404);
    expect(await act({ authorization: `Bearer ${TOKEN}`, origin: 'http://evil.example' })).toBe(
      403,
    );
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}` };
    expect(await act(form, `token=${encodeURIComponent(TOKEN)}`)).toBe(404);
    expect(await act(form, 'token=wrong')).toBe(401);
    expect(await act(form, '')).toBe(401);
  });

  it('may be allowed by name', async () => {
    const { url } = await startDaemon({
      settings: { http: { hosts: ['incidents.example'], origins: ['https://portal.example'] } },
    });
    const ok = { host: 'Incidents.Example:443', origin: 'https://portal.example' };
    expect((await raw(url, '/incidents', { headers: ok })).status).toBe(200);
  });
});

describe('names of callers', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['localhost', true],
    ['a.localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['127.0.0.1.evil.example', false],
    ['localhost.evil.example', false],
  ])('%s is this machine alone: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  it('takes no nonsense for a host', () => {
    for (const header of [
      '',
      ' ',
      'a b',
      'a/b',
      '127.0.0.1:99999999',
      '[::1',
      'user@localhost',
      undefined,
    ]) {
      expect(isOwnHost(header, [])).toBe(false);
    }
  });

  it('compares origins by host and port', () => {
    expect(isOwnOrigin(undefined, 'a:1', [])).toBe(true);
    expect(isOwnOrigin('http://a:1', 'a:1', [])).toBe(true);
    expect(isOwnOrigin('https://a', 'a:443', [])).toBe(true);
    expect(isOwnOrigin('http://a:2', 'a:1', [])).toBe(false);
    expect(isOwnOrigin('http://a', undefined, [])).toBe(false);
  });
});
