import { expect, test, vi } from 'vitest';
import { buildReport } from '#src/report/model/build-report.ts';
import { columnWidths } from '#src/report/renderers/docx/widths.ts';
import { readZip, writeZip } from '#src/report/renderers/docx/zip.ts';
import { renderer } from '#src/report/renderers/docx.ts';
import { EVIL, sampleSubject } from './sample.ts';

// The library takes seconds where many programs share a core.
vi.setConfig({ testTimeout: 120_000 });

const report = buildReport([sampleSubject()], { postmortem: false });
const render = async (of: typeof report): Promise<Map<string, string>> =>
  new Map(
    readZip(Buffer.from((await renderer.render(of, 'x')).document)).map(({ name, bytes }) => [
      name,
      bytes.toString('utf8'),
    ]),
  );

test('the same report gives the same bytes, however many were made before', async () => {
  const first = Buffer.from((await renderer.render(report, 'x')).document);
  await renderer.render(buildReport([sampleSubject('other')], { postmortem: true }), 'x');
  const again = Buffer.from((await renderer.render(structuredClone(report), 'x')).document);
  expect(again.equals(first)).toBe(true);
});

test('every relationship resolves, every id is unique, every part has a type', async () => {
  const both = buildReport([sampleSubject(EVIL), sampleSubject('till')], { postmortem: false });
  const parts = await render(both);
  const types = parts.get('[Content_Types].xml') ?? '';
  for (const name of parts.keys()) {
    if (name === '[Content_Types].xml') continue;
    const ending = name.split('.').at(-1) ?? '';
    expect(types.includes(`Extension="${ending}"`) || types.includes(`PartName="/${name}"`)).toBe(
      true,
    );
  }
  for (const [name, text] of parts) {
    if (!name.endsWith('.rels')) continue;
    const owner = name.replace('_rels/', '').replace(/\.rels$/, '');
    const body = parts.get(owner) ?? '';
    const ids = [...text.matchAll(/ Id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, used] of body.matchAll(/r:(?:id|embed)="([^"]+)"/g)) expect(ids).toContain(used);
    for (const [, target, mode] of text.matchAll(/Target="([^"]+)"(?: TargetMode="([^"]+)")?/g)) {
      expect(mode).toBeUndefined();
      const folder = owner.includes('/') ? owner.slice(0, owner.lastIndexOf('/') + 1) : '';
      const path = target?.startsWith('/') ? target.slice(1) : folder + target;
      expect([...parts.keys()]).toContain(path);
    }
  }
  const document = parts.get('word/document.xml') ?? '';
  for (const pattern of [
    /<w:bookmarkStart[^>]* w:id="(\d+)"/g,
    /<w:bookmarkStart[^>]*w:name="([^"]+)"/g,
    /<wp:docPr id="(\d+)"/g,
  ]) {
    const ids = [...document.matchAll(pattern)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  }
  const names = new Set(
    [...document.matchAll(/<w:bookmarkStart[^>]*w:name="([^"]+)"/g)].map(([, name]) => name),
  );
  for (const [, anchor] of document.matchAll(/<w:hyperlink[^>]*w:anchor="([^"]+)"/g)) {
    expect(names).toContain(anchor);
  }
});

test('pictures have alternative texts, pages have numbers, headings are real', async () => {
  const parts = await render(report);
  const document = parts.get('word/document.xml') ?? '';
  expect(document).toMatch(/<wp:docPr id="1"[^>]*descr="orders error ratio/);
  expect(document).toContain('w:val="Heading1"');
  expect(document).toContain('TOC \\h \\o');
  const footers = [...parts]
    .filter(([name]) => /word\/footer\d/.test(name))
    .map(([, text]) => text);
  expect(footers.some((text) => text.includes('PAGE') && text.includes('NUMPAGES'))).toBe(true);
  expect(
    [...parts].some(([name, text]) => /word\/header\d/.test(name) && text.includes('orders fails')),
  ).toBe(true);
  // A dirty field or a wish to update makes Word ask when it opens the document.
  expect(document).not.toContain('w:dirty="true"');
  expect(parts.get('word/settings.xml')).not.toContain('updateFields');
});

test('outside text is text: no character that XML forbids, no field, no markup', async () => {
  const parts = await render(buildReport([sampleSubject(EVIL)], { postmortem: false }));
  for (const [name, text] of parts) {
    if (!/\.(?:xml|rels)$/.test(name)) continue;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202e]/);
    expect(text).not.toContain('<script');
  }
});

test('the dates of a document are those of its evidence', async () => {
  const core = (await render(report)).get('docProps/core.xml') ?? '';
  expect(core.match(/<dcterms:(?:created|modified)[^>]*>2026-03-01T14:30:00Z</g)?.length).toBe(2);
});

test('a package that is written can be read', () => {
  const entries = [
    { name: 'a.xml', bytes: Buffer.from('<a/>') },
    { name: 'b/ü.bin', bytes: Buffer.alloc(100_000, 7) },
  ];
  expect(readZip(writeZip(entries))).toEqual(entries);
  expect(() => readZip(Buffer.from('no package'))).toThrow('not a ZIP package');
});

test('columns fill the page, and long ones get more of it', () => {
  const widths = columnWidths(
    [
      ['Id', 'What'],
      ['H1', 'a long sentence '.repeat(20)],
    ],
    9638,
  );
  expect(widths.reduce((a, b) => a + b, 0)).toBe(9638);
  expect(widths[1]).toBeGreaterThan((widths[0] ?? 0) * 4);
  expect(
    columnWidths([Array.from({ length: 30 }, () => 'incomprehensibilities')], 9638).reduce(
      (a, b) => a + b,
      0,
    ),
  ).toBe(9638);
});
