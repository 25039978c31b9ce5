import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InvestigateRequest, Pages } from '#src/daemon/contract.ts';
import type { EffectPlanner, SideEffect } from '#src/domain/side-effect.ts';
import { pause } from '#src/platform/pause.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { TOKEN } from '../helpers/daemon-parts.ts';
import { resultOf } from '../helpers/results.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startDaemon } from './start.ts';

const payload = (service = 'mailer') =>
  payloadOf([alertOf({ alertname: 'Down', service }, Date.now() - 1000)]);

describe('POST /analyze', () => {
  const wanted = { service: 'mailer', error_message: 'Connection refused', error_code: 500 };

  it('answers with an id at once, under which the answer is found later', async () => {
    const { call, daemon } = await startDaemon();
    const answer = await call('/analyze', { json: wanted });
    expect(answer).toMatchObject({ status: 202, json: { status: 'accepted' } });
    const { id } = answer.json as { id: string };
    expect(answer.headers.get('location')).toBe(`/incidents/${id}`);
    await daemon.idle();
    expect((await call(`/incidents/${id}`)).json).toMatchObject({
      summary: { id, service: 'mailer', status: 'resolved', verdict: { verdict: 'likely' } },
    });
  });

  it('answers with the result when there is time to wait', async () => {
    const { call } = await startDaemon();
    const answer = await call('/analyze?wait=10', { json: wanted });
    expect(answer).toMatchObject({
      status: 200,
      json: { status: 'done', result: { schema: 'incident-result/v1' } },
    });
  });

  it('answers with the id when the time to wait is over', async () => {
    const { call } = await startDaemon({
      parts: { investigate: () => new Promise(() => {}) },
      settings: { work: { drainMs: 20 } },
    });
    expect((await call('/analyze?wait=1', { json: wanted })).status).toBe(202);
  });

  it('tells the investigation what was asked', async () => {
    const seen: InvestigateRequest[] = [];
    const root = tempDir();
    mkdirSync(join(root, 'logs'));
    writeFileSync(join(root, 'logs', 'app.log'), '');
    const { call } = await startDaemon({
      settings: { http: { readRoots: [root] } },
      parts: {
        investigate: async (request) => {
          seen.push(request);
          return resultOf(request.incidentId, request.service);
        },
      },
    });
    const body = {
      ...wanted,
      environment: 'staging',
      logPaths: [join(root, 'logs', 'app.log')],
      repo_path: root,
      context: { region: 'eu' },
      timestamp: '2026-01-01T00:00:00Z',
    };
    await call('/analyze?wait=10', { json: body });
    expect(seen).toMatchObject([
      {
        service: 'mailer',
        analysis: { logPaths: [join(root, 'logs', 'app.log')], repoPath: root },
        alerts: [
          {
            labels: { service: 'mailer', error_code: '500', environment: 'staging' },
            annotations: { summary: 'Connection refused', context: '{"region":"eu"}' },
            startsAt: '2026-01-01T00:00:00Z',
          },
        ],
      },
    ]);
  });

  it('reads only below the folders that the configuration names, links followed', async () => {
    const root = tempDir();
    const outside = join(tempDir(), 'secret.log');
    writeFileSync(outside, '');
    symlinkSync(outside, join(root, 'link.log'));
    writeFileSync(join(root, 'fine.log'), '');
    const { call } = await startDaemon({ settings: { http: { readRoots: [root] } } });
    const status = async (logPaths: string[]) =>
      (await call('/analyze', { json: { ...wanted, logPaths } })).status;
    expect(await status([join(root, 'fine.log')])).toBe(202);
    for (const path of [
      outside,
      join(root, 'link.log'),
      join(root, '..', 'x'),
      `${root}x/y`,
      'fine.log',
      '/etc/passwd',
      join(root, 'missing.log'),
    ]) {
      expect(await status([path])).toBe(403);
    }
    const none = await startDaemon();
    expect((await none.call('/analyze', { json: { ...wanted, repoPath: root } })).status).toBe(403);
  });

  it.each([
    [{ service: 'mailer' }, /errorMessage/],
    [{ ...wanted, service: '' }, /service/],
    [{ ...wanted, timestamp: 'soon' }, /timestamp/],
    [{ ...wanted, timestamp: '2999-01-01T00:00:00Z' }, /timestamp/],
    [{ ...wanted, logPaths: 5 }, /logPaths/],
    ['text', /object/],
  ])('refuses %j', async (body, reason) => {
    const { call } = await startDaemon();
    const answer = await call('/analyze', { json: body });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(reason);
  });
});

