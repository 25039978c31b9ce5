import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapLimited } from '#src/platform/map-limited.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { chromium, type Look, NO_CHROMIUM, openPage, startBrowser } from './web/browser.ts';
import { expectFits, seriousFindings, textOf, unfoldAll } from './web/checks.ts';
import { bring, investigate } from './web/fill.ts';
import { type RealListen, startListen, TOKEN } from './web/listen.ts';

/** Each with another kind of answer: a commit, infrastructure, none that is sure, logs alone. */
const BUNDLES = [
  'a-corvid-invoicing',
  'b-wallet-write-path',
  'c-bistro-release',
  'c-pay-logs',
] as const;
const LOOKS: Look[] = [390, 1280].flatMap((width) => [
  { width, scheme: 'light' as const },
  { width, scheme: 'dark' as const },
]);
const PATIENCE_MS = 20_000;

/** Where pictures of the pages go, for whoever wants to look at them. */
const PICTURES = process.env.PAGE_PICTURES;

if (!chromium) console.log(NO_CHROMIUM);

describe.skipIf(!chromium)('pages in a browser, of real answers in a real daemon', () => {
  let dir = '';
  let listen: RealListen;
  let browser: Browser;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'incident-pages-'));
    browser = await startBrowser();
    listen = await startListen(dir);
    const results = await mapLimited(BUNDLES, 2, async (bundle) => investigate(bundle));
    for (const [index, bundle] of BUNDLES.entries()) {
      ids.set(bundle, await bring(listen, results[index] as (typeof results)[0]));
    }
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await listen?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const pathOf = (bundle: (typeof BUNDLES)[number]): string => `/incidents/${ids.get(bundle)}`;
  const go = async (page: Page, path: string): Promise<number> =>
    (await page.goto(listen.url + path, { waitUntil: 'load' }))?.status() ?? 0;

  it.each(LOOKS)(
    'fit the screen, please axe-core and break no policy, $width pixels wide, $scheme',
    async (look) => {
      // Each look takes two of the answers, one with its evidence unfolded: axe-core takes long.
      const turn = LOOKS.indexOf(look);
      const [unfolded, folded] = [turn, turn + 1].map(
        (at) => BUNDLES[at % BUNDLES.length] as (typeof BUNDLES)[0],
      ) as [(typeof BUNDLES)[0], (typeof BUNDLES)[0]];
      for (const path of ['/incidents', '/sign-in', pathOf(folded), pathOf(unfolded)]) {
        const { page, complaints } = await openPage(browser, look);
        // In the dark somebody is signed in, so that the forms are seen too.
        if (look.scheme === 'dark') {
          await page.setExtraHTTPHeaders({ authorization: `Bearer ${TOKEN}` });
        }
        expect(await go(page, path)).toBe(200);
        await expectFits(page);
        await picture(page, look, path);
        if (path === pathOf(unfolded)) await unfoldAll(page);
        expect(await seriousFindings(page)).toEqual([]);
        await unfoldAll(page);
        await expectFits(page);
        expect(complaints).toEqual([]);
        await page.browserContext().close();
      }
    },
  );

  it('show what was found and what it rests on', async () => {
    const { page } = await openPage(browser, { width: 390, scheme: 'light' });
    await go(page, pathOf('a-corvid-invoicing'));
    const folded = await textOf(page);
    expect(folded).toMatch(
      /Cause (?:Confirmed|Likely) confidence \d+ % Commit [0-9a-f]{10} of \w+/,
    );
    expect(folded).toContain('What to do next');
    expect(folded).toMatch(/Given up: notify to email/);
    expect(folded).not.toContain('diff --git');
    const cite = await page.$('#cause details.cite');
    await cite?.evaluate((element) => element.querySelector('summary')?.click());
    expect(await textOf(page, '#cause details.cite')).toMatch(/commit|deploy/);
    // The onset is drawn in the picture of a signal and is said in its words.
    const words = await page.$eval('#signals svg', (svg) => svg.getAttribute('aria-label') ?? '');
    expect(words).toMatch(/rose from .* at \d\d:\d\d/);
    expect(
      await page.$$('#signals svg .chart-stroke-onset, #signals svg .chart-fill-onset'),
    ).not.toEqual([]);
    await page.browserContext().close();
  });

  it('are read, signed in to and acted on without script', async () => {
    const path = pathOf('b-wallet-write-path');
    const { page, complaints } = await openPage(browser, {
      width: 390,
      scheme: 'dark',
      script: false,
    });
    await go(page, path);
    expect(await textOf(page)).toContain('Nobody has acknowledged it');
    await page.click('#act a.button');
    await waitUntil(
      'the form is there',
      async () => (await page.$('#token')) !== null,
      PATIENCE_MS,
    );
    await page.type('#name', 'Ann');
    await page.type('#token', 'not the token at all');
    await submit(page, 'form .primary');
    expect(await textOf(page)).toContain('Nothing was done: wrong token');
    await page.type('#name', 'Ann');
    await page.type('#token', TOKEN);
    await submit(page, 'form .primary');
    expect(new URL(page.url()).pathname).toBe(path);
    await page.type('#note', 'it is <b>mine</b>');
    await submit(page, 'button[formaction$="/acknowledge"]');
    const text = await textOf(page);
    expect(text).toContain('Ann has it');
    expect(text).toContain('it is <b>mine</b>');
    await submit(page, 'button[formaction$="/resolve"]');
    expect(await textOf(page, '.headline')).toContain('Resolved');
    expect(complaints.filter((one) => !one.includes('401'))).toEqual([]);
    await page.browserContext().close();
  });

  it('take the token for one deed from whoever does not sign in, and change nothing without', async () => {
    const path = pathOf('c-bistro-release');
    const { page } = await openPage(browser, { width: 1280, scheme: 'light' });
    await go(page, path);
    await page.click('#act summary');
    await page.type('#token', 'wrong');
    await submit(page, 'button[formaction$="/mitigate"]');
    expect(await textOf(page)).toContain('Nothing was done');
    await go(page, path);
    expect(await textOf(page, '.headline')).toContain('Investigating');
    await page.click('#act summary');
    await page.type('#token', TOKEN);
    await submit(page, 'button[formaction$="/mitigate"]');
    expect(await textOf(page, '.headline')).toContain('Mitigated');
    expect(await page.browserContext().cookies()).toEqual([]);
    await page.browserContext().close();
  });

  it('renew themselves while what is open and being typed stays', async () => {
    const path = pathOf('c-pay-logs');
    const { page, complaints } = await openPage(browser, { width: 390, scheme: 'light' });
    await go(page, path);
    await waitUntil('it is live', async () => (await stateOf(page)) === 'live', PATIENCE_MS);
    await page.$eval('#seen details.cite', (details) => details.querySelector('summary')?.click());
    await page.click('#act summary');
    await page.type('#note', 'not sent yet');
    const response = await fetch(`${listen.url}${path}/acknowledge`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'Bob' }),
    });
    expect(response.status).toBe(200);
    await waitUntil(
      'the page tells',
      async () => (await textOf(page, '.headline')).includes('Bob has it'),
      PATIENCE_MS,
    );
    expect(await page.$eval('#seen details.cite', (details) => details.hasAttribute('open'))).toBe(
      true,
    );
    expect(await page.evaluate('document.getElementById("note").value')).toBe('not sent yet');
    expect(complaints).toEqual([]);
    await page.browserContext().close();
  });

  it('can be used by keyboard', async () => {
    const { page } = await openPage(browser, { width: 1280, scheme: 'dark' });
    await go(page, pathOf('a-corvid-invoicing'));
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('To the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^C\d/);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.$eval('#cause details.cite', (details) => details.hasAttribute('open'))).toBe(
      true,
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^All of C\d/);
    await page.keyboard.press('Enter');
    // What is linked to unfolds by itself.
    await waitUntil(
      'the evidence is open',
      async () => (await page.$('#evidence details[open]')) !== null,
      PATIENCE_MS,
    );
    await page.browserContext().close();
  });

  async function picture(page: Page, { width, scheme }: Look, path: string): Promise<void> {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    const name = `${path.replace(/\W+/g, '-').slice(1)}-${width}-${scheme}.png`;
    await page.screenshot({ path: join(PICTURES, name) as `${string}.png`, fullPage: true });
  }
});

async function submit(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.click(button)]);
}

function stateOf(page: Page): Promise<unknown> {
  return page.evaluate('document.body.dataset.state');
}

async function focused(page: Page): Promise<string> {
  const text = (await page.evaluate('document.activeElement.textContent')) as string;
  return text.trim();
}
