import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Finding = {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
};

/** What axe-core finds on a page as it is now that is serious or worse. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const findings = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  )) as Finding[];
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary ?? ''}`);
}

/** Nothing is wider than the screen. */
export async function expectFits(page: Page): Promise<void> {
  const [content = 0, screen = 0] = (await page.evaluate(
    '[document.documentElement.scrollWidth, innerWidth]',
  )) as number[];
  expect(content).toBeLessThanOrEqual(screen);
}

/** Unfolds everything. */
export function unfoldAll(page: Page): Promise<unknown> {
  return page.evaluate(
    'document.querySelectorAll("details").forEach((one) => { one.open = true; })',
  );
}

/** What a person sees on a page, in one line: what is folded is not among it. */
export async function textOf(page: Page, selector = 'body'): Promise<string> {
  const script = `document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`;
  return ((await page.evaluate(script)) as string).replace(/\s+/g, ' ');
}