describe('POST /notify', () => {
  const wanted = { service: 'mailer', alertname: 'Manual', summary: 'look', analysis: 'slow' };

  it('hands the message to whoever is configured, once', async () => {
    const sent: SideEffect[] = [];
    const planEffects: EffectPlanner = ({ kind, incident, request }) =>
      kind === 'notify-requested'
        ? [{ key: incident.id, kind: 'notify', target: 'chat', lane: 'x', payload: request }]
        : [];
    const { call, daemon } = await startDaemon({
      planEffects,
      parts: {
        sender: {
          send: async (effect) => {
            sent.push(effect);
            return {};
          },
        },
      },
    });
    expect((await call('/notify', { json: wanted })).status).toBe(202);
    expect((await call('/notify', { json: wanted })).status).toBe(202);
    await daemon.idle();
    expect(sent).toMatchObject([{ target: 'chat', payload: wanted, attempt: 1 }]);
  });

  it('says so when nobody is', async () => {
    const { call } = await startDaemon();
    expect((await call('/notify', { json: wanted })).status).toBe(409);
    expect((await call('/notify', { json: {} })).status).toBe(400);
  });
});

describe('POST /changes', () => {
  it.each([
    [
      { service: 'mailer', commit: 'abc', version: '1.2' },
      { kind: 'deploy', version: '1.2' },
    ],
    [
      { name: 'new-checkout', from: false, to: true },
      { kind: 'flag', from: 'false', to: 'true' },
    ],
    [{ title: 'moved the database' }, { kind: 'note', source: 'change' }],
  ])('keeps %j', async (body, expected) => {
    const { call } = await startDaemon();
    const timed = { ...body, timestamp: '2026-01-01T00:00:00Z' };
    expect(await call('/changes', { json: timed })).toMatchObject({
      status: 201,
      json: { added: true, change: expected },
    });
    expect((await call('/changes', { json: timed })).status).toBe(200);
  });

  it.each([[{}], [{ commit: 'abc' }], [{ kind: 'deploy', service: 'a' }], [{ title: 5 }], [[]]])(
    'refuses %j',
    async (body) => {
      const { call } = await startDaemon();
      expect((await call('/changes', { json: body })).status).toBe(400);
    },
  );
});

describe('what is known', () => {
  it('names the services without their paths', async () => {
    const { call } = await startDaemon({
      services: [
        {
          name: 'mailer',
          health_url: 'http://user:pass@mailer/health?key=1',
          log_paths: { service: '/var/log/mailer.log' },
          depends_on: ['cart'],
        },
      ],
    });
    const answer = await call('/services');
    expect(answer.json).toMatchObject({
      services: [
        { name: 'mailer', dependsOn: ['cart'], healthUrl: 'http://mailer/health', hasLogs: true },
      ],
    });
    expect(answer.text).not.toMatch(/pass|\/var\/log/);
  });

  it('lists, filters and limits incidents', async () => {
    const { call, daemon } = await startDaemon();
    await call('/alerts', { json: payload('mailer') });
    await call('/alerts', { json: payload('cart') });
    await daemon.idle();
    const count = async (query: string) =>
      ((await call(`/incidents${query}`)).json as { incidents: unknown[] }).incidents.length;
    expect(await count('')).toBe(2);
    expect(await count('?limit=1')).toBe(1);
    expect(await count('?service=cart')).toBe(1);
    expect(await count('?open=1&failed=0')).toBe(2);
    for (const limit of ['0', '-1', '1e9', 'x']) {
      expect((await call(`/incidents?limit=${limit}`)).status).toBe(400);
    }
    expect((await call('/incidents/inc-0000000000')).status).toBe(404);
    expect((await call(`/incidents/${'x'.repeat(5000)}`)).status).toBeGreaterThanOrEqual(400);
  });

  it('draws pages for people and gives documents to programs', async () => {
    const pages: Pages = {
      list: ({ incidents }) => ({
        html: `<p>${incidents.length}</p>`,
        contentSecurityPolicy: "default-src 'none'",
      }),
      incident: (view) => ({
        html: `<p>${view.summary.id}</p>`,
        contentSecurityPolicy: "default-src 'none'",
      }),
      signIn: (next) => ({ html: `<p>sign in, ${next}</p>`, contentSecurityPolicy: '' }),
      trouble: (status) => ({ html: `<p>${status}</p>`, contentSecurityPolicy: '' }),
      asset: (name) => (name === 'style.css' ? { type: 'text/css', body: 'p{}' } : null),
    };
    const { call, daemon } = await startDaemon({ parts: { pages } });
    await call('/alerts', { json: payload() });
    await daemon.idle();
    const { incidents } = (await call('/incidents')).json as { incidents: { id: string }[] };
    const id = incidents[0]?.id ?? '';
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const page = await call(`/incidents/${id}`, { headers: html });
    expect(page.text).toBe(`<p>${id}</p>`);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect((await call('/incidents', { headers: html })).text).toBe('<p>1</p>');
    const short = await call(`/incidents/${id.slice(0, 8)}`, { headers: html });
    expect(short.headers.get('location')).toBe(`/incidents/${id}`);
    expect((await call('/assets/style.css')).text).toBe('p{}');
    expect((await call('/assets/..%2fsecret')).status).toBe(404);
    expect((await call('/', { headers: html })).headers.get('location')).toBe('/incidents');
  });
});

