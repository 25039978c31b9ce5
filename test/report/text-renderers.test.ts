import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { buildReport } from '#src/report/model/build-report.ts';
import { renderer as html } from '#src/report/renderers/html.ts';
import { renderer as json } from '#src/report/renderers/json.ts';
import { renderer as markdown } from '#src/report/renderers/markdown.ts';
import { EVIL, sampleSubject } from './sample.ts';

vi.setConfig({ testTimeout: 60_000 });

const report = buildReport([sampleSubject()], { postmortem: false });
const evil = buildReport([sampleSubject(EVIL)], { postmortem: false });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Names of the elements of a page, each with its attributes. */
function tagsOf(page: string): string[] {
  return page.match(/<[a-z][^>]*>/gi) ?? [];
}

test('an HTML page holds nothing from outside and no script, under its own policy', async () => {
  const page = text((await html.render(evil, 'x')).document);
  for (const tag of tagsOf(page)) {
    expect(tag).not.toMatch(/^<(?:script|iframe|object|embed|link|base|form|img)\b/i);
    expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\s(?:on\w+|style|src)\s*=/i);
    const href = /\shref="([^"]*)"/.exec(tag)?.[1];
    if (href !== undefined) expect(href).toMatch(/^#/);
  }
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`);
  expect(style).not.toMatch(/url\(|@import/);
});

test('every link of a page leads somewhere, and no id stands twice', async () => {
  const both = buildReport([sampleSubject(), sampleSubject('till')], { postmortem: false });
  for (const one of [report, both]) {
    const page = text((await html.render(one, 'x')).document);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  }
});

test('a citation unfolds to what is quoted', async () => {
  const page = text((await html.render(report, 'x')).document);
  expect(page).toContain('<details class="cite"><summary>C1</summary>');
  expect(page).toContain('<q>+pool.max = 1</q>');
  expect(page.match(/<details\b/g)?.length).toBe(page.match(/<\/details>/g)?.length);
});

test('markdown keeps outside text from becoming markup', async () => {
  const page = text((await markdown.render(evil, 'x')).document);
  const outside = page.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '');
  expect(outside).not.toMatch(/(?<!\\)</);
  expect(outside).not.toMatch(/(?<![\\!])\[(?!ev)(?![ ]\] )[^\]]*(?<!\\)\]\(/);
  expect(outside).not.toMatch(/@team/);
  expect(outside).not.toMatch(/https:\/\//);
});

test('a fence is longer than any run of backticks within', async () => {
  const subject = sampleSubject('x ```` y');
  const page = text(
    (await markdown.render(buildReport([subject], { postmortem: false }), 'x')).document,
  );
  expect(page).toContain('\n`````\n');
});

test('pictures of markdown lie beside it under safe names', async () => {
  const { document, pictures } = await markdown.render(report, 'inc-1-report');
  expect(pictures.map(({ name }) => name)).toEqual(['inc-1-report-M1.png']);
  expect(text(document)).toContain('](inc-1-report-M1.png)');
});

test('where no picture can lie beside markdown, it is told in words', async () => {
  const { document, pictures } = await markdown.render(report, null);
  expect(pictures).toEqual([]);
  expect(text(document)).toContain('rose from 0.1 % to 20 % at 14:12 UTC');
  expect(text(document)).not.toContain('![');
});

test('JSON is the model as it is', async () => {
  expect(JSON.parse(text((await json.render(report, 'x')).document))).toEqual(
    JSON.parse(JSON.stringify(report)),
  );
});

test('no text breaks out of a page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (word) => {
      const built = buildReport([sampleSubject(word)], { postmortem: false });
      const page = text((await html.render(built, 'x')).document);
      const names = new Set(tagsOf(page).map((tag) => /^<([a-z0-9]+)/i.exec(tag)?.[1]));
      for (const name of names) expect(KNOWN).toContain(name);
    }),
    { numRuns: 10 },
  );
});

const KNOWN =
  'html head meta title style body a div header p span h1 h2 h3 nav ol ul li main article section dl dt dd details summary q figure figcaption svg rect line text path circle table caption thead tbody tr th td pre b footer'.split(
    ' ',
  );
