import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { app, collect, line, log, MINUTE, stamp } from '../helpers/log-files.ts';
import { NOW } from '../helpers/request.ts';

describe('log files', () => {
  it('reads the span, joins records over several lines, and says where each came from', async () => {
    const dir = tempDir();
    const service = log(
      join(dir, 'service.log'),
      line(200, 'INFO', 'long before') +
        line(80, 'INFO', 'in the baseline') +
        line(5, 'ERROR', 'boom') +
        'Traceback (most recent call last):\n  File "/srv/app.py", line 3, in f\nValueError: x\n' +
        line(4, 'INFO', 'after') +
        line(-1, 'INFO', 'after the window'),
    );
    const { records, gaps } = await collect([app({ service })]);
    expect(records).toEqual([
      {
        timestamp: '2026-03-01T10:40:00Z',
        service: 'app',
        line: `${stamp(80)} INFO app.api in the baseline`,
        labels: { file: 'service.log', log: 'service' },
      },
      {
        timestamp: '2026-03-01T11:55:00Z',
        service: 'app',
        line: `${stamp(5)} ERROR app.api boom\nTraceback (most recent call last):\n  File "/srv/app.py", line 3, in f\nValueError: x`,
        labels: { file: 'service.log', log: 'service' },
      },
      {
        timestamp: '2026-03-01T11:56:00Z',
        service: 'app',
        line: `${stamp(4)} INFO app.api after`,
        labels: { file: 'service.log', log: 'service' },
      },
    ]);
    expect(gaps).toEqual([]);
  });

  it('follows rotated and packed files back to the start of the baseline', async () => {
    const dir = tempDir();
    const service = log(join(dir, 'app.log'), line(3, 'INFO', 'newest'));
    log(join(dir, 'app.log.1'), line(20, 'INFO', 'second'), 20);
    log(
      join(dir, 'app.log.2.gz'),
      gzipSync(line(95, 'INFO', 'too old') + line(60, 'INFO', 'third')),
      60,
    );
    log(join(dir, 'app.log.3.gz'), gzipSync(line(50, 'INFO', 'never opened')), 120);
    const { lines, records, gaps } = await collect([app({ service })]);
    expect(lines.map((text) => text.split(' ').at(-1))).toEqual(['third', 'second', 'newest']);
    expect(records.map((record) => record.labels?.file)).toEqual([
      'app.log.2.gz',
      'app.log.1',
      'app.log',
    ]);
    expect(gaps).toEqual([]);
  });

  it('counts a record once that stands in the service log and in the error log', async () => {
    const dir = tempDir();
    const error = line(5, 'ERROR', 'boom');
    const paths = {
      service: log(
        join(dir, 'service.log'),
        line(6, 'INFO', 'ok') + error + error + line(2, 'ERROR', 'late'),
      ),
      error: log(join(dir, 'error.log'), error),
    };
    const { records } = await collect([app(paths)]);
    expect(
      records.map(({ line: text, labels }) => `${labels?.log} ${text.split(' ').at(-1)}`),
    ).toEqual(['service ok', 'error boom', 'service boom', 'service late']);
  });

  it('reads times without a zone in the zone of the registry', async () => {
    const dir = tempDir();
    const service = log(join(dir, 'app.log'), '2026-03-01 12:50:00,000 INFO app.api hello\n', 10);
    const { records } = await collect([app({ service }, { timezone: 'Europe/Berlin' })]);
    expect(records[0]?.timestamp).toBe('2026-03-01T11:50:00Z');
  });

  it('finds the zone by the time of the last change where nothing names it, and says so', async () => {
    const dir = tempDir();
    const service = log(join(dir, 'app.log'), '2026-03-01 17:29:58,000 INFO app.api hello\n');
    const { timezone: _, ...unnamed } = app({ service });
    const { records, gaps, hints } = await collect([unnamed]);
    expect(records[0]?.timestamp).toBe('2026-03-01T11:59:58Z');
    expect(gaps[0]).toContain('UTC+05:30');
    expect(hints[0]).toContain('timezone');
  });

  it('does not invent a zone for a file that is written in UTC or was copied', async () => {
    const dir = tempDir();
    const now = log(join(dir, 'now.log'), line(0.01, 'INFO', 'hello'));
    const copied = log(join(dir, 'copied.log'), line(30, 'INFO', 'quiet since'), 0.1);
    for (const service of [now, copied]) {
      const { timezone: _, ...unnamed } = app({ service });
      expect((await collect([unnamed])).gaps).toEqual([]);
    }
  });

  it('takes lines without any time as of the last change, and says so', async () => {
    const dir = tempDir();
    const service = log(join(dir, 'app.log'), 'one\ntwo\n', 2);
    const { records, gaps } = await collect([app({ service })]);
    expect(records.map((record) => record.timestamp)).toEqual([
      '2026-03-01T11:58:00Z',
      '2026-03-01T11:58:00Z',
    ]);
    expect(gaps[0]).toMatch(/app\.log its lines name no time; the last 2/);
  });

  it('reads CRLF, bad UTF-8, NUL bytes and a missing last line break', async () => {
    const dir = tempDir();
    const service = log(
      join(dir, 'app.log'),
      Buffer.concat([
        Buffer.from(line(5, 'INFO', 'first').replace('\n', '\r\n')),
        Buffer.from(`${stamp(4)} ERROR app.api bad `),
        Buffer.from([0xff, 0xc3, 0x28, 0, 0]),
        Buffer.from(` end\r\n${stamp(3)} INFO app.api last`),
      ]),
    );
    const { lines, gaps } = await collect([app({ service })]);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/first$/);
    expect(lines[1]).toMatch(/bad \ufffd.* end$/);
    expect(lines[2]).toMatch(/last$/);
    expect(gaps).toEqual([]);
  });

  it('reads past a line of 50 MB, of which the beginning is kept', async () => {
    const dir = tempDir();
    const service = join(dir, 'app.log');
    writeFileSync(service, line(9, 'INFO', 'before'));
    appendFileSync(service, `${stamp(8)} ERROR app.api huge `);
    appendFileSync(service, Buffer.alloc(50 * 1024 * 1024, 120));
    appendFileSync(service, `\n${line(7, 'INFO', 'after')}`);
    utimesSync(service, NOW / 1000, NOW / 1000);
    const { lines } = await collect([app({ service })]);
    expect(lines.map((text) => text.split(' ')[4])).toEqual(['before', 'huge', 'after']);
    expect(lines[1]?.length).toBeLessThan(40_000);
    expect(lines[1]).toMatch(/more characters$/);
  });

  it('keeps errors first when there is more than fits, the rare one for certain, and counts all', async () => {
    const dir = tempDir();
    let text = '';
    for (let n = 0; n < 6000; n++) {
      const minutesAgo = 29 - n / 250;
      text += line(
        minutesAgo,
        n % 4 === 0 ? 'ERROR' : 'INFO',
        n % 4 === 0 ? `flood ${n}` : `fine ${n}`,
      );
      if (n === 3500) text += line(minutesAgo, 'ERROR', 'the one that matters');
    }
    const service = log(join(dir, 'app.log'), text);
    const { lines, gaps, metrics, records } = await collect([app({ service })], {
      maxRecords: 500,
    });
    expect(lines).toHaveLength(500);
    expect(lines.some((kept) => kept.includes('the one that matters'))).toBe(true);
    const errors = lines.filter((kept) => kept.includes('ERROR'));
    expect(errors.length).toBe(350);
    expect(gaps[0]).toBe('app: 500 of 6001 log records were kept, errors first');
    const total = metrics[0]?.values.reduce((sum, [, value]) => sum + Number(value), 0);
    expect(total).toBe(1501);
    // What is left out is left out evenly.
    const half = records.filter((record) => Date.parse(record.timestamp) < NOW - 17 * MINUTE);
    expect(half.length).toBeGreaterThan(200);
    expect(half.length).toBeLessThan(300);
    const times = records.map((record) => Date.parse(record.timestamp));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('reads no more than the end of a long file when told so, and says it', async () => {
    const dir = tempDir();
    let text = '';
    for (let n = 0; n < 40_000; n++)
      text += line(29 - n / 2000, 'INFO', `request ${n} was answered`);
    const service = log(join(dir, 'app.log'), text);
    const { lines, gaps } = await collect([app({ service })], { maxBytesPerFile: 1024 * 1024 });
    expect(lines.at(-1)).toContain('request 39999');
    expect(lines.length).toBeLessThan(20_000);
    expect(gaps).toContain('app: app.log only its last 1 MB were read');
  });

  it('finds the same records whatever the size of the file before them', async () => {
    const dir = tempDir();
    const tail = `${line(50, 'INFO', 'a') + line(10, 'ERROR', 'b')}  at frame\n${line(1, 'INFO', 'c')}`;
    let old = '';
    for (let n = 0; n < 30_000; n++) old += line(600 - n / 100, 'INFO', `old ${n}\n  continued`);
    const short = await collect([app({ service: log(join(dir, 'short.log'), tail) })]);
    const long = await collect([app({ service: log(join(dir, 'long.log'), old + tail) })]);
    expect(long.lines).toEqual(short.lines);
  });

  it('keeps what a wrapper says of the level when it takes the wrapper off', async () => {
    const dir = tempDir();
    const entry = (log_: string, minutesAgo: number): string =>
      `${JSON.stringify({ log: log_, stream: 'stderr', time: new Date(NOW - minutesAgo * MINUTE).toISOString() })}\n`;
    const service = log(
      join(dir, 'container.log'),
      entry('ERROR first\n', 5) + entry('  at frame\n', 5) + entry('INFO second\n', 4),
    );
    const { records } = await collect([app({ service })]);
    expect(records.map((record) => record.line)).toEqual([
      'ERROR first\n  at frame',
      'INFO second',
    ]);
    expect(records[0]?.labels?.level).toBe('error');
  });

  it('knows a 5xx of an access log as an error', async () => {
    const dir = tempDir();
    let text = '';
    for (let n = 0; n < 2000; n++) {
      const status = n === 1234 ? 503 : 200;
      text += `${stamp(20 - n / 200)} INFO access GET /items/${n} ${status} 1.2ms\n`;
    }
    const api = log(join(dir, 'api.log'), text);
    const { lines } = await collect([app({ api })], { maxRecords: 20 });
    expect(lines.filter((kept) => kept.includes(' 503 '))).toHaveLength(1);
  });

  it('gives the neighbours what the target leaves', async () => {
    const dir = tempDir();
    let many = '';
    for (let n = 0; n < 300; n++) many += line(20, 'INFO', `n ${n}`);
    const other = {
      name: 'other',
      timezone: 'UTC',
      log_paths: { service: log(join(dir, 'o.log'), many) },
    };
    const target = app({ service: log(join(dir, 'app.log'), line(3, 'ERROR', 'x')) });
    const { records } = await collect([target, other], { maxRecords: 100 });
    expect(records.filter((record) => record.service === 'other')).toHaveLength(99);
  });
});
