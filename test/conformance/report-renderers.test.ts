import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command } from '#src/commands/report.ts';
import { buildReport } from '#src/report/model/build-report.ts';
import { REPORT_FORMATS, type ReportFormat } from '#src/report/registry.ts';
import { EVIL, sampleSubject } from '../report/sample.ts';

const FOLDER = new URL('../../src/report/renderers/', import.meta.url);
const TESTS = new URL('../report/', import.meta.url);
/** Draws results for a terminal, and is no document. */
const OTHER = ['terminal'];
const IDS = Object.keys(REPORT_FORMATS) as ReportFormat[];

describe('the registry of report formats', () => {
  it('holds every file of the folder under its name', async () => {
    const files = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.slice(0, -3))
      .filter((name) => !OTHER.includes(name));
    expect(files.sort()).toEqual([...IDS].sort());
    for (const id of IDS) expect((await REPORT_FORMATS[id]()).id).toBe(id);
  });

  it('is what the command offers', () => {
    const choices = command.options.find(({ flags }) => flags.startsWith('--format'))?.choices;
    expect([...(choices ?? [])].sort()).toEqual([...IDS].sort());
  });

  it.each(IDS)('%s has a test that runs it', (id) => {
    const tests = readdirSync(TESTS).map((name) => readFileSync(new URL(name, TESTS), 'utf8'));
    expect(tests.some((text) => text.includes(`report/renderers/${id}.ts`))).toBe(true);
  });

  it.each(IDS)(
    '%s gives the same bytes for the same report, and shows all of it',
    { timeout: 120_000 },
    async (id) => {
      const report = buildReport([sampleSubject(EVIL), sampleSubject()], { postmortem: false });
      const renderer = await REPORT_FORMATS[id]();
      const first = await renderer.render(report, 'name');
      const again = await renderer.render(structuredClone(report), 'name');
      expect(Buffer.from(again.document).equals(Buffer.from(first.document))).toBe(true);
      for (const { name } of first.pictures) expect(name).toMatch(/^[\w.-]+$/);
      if (!renderer.isText) return;
      const text = Buffer.from(first.document).toString('utf8');
      for (const { sections } of report.parts) {
        for (const { title } of sections) expect(text).toContain(title);
      }
    },
  );
});
