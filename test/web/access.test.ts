import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { wantsHtml } from '#src/daemon/http/accept.ts';
import { localPath } from '#src/daemon/http/local-path.ts';
import { beginSession, sessionOf } from '#src/daemon/http/sessions.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import { createPages } from '#src/web/pages.ts';
import { startDaemon } from '../daemon/start.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { TOKEN } from '../helpers/daemon-parts.ts';

const HTML = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

type Answer = {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
  text: string;
};

/** A request with exactly these headers, which `fetch` would not send. */
function ask(
  url: string,
  path: string,
  options: {
    method?: string;
    headers?: Record<string, string>;
    form?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const { form } = options;
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url + path,
      {
        method: options.method ?? (form ? 'POST' : 'GET'),
        headers: { ...HTML, ...type, ...options.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, body, text: body.toString('utf8') });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(form ? new URLSearchParams(form).toString() : undefined);
  });
}

async function start(host = '127.0.0.1') {
  const started = await startDaemon({
    parts: { pages: createPages() },
    settings: { http: { host } },
  });
  const url = started.url.replace('0.0.0.0', '127.0.0.1');
  const alerts = [alertOf({ alertname: 'Down', service: 'mailer' }, Date.now())];
  await started.call('/alerts', { json: payloadOf(alerts), act: true });
  await started.daemon.idle();
  const [incident] = await started.store.listIncidents({ limit: 1 });
  const id = incident?.id ?? '';
  const status = async () => (await started.store.readIncident(id))?.summary.status;
  return { ...started, url, id, status, origin: new URL(url).origin };
}

async function signIn(url: string, extra: Record<string, string> = {}, headers = {}) {
  const form = { token: TOKEN, name: 'Ann', next: '/incidents', ...extra };
  const answer = await ask(url, '/sign-in', { form, headers });
  const cookie = String(answer.headers['set-cookie']?.[0] ?? '');
  return { answer, cookie, pair: cookie.split(';')[0] ?? '' };
}

