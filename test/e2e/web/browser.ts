import { existsSync } from 'node:fs';
import { type Browser, launch, type Page } from 'puppeteer-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A real browser of this machine, or null where there is none. */
export const chromium = [process.env.CHROMIUM ?? '', ...PLACES].find((path) => existsSync(path));

/** Said once instead of the tests. */
export const NO_CHROMIUM =
  'the pages are not tested in a browser: install chromium, or set CHROMIUM to its path';

export function startBrowser(): Promise<Browser> {
  return launch({
    executablePath: chromium ?? '',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
    ],
    timeout: 60_000,
    protocolTimeout: 120_000,
  });
}

export type Look = { width: number; scheme: 'light' | 'dark'; script?: boolean };

/** A page of that width and theme, and what the browser complained of. */
export async function openPage(
  browser: Browser,
  { width, scheme, script = true }: Look,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({
    width,
    height: width < 600 ? 844 : 900,
    deviceScaleFactor: 1,
    isMobile: width < 600,
    hasTouch: width < 600,
  });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  return { page, complaints };
}