describe('what people do', () => {
  it('acknowledges, notes, mitigates and resolves', async () => {
    const { call, daemon } = await startDaemon();
    await call('/alerts', { json: payload() });
    await daemon.idle();
    const { incidents } = (await call('/incidents')).json as { incidents: { id: string }[] };
    const path = `/incidents/${incidents[0]?.id}`;
    const act = (what: string, json: object) => call(`${path}/${what}`, { json, act: true });
    expect((await act('acknowledge', { by: 'ann' })).json).toMatchObject({ acknowledgedBy: 'ann' });
    expect((await act('note', { by: 'ann', note: 'it is the disk' })).status).toBe(200);
    expect((await act('note', { by: 'ann' })).status).toBe(400);
    expect((await act('mitigate', {})).json).toMatchObject({ status: 'mitigated' });
    const form = new URLSearchParams({ token: TOKEN, by: 'ann', note: 'done' });
    const resolved = await call(`${path}/resolve`, { method: 'POST', body: form });
    expect(resolved.status).toBe(303);
    expect(resolved.headers.get('location')).toBe(path);
    const view = (await call(path)).json as {
      summary: object;
      incident: { timeline: { what: string }[] };
    };
    expect(view.summary).toMatchObject({ status: 'resolved' });
    expect(view.incident.timeline.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'acknowledged by ann',
        'ann: it is the disk',
        'ann: done',
        'resolved by ann',
      ]),
    );
  });

  it('investigates anew', async () => {
    let runs = 0;
    const { call, daemon } = await startDaemon({
      parts: {
        investigate: async ({ incidentId, service }) => {
          runs++;
          return resultOf(incidentId, service);
        },
      },
    });
    await call('/alerts', { json: payload() });
    await daemon.idle();
    const { incidents } = (await call('/incidents')).json as { incidents: { id: string }[] };
    expect(
      (await call(`/incidents/${incidents[0]?.id}/retry`, { json: {}, act: true })).status,
    ).toBe(200);
    await daemon.idle();
    expect(runs).toBe(2);
  });
});

describe('GET /events', () => {
  it('tells of changes and steps as they happen, whoever makes them', async () => {
    const { url, call, store, daemon } = await startDaemon({
      parts: {
        investigate: async ({ incidentId, service }, _signal, onStep) => {
          onStep('collect: prometheus');
          return resultOf(incidentId, service);
        },
      },
    });
    const abort = new AbortController();
    const response = await fetch(`${url}/events`, { signal: abort.signal });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    let heard = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString();
    })().catch(() => {});
    await pause(20);
    await call('/alerts', { json: payload() });
    await daemon.idle();
    await waitUntil('the result is told', () =>
      /event: incident\n.*"verdict":"likely"/.test(heard),
    );
    expect(heard).toContain('event: step\ndata: {"incidentId":"inc-');
    expect(heard).toContain('collect: prometheus');
    const [incident] = await store.listIncidents({ limit: 1 });
    await store.act(incident?.id ?? '', { kind: 'acknowledge', by: 'cli', at: Date.now() });
    await waitUntil('the acknowledgement is told', () => heard.includes('"acknowledgedBy":"cli"'));
    abort.abort();
    await reading;
  });

  it('does not keep the daemon from stopping', async () => {
    const { url, daemon } = await startDaemon();
    const response = await fetch(`${url}/events`);
    const started = performance.now();
    await daemon.stop();
    expect(performance.now() - started).toBeLessThan(1500);
    await response.body?.cancel();
  });
});