describe('signing in', () => {
  it('takes the token once and gives a cookie that scripts and other sites do not get', async () => {
    const { url, origin } = await start();
    const { answer, cookie } = await signIn(url, {}, { origin });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/incidents');
    expect(cookie).toMatch(/; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(decodeURIComponent(cookie)).not.toContain(TOKEN);
    const secure = await signIn(url, {}, { origin: origin.replace('http:', 'https:') });
    expect(secure.cookie).toMatch(/; Secure$/);
  });

  it('takes no wrong token, and says so on the form', async () => {
    const { url } = await start();
    for (const token of ['', 'wrong', `${TOKEN}x`]) {
      const { answer, cookie } = await signIn(url, { token, next: '/incidents/x' });
      expect(answer.status).toBe(401);
      expect(cookie).toBe('');
      expect(answer.text).toContain('Nothing was done: wrong token');
      expect(answer.text).toContain('name="next" value="/incidents/x"');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
    expect(
      (await ask(url, '/sign-in', { form: {}, headers: { origin: 'http://evil.example' } })).status,
    ).toBe(403);
  });

  it.each([
    ['//evil.example', '/incidents'],
    ['https://evil.example/', '/incidents'],
    ['/\\evil.example', '/incidents'],
    ['/\t/evil.example', '/incidents'],
    ['javascript:alert(1)', '/incidents'],
    ['/..//evil.example', '/incidents'],
    ['', '/incidents'],
    ['/incidents/inc-1?x=1#y', '/incidents/inc-1?x=1'],
  ])('goes on to %j as %j', async (next, expected) => {
    expect(localPath(next)).toBe(expected);
  });

  it('ends', async () => {
    const { url } = await start();
    const { pair } = await signIn(url);
    const out = await ask(url, '/sign-out', { form: {}, headers: { cookie: pair } });
    expect(out.headers['set-cookie']?.[0]).toMatch(/^incident_session=; .*Max-Age=0/);
  });
});

describe('a session', () => {
  const at = 1_000_000;
  const read = (cookie: string, token: string | null = TOKEN, now = at) =>
    sessionOf({ headers: { cookie } } as never, token, now);
  const pair = (name: string) =>
    beginSession(TOKEN, name, { now: at, isSecure: false }).split(';')[0] ?? '';

  it('holds a name for twelve hours', () => {
    expect(read(pair('Ann Ünal'))).toEqual({ name: 'Ann Ünal' });
    expect(read(`a=b; ${pair('')}; c=d`)).toEqual({ name: '' });
    expect(read(pair('Ann'), TOKEN, at + 12 * 3_600_000 - 1)).not.toBeNull();
    expect(read(pair('Ann'), TOKEN, at + 12 * 3_600_000)).toBeNull();
  });

  it('is of no use when it was changed, or the token was', () => {
    const whole = pair('Ann');
    const [name = '', value = ''] = whole.split('=');
    const [ends = '', who = '', mac = ''] = value.split('.');
    for (const wrong of [
      `${name}=${Number(ends) + 1}.${who}.${mac}`,
      `${name}=${ends}.${Buffer.from('Bob').toString('base64url')}.${mac}`,
      `${name}=${ends}.${who}.${'A'.repeat(43)}`,
      `${name}=${ends}.${who}.`,
      `${name}=${TOKEN}`,
      `${name}=`,
      `x${whole}`,
      `;;=;${'='.repeat(5000)}`,
    ]) {
      expect(read(wrong)).toBeNull();
    }
    expect(read(whole, 'another-token-altogether')).toBeNull();
    expect(read(whole, null)).toBeNull();
  });
});

describe('deeds', () => {
  it('are done with the cookie from a page of ours, and with nothing less', async () => {
    const { url, id, status, origin } = await start();
    const { pair } = await signIn(url);
    const resolve = (headers: Record<string, string>, form: Record<string, string> = {}) =>
      ask(url, `/incidents/${id}/resolve`, { form, headers });
    expect((await resolve({ origin })).status).toBe(401);
    expect((await resolve({ cookie: pair })).status).toBe(401);
    expect((await resolve({ cookie: pair, origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await resolve({ cookie: pair, origin: 'null' })).status).toBe(403);
    expect((await resolve({ cookie: `${pair}x`, origin })).status).toBe(401);
    expect((await resolve({ origin }, { token: 'wrong' })).text).toContain('Nothing was done');
    expect(await status()).toBe('investigating');
    const done = await resolve({ cookie: pair, origin });
    expect(done.status).toBe(303);
    expect(done.headers.location).toBe(`/incidents/${id}`);
    expect(await status()).toBe('resolved');
  });

  it('send again what was given up', async () => {
    const planEffects: EffectPlanner = ({ kind, incident }) =>
      kind === 'opened'
        ? [{ key: incident.id, kind: 'notify', target: 'chat', lane: 'x', payload: {} }]
        : [];
    let isWell = false;
    const send = async () => {
      if (!isWell) throw new Error('no such channel');
      return {};
    };
    const { url, call, daemon, store } = await startDaemon({
      planEffects,
      parts: { pages: createPages(), sender: { send } },
      settings: { work: { maxSendAttempts: 1 } },
    });
    const alerts = [alertOf({ alertname: 'Down', service: 'mailer' }, Date.now())];
    await call('/alerts', { json: payloadOf(alerts) });
    await daemon.idle();
    const [dead] = await store.listDeadEffects(5);
    const { pair } = await signIn(url);
    const retry = (id: unknown, headers: Record<string, string>) =>
      ask(url, `/effects/${id}/retry`, { form: { next: '//evil.example' }, headers });
    const { origin } = new URL(url);
    expect((await retry(dead?.id, { origin })).status).toBe(401);
    expect((await retry('1e3', { cookie: pair, origin })).status).toBe(404);
    isWell = true;
    const done = await retry(dead?.id, { cookie: pair, origin });
    expect(done.headers.location).toBe('/incidents');
    await daemon.idle();
    expect(await store.listDeadEffects(5)).toEqual([]);
    expect((await retry(dead?.id, { cookie: pair, origin })).status).toBe(404);
  });

  it('are never done by following a link', async () => {
    const { url, id, status, origin } = await start();
    const { pair } = await signIn(url);
    for (const deed of ['acknowledge', 'mitigate', 'resolve', 'note', 'retry']) {
      for (const method of ['GET', 'HEAD']) {
        const headers = { cookie: pair, origin, authorization: `Bearer ${TOKEN}` };
        expect((await ask(url, `/incidents/${id}/${deed}`, { method, headers })).status).toBe(404);
      }
    }
    expect(await status()).toBe('investigating');
    expect((await ask(url, '/sign-out', { headers: { cookie: pair } })).status).toBe(404);
  });

  it('are not done for machines by the cookie', async () => {
    const { url, origin } = await start('0.0.0.0');
    const { pair } = await signIn(url);
    const headers = { cookie: pair, origin, 'content-type': 'application/json' };
    for (const path of ['/alerts', '/analyze', '/notify', '/changes']) {
      expect((await ask(url, path, { method: 'POST', headers })).status).toBe(401);
    }
  });
});

describe('reading', () => {
  it('of a daemon that others can reach takes the token, and a person is asked for it', async () => {
    const { url, id } = await start('0.0.0.0');
    for (const path of [`/incidents/${id}`, '/incidents', '/nowhere']) {
      const asked = await ask(url, path);
      expect(asked.status).toBe(401);
      expect(asked.text).toContain(`name="next" value="${path}"`);
      expect(asked.text).not.toContain('mailer');
      expect(asked.headers['content-security-policy']).toMatch(/^default-src 'none'/);
      // A browser is not to ask by itself; programs are told how to go on.
      expect(asked.headers['www-authenticate']).toMatch(/^Bearer/);
      const plain = await ask(url, path, { headers: { accept: '*/*' } });
      expect(plain.headers['www-authenticate']).toMatch(/^Basic/);
      expect(JSON.parse(plain.text)).toHaveProperty('error');
    }
    const { pair } = await signIn(url);
    const page = await ask(url, `/incidents/${id}`, { headers: { cookie: pair } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('mailer');
    expect(page.text).toContain('Sign out Ann');
    expect(
      (await ask(url, '/incidents', { headers: { cookie: pair, accept: '*/*' } })).status,
    ).toBe(200);
    expect((await ask(url, '/sign-in')).status).toBe(200);
  });

  it('works by a link from elsewhere, and only so', async () => {
    const { url } = await start();
    const foreign = { 'sec-fetch-site': 'cross-site' };
    const link = { ...foreign, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask(url, '/incidents', { headers: link })).status).toBe(200);
    expect(
      (await ask(url, '/incidents', { headers: { ...link, 'sec-fetch-dest': 'iframe' } })).status,
    ).toBe(403);
    expect(
      (await ask(url, '/incidents', { headers: { ...foreign, 'sec-fetch-dest': 'empty' } })).status,
    ).toBe(403);
    expect((await ask(url, '/incidents/x/resolve', { method: 'POST', headers: link })).status).toBe(
      403,
    );
  });

  it('gives HTML to people and JSON to programs', async () => {
    const wants = (accept?: string) =>
      wantsHtml({ headers: accept === undefined ? {} : { accept } });
    expect(wants(HTML.accept)).toBe(true);
    expect(wants('text/html')).toBe(true);
    expect(wants('application/json;q=0.9, text/html')).toBe(true);
    for (const accept of [
      undefined,
      '',
      '*/*',
      'application/json',
      'application/json, text/html;q=0.9',
      'text/html;q=0',
      'text/html;q=nonsense',
      'text/htmlx',
      `${'a,'.repeat(100_000)}text/html`,
    ]) {
      expect(wants(accept)).toBe(false);
    }
    const { url, id } = await start();
    const json = await ask(url, `/incidents/${id}`, { headers: { accept: 'application/json' } });
    expect(JSON.parse(json.text)).toMatchObject({ summary: { id } });
    expect(json.headers.vary).toBe('accept');
    expect((await ask(url, `/incidents/${id}`)).headers['content-type']).toMatch(/^text\/html/);
    const missing = await ask(url, '/incidents/inc-nothing');
    expect(missing.status).toBe(404);
    expect(missing.text).toContain('there is no such incident');
  });

  it('sends a page again only when it is another, and compressed to who can read it', async () => {
    const { url, id, store } = await start();
    const path = `/incidents/${id}`;
    const first = await ask(url, path, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(first.headers['content-encoding']).toBe('gzip');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const plain = await ask(url, path, { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gunzipSync(first.body).toString('utf8')).toBe(plain.text);
    const etag = String(first.headers.etag);
    const again = await ask(url, path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
    await store.act(id, { kind: 'acknowledge', by: 'Bob', at: Date.now() });
    expect((await ask(url, path, { headers: { 'if-none-match': etag } })).status).toBe(200);
    const { pair } = await signIn(url);
    expect((await ask(url, path, { headers: { cookie: pair } })).text).toContain('Sign out Ann');
  });

  it('keeps assets for ever under names that change with them', async () => {
    const { url } = await start();
    const { text } = await ask(url, '/incidents');
    for (const [, path = ''] of text.matchAll(/"(\/assets\/[^"]+)"/g)) {
      const asset = await ask(url, path);
      expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(asset.headers['x-content-type-options']).toBe('nosniff');
    }
  });
});
