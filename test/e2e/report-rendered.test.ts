import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { buildReport } from '#src/report/model/build-report.ts';
import { readZip } from '#src/report/renderers/docx/zip.ts';
import { renderer as docx } from '#src/report/renderers/docx.ts';
import { renderer as html } from '#src/report/renderers/html.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { EVIL, sampleSubject } from '../report/sample.ts';

const run = promisify(execFile);
const hasOffice = existsSync('/usr/bin/soffice');
const hasChromium = existsSync('/usr/bin/chromium');
const report = buildReport([sampleSubject(EVIL)], { postmortem: false });

async function office(dir: string, to: string, file: string): Promise<void> {
  const profile = `-env:UserInstallation=file://${join(dir, 'profile')}`;
  const args = [profile, '--headless', '--convert-to', to, '--outdir', join(dir, 'out'), file];
  await run('soffice', args, { timeout: 110_000 });
}

test.skipIf(!hasOffice)(
  'LibreOffice reads the Word file, writes it back with all it holds, and prints it (install libreoffice-writer, poppler-utils)',
  async () => {
    const dir = tempDir();
    const file = join(dir, 'report.docx');
    const { document } = await docx.render(report, 'report');
    writeFileSync(file, document);
    await office(dir, 'docx', file);
    const back = new Map(
      readZip(readFileSync(join(dir, 'out', 'report.docx'))).map(({ name, bytes }) => [
        name,
        bytes,
      ]),
    );
    const body = back.get('word/document.xml')?.toString('utf8') ?? '';
    const styles = back.get('word/styles.xml')?.toString('utf8') ?? '';
    for (const section of report.parts[0]?.sections ?? []) expect(body).toContain(section.title);
    expect(body).toContain('descr="');
    expect(body).toContain('TOC \\');
    expect(styles).toContain('w:styleId="Heading1"');
    expect([...back.keys()].some((name) => name.startsWith('word/media/'))).toBe(true);
    expect([...back.keys()].some((name) => /^word\/footer\d/.test(name))).toBe(true);

    await office(dir, 'pdf', file);
    const { stdout } = await run('pdftotext', ['-layout', join(dir, 'out', 'report.pdf'), '-']);
    expect(stdout).toMatch(/Page 1 of \d+/);
    expect(stdout).toMatch(/Summary\.{5,}\s*3/);
    expect(stdout).toContain('+pool.max = 1');
  },
  240_000,
);

test.skipIf(!hasChromium)(
  'Chromium shows the page without a policy violation, and follows nothing outside (install chromium)',
  async () => {
    const dir = tempDir();
    const file = join(dir, 'report.html');
    writeFileSync(file, (await html.render(report, 'report')).document);
    mkdirSync(join(dir, 'shots'));
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
      '--enable-logging=stderr',
      `--user-data-dir=${join(dir, 'chromium')}`,
    ];
    const shot = ['--window-size=390,1600', `--screenshot=${join(dir, 'shots', 'phone.png')}`];
    const { stderr } = await run('chromium', [...flags, ...shot, `file://${file}`], {
      timeout: 110_000,
    });
    expect(stderr).not.toMatch(/Content Security Policy|Refused to|CONSOLE/);
    const [name = ''] = readdirSync(join(dir, 'shots'));
    const png = readFileSync(join(dir, 'shots', name));
    expect(png.length).toBeGreaterThan(20_000);
    const dom = await run('chromium', [...flags, '--dump-dom', `file://${file}`], {
      timeout: 110_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(dom.stdout).not.toMatch(/<script|<img/);
  },
  240_000,
);
