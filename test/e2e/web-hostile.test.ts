import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import { createPages } from '#src/web/pages.ts';
import { startDaemon } from '../daemon/start.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { RESULT, replaceTexts } from '../web/sample-view.ts';
import { chromium, NO_CHROMIUM, openPage, startBrowser } from './web/browser.ts';
import { expectFits, seriousFindings, textOf, unfoldAll } from './web/checks.ts';
import { startListen, TOKEN } from './web/listen.ts';

const HOSTILE =
  `"><script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(2)"><svg onload=alert(3)>` +
  `' autofocus onfocus='alert(4)\`<style>body{display:none}</style></textarea></summary></details>` +
  `<a href="javascript:alert(5)">\u202etxt\u0000`;
const SHOWN = '"><script>alert(1)</script><img src=';
const PATIENCE_MS = 60_000;

if (!chromium) console.log(NO_CHROMIUM);

describe.skipIf(!chromium)('pages in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  }, 120_000);
  afterAll(() => browser?.close());

  it('show hostile strings of every field as text, and run, load and follow none', async () => {
    const planEffects: EffectPlanner = ({ kind, incident }) =>
      kind === 'investigated'
        ? [{ key: incident.id, kind: HOSTILE, target: HOSTILE, lane: 'x', payload: {} }]
        : [];
    const { url, call, daemon, store } = await startDaemon({
      planEffects,
      parts: {
        pages: createPages(),
        investigate: async () =>
          replaceTexts(RESULT, HOSTILE, /^(?:at|id|timestamp|start|end|startsAt|onsetAt|onset)$/),
        sender: {
          send: async () => {
            throw new Error(HOSTILE);
          },
        },
      },
      settings: { work: { maxSendAttempts: 1 } },
    });
    const labels = { alertname: HOSTILE, service: HOSTILE, [HOSTILE]: HOSTILE };
    const alert = alertOf(labels, Date.now(), { annotations: { [HOSTILE]: HOSTILE } });
    await call('/alerts', { json: payloadOf([alert]) });
    await daemon.idle();
    const [incident] = await store.listIncidents({ limit: 1 });
    const id = incident?.id ?? '';
    const act = { json: { by: HOSTILE.slice(0, 90), note: HOSTILE }, act: true };
    expect((await call(`/incidents/${id}/note`, act)).status).toBe(200);
    expect((await call(`/incidents/${id}/acknowledge`, act)).status).toBe(200);

    for (const width of [390, 1280]) {
      const { page, complaints } = await openPage(browser, { width, scheme: 'dark' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const query = encodeURIComponent(HOSTILE);
      for (const path of [`/incidents/${id}`, '/incidents', `/incidents?service=${query}`]) {
        await page.goto(url + path, { waitUntil: 'load' });
        await unfoldAll(page);
        expect(await textOf(page)).toContain(SHOWN);
        await expectFits(page);
        expect(
          await page.$$('main script, main style, main img, main [onload], main [onfocus]'),
        ).toEqual([]);
      }
      await page.goto(`${url}/incidents/${id}`, { waitUntil: 'load' });
      await unfoldAll(page);
      const text = await textOf(page);
      // In the headline, the cause, evidence, suspects, the fix, what was sent, notes and alerts.
      expect(text.split(SHOWN).length).toBeGreaterThan(100);
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      for (const address of asked) expect(address.startsWith(url)).toBe(true);
      await page.browserContext().close();
    }
  });

  it('would not let anything run or load that was in them all the same', async () => {
    const { url } = await startDaemon({ parts: { pages: createPages() } });
    const { page, complaints } = await openPage(browser, { width: 1280, scheme: 'light' });
    await page.goto(`${url}/incidents`, { waitUntil: 'load' });
    const ran = await page.evaluate(`(async () => {
      const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
      try { add('script', { text: 'window.ran = 1' }); } catch {}
      try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = 2">'); } catch {}
      try { add('script', { src: 'http://127.0.0.1:9/x.js' }); } catch {}
      add('img', { src: 'http://127.0.0.1:9/x.png' });
      document.body.setAttribute('style', 'display:none');
      const sent = await fetch('http://127.0.0.1:9/').then(() => true, () => false);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { ran: window.ran ?? 0, sent, display: getComputedStyle(document.body).display };
    })()`);
    expect(ran).toEqual({ ran: 0, sent: false, display: 'block' });
    expect(complaints.join('\n')).toMatch(/Content Security Policy|TrustedHTML/);
    await page.browserContext().close();
  });

  it('follow a real investigation while it runs', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'incident-live-'));
    const now = Date.now();
    const at = (ago: number): string => new Date(now - ago).toISOString();
    const fine = Array.from(
      { length: 1000 },
      (_one, index) => `${at(6_000_000 - index * 5000)} INFO order ${index} placed\n`,
    );
    const bad = Array.from(
      { length: 100 },
      (_one, index) =>
        `${at(110_000 - index * 1000)} ERROR cannot reach stock: connection refused\n`,
    );
    writeFileSync(join(dir, 'shop.log'), [...fine, ...bad].join(''));
    const registry = { shop: { log_paths: { service: join(dir, 'shop.log') } } };
    const listen = await startListen(dir, { settleSeconds: 1 }, registry);
    const { page, complaints } = await openPage(browser, { width: 390, scheme: 'light' });
    try {
      await page.goto(`${listen.url}/incidents`, { waitUntil: 'load' });
      expect(await textOf(page)).toContain('There are no incidents yet');
      await waitUntil(
        'it is live',
        async () => (await page.evaluate('document.body.dataset.state')) === 'live',
        PATIENCE_MS,
      );
      const alerts = [alertOf({ alertname: 'ShopErrors', service: 'shop' }, now - 60_000)];
      const response = await fetch(`${listen.url}/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify(payloadOf(alerts)),
      });
      expect(response.status).toBe(200);
      await waitUntil(
        'the list tells',
        async () => (await page.$('.incident-item h3 a')) !== null,
        PATIENCE_MS,
      );
      await Promise.all([
        page.waitForNavigation({ waitUntil: 'load' }),
        page.click('.incident-item h3 a'),
      ]);
      const steps = new Set<string>();
      await waitUntil(
        'the page tells the cause',
        async () => {
          steps.add(await textOf(page, '#live'));
          return (await page.$('#cause')) !== null;
        },
        PATIENCE_MS,
      );
      expect([...steps].filter((step) => step !== '')).not.toEqual([]);
      expect(await textOf(page)).toMatch(/cannot reach stock/);
      expect(complaints).toEqual([]);
    } finally {
      await page.browserContext().close();
      await listen.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
