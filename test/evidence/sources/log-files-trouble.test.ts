import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogFilesSource } from '#src/evidence/sources/log-files.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { app, collect, line, log } from '../helpers/log-files.ts';
import { requestFor, toolsAt } from '../helpers/request.ts';

describe('log files that cannot be had', () => {
  it.each([
    ['a folder', (path: string) => mkdirSync(path), 'is a folder, not a file'],
    ['nothing', () => {}, 'no such file'],
    [
      'a pipe that nobody writes to',
      (path: string) => execFileSync('mkfifo', [path]),
      'is no regular file',
    ],
    [
      'a binary',
      (path: string) => log(path, Buffer.alloc(4000, '\x7fELF\x02\x01\0\0\0')),
      'is binary',
    ],
    [
      'an empty archive',
      (path: string) => log(path, Buffer.from([0x1f, 0x8b, 8, 0])),
      /app\.log is damaged|no log lines/,
    ],
    [
      'only older lines',
      (path: string) => log(path, line(300, 'INFO', 'old'), 300),
      'no log lines in this time',
    ],
  ])('tells of %s', async (_name, make, why) => {
    const path = join(tempDir(), 'app.log');
    make(path);
    const { gaps, records } = await collect([app({ service: path })]);
    expect(records).toEqual([]);
    expect(gaps).toHaveLength(1);
    if (typeof why === 'string') expect(gaps[0]).toContain(why);
    else expect(gaps[0]).toMatch(why);
    expect(gaps[0]).not.toContain('/');
  });

  it.skipIf(process.getuid?.() === 0)('tells of one that may not be read', async () => {
    const path = log(join(tempDir(), 'app.log'), line(3, 'INFO', 'x'));
    execFileSync('chmod', ['000', path]);
    expect((await collect([app({ service: path })])).gaps).toEqual([
      'app: app.log permission denied',
    ]);
  });

  it('still reads the others', async () => {
    const dir = tempDir();
    const service = log(join(dir, 'service.log'), line(3, 'INFO', 'x'));
    const { lines, gaps } = await collect([app({ service, error: join(dir, 'error.log') })]);
    expect(lines).toHaveLength(1);
    expect(gaps).toEqual(['app: error.log no such file']);
  });

  it('is a gap for a target without log_paths, unless there is Loki', async () => {
    expect((await collect([{ name: 'app' }])).gaps).toEqual(['app has no log_paths']);
    expect((await collect([{ name: 'app' }], { hasLoki: true })).gaps).toEqual([]);
  });

  it('tells logs of one name apart by as much of their paths as it takes', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'a'));
    mkdirSync(join(dir, 'b'));
    const service = [
      log(join(dir, 'a/app.log'), line(3, 'INFO', 'x')),
      log(join(dir, 'b/app.log'), line(2, 'INFO', 'y')),
    ];
    const { records } = await collect([app({ service })]);
    expect(records.map((record) => record.labels?.file)).toEqual(['a/app.log', 'b/app.log']);
  });

  it('ends soon when the deadline is over, with the newest that it has', async () => {
    const dir = tempDir();
    let text = '';
    for (let n = 0; n < 250_000; n++)
      text += line(29 - n / 10_000, 'INFO', `request ${n} was answered`);
    const service = log(join(dir, 'app.log'), text);
    const settings = { maxBytesPerFile: 1e9, maxRecords: 20_000, hasLoki: false };
    const abort = new AbortController();
    const source = createLogFilesSource(settings, toolsAt());
    setTimeout(() => abort.abort(), 60);
    const started = performance.now();
    const found = await source.collect(requestFor([app({ service })]), abort.signal);
    expect(performance.now() - started).toBeLessThan(4000);
    expect(found.gaps?.map((gap) => gap.why)).toContain(
      'app: app.log not read to its beginning within the deadline',
    );
  });

  it('never fails, whatever the bytes', async () => {
    const dir = tempDir();
    const path = join(dir, 'app.log');
    const piece = fc.oneof(
      fc.constantFrom(
        line(5, 'ERROR', 'x'),
        '\n',
        '\r\n',
        '\0',
        '{"a":1}\n',
        '  at x\n',
        '\xff',
        '<13>',
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        log(path, Buffer.from(pieces.join(''), 'latin1'));
        const { records } = await collect([app({ service: path })]);
        for (const record of records) expect(record.line).not.toContain('\0');
      }),
      { numRuns: 60 },
    );
  });
});
