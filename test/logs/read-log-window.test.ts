import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readLogWindow } from '#src/logs/read-log-window.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const START = Date.UTC(2024, 0, 2);
const line = (second: number) =>
  `${new Date(START + second * 1000).toISOString()} INFO a.B: event ${second} ${'x'.repeat(60)}`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `${line(from + i)}\n\tmore of ${from + i}\n`).join(
    '',
  );
const limits = { maxBytes: 64e6, maxRecords: 1e6 };
const span = (from: number, to: number) => ({ start: START + from * 1000, end: START + to * 1000 });

describe('readLogWindow', () => {
  test('reads a span over rotated files and archives', async () => {
    const folder = tempDir();
    const path = join(folder, 'app.log');
    await writeFile(`${path}.2.gz`, gzipSync(lines(0, 1000)));
    await writeFile(`${path}.1`, lines(1000, 5000));
    await writeFile(path, lines(5000, 9000));
    for (const [name, end] of [
      ['.2.gz', 1000],
      ['.1', 5000],
      ['', 9000],
    ] as const)
      await utimes(path + name, START / 1000 + end, START / 1000 + end);
    const { records, isCut, undated } = await readLogWindow({
      path,
      service: 'api',
      span: span(900, 5100),
      ...limits,
    });
    expect(records).toHaveLength(4200);
    expect(records[0]).toEqual({
      timestamp: new Date(START + 900_000).toISOString().replace('.000', ''),
      service: 'api',
      line: `${line(900)}\n\tmore of 900`,
    });
    expect(records.at(-1)?.line).toContain('event 5099');
    expect({ isCut, undated }).toEqual({ isCut: false, undated: 0 });
  });

  test('enters a long file near the span and keeps the last of what is too much', async () => {
    const path = join(tempDir(), 'app.log');
    await writeFile(path, lines(0, 30_000));
    const found = await readLogWindow({
      path,
      service: 'a',
      span: span(10_000, 20_000),
      maxBytes: 100_000,
      maxRecords: 1e6,
    });
    expect(found.isCut).toBe(true);
    expect(found.records.at(-1)?.line).toContain('event 19999');
    expect(found.records.length).toBeGreaterThan(500);
    const few = await readLogWindow({
      path,
      service: 'a',
      span: span(10_000, 20_000),
      maxBytes: 64e6,
      maxRecords: 7,
    });
    expect(few.records.map(({ line: text }) => /event (\d+)/.exec(text)?.[1])).toEqual([
      '19993',
      '19994',
      '19995',
      '19996',
      '19997',
      '19998',
      '19999',
    ]);
  });

  test('takes the zone of the service and the year of the file', async () => {
    const path = join(tempDir(), 'syslog');
    await writeFile(path, 'Jan  2 01:00:05 host app[1]: hello\n');
    await utimes(path, START / 1000 + 3600, START / 1000 + 3600);
    const { records } = await readLogWindow({
      path,
      service: 'a',
      span: span(0, 60),
      timeZone: 'Europe/Zurich',
      ...limits,
    });
    expect(records).toMatchObject([{ timestamp: '2024-01-02T00:00:05Z' }]);
  });

  test('counts records without a time, and is empty for a file that is not there', async () => {
    const path = join(tempDir(), 'app.log');
    await writeFile(path, 'no time here\nnor here\n');
    expect(await readLogWindow({ path, service: 'a', span: span(0, 10), ...limits })).toMatchObject(
      { records: [], undated: 2 },
    );
    expect(
      await readLogWindow({ path: `${path}.gone`, service: 'a', span: span(0, 10), ...limits }),
    ).toMatchObject({ records: [], undated: 0 });
  });
});
