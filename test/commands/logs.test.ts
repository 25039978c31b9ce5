import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const iso = (second: number) => new Date(Date.UTC(2024, 1, 5, 8, 0, second)).toISOString();

function logFile(): string {
  const path = join(tempDir(), 'app.log');
  const lines = Array.from({ length: 600 }, (_, s) => `${iso(s)} INFO a.B: order ${s} placed`);
  lines.splice(
    550,
    0,
    `${iso(549)} ERROR a.Pay: it broke`,
    'java.lang.IllegalStateException: no currency',
    '\tat com.acme.Pay.charge(Pay.java:42)',
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

describe('incident logs', () => {
  test('prints the document', async () => {
    const { stdout, code } = await runCli(['logs', logFile(), '--json', '--assign']);
    const document = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(Object.keys(document)).toEqual([
      'templates',
      'anomalies',
      'stackTraces',
      'lines',
      'records',
      'bytes',
      'assignments',
    ]);
    expect(document).toMatchObject({ lines: 603, records: 601 });
    expect(Object.keys(document.templates[0])).toEqual([
      'id',
      'template',
      'level',
      'count',
      'first',
      'last',
      'sample',
    ]);
    expect(document.templates[0]).toMatchObject({
      template: 'order <*> placed',
      level: 'info',
      count: 600,
    });
    expect(document.assignments).toHaveLength(603);
    expect(new Set(document.assignments.slice(550, 553))).toEqual(
      new Set([document.templates[1].id]),
    );
    expect(document.stackTraces).toMatchObject([
      { type: 'java.lang.IllegalStateException', count: 1, frames: [{ line: 42 }] },
    ]);
  });

  test('leaves assignments out where they are not asked for', async () => {
    const { stdout } = await runCli(['logs', logFile(), '--json']);
    expect(JSON.parse(stdout).assignments).toBeUndefined();
  });

  test('compares a window with what is before it', async () => {
    const { stdout } = await runCli(['logs', logFile(), '--json', '--since', iso(500)]);
    expect(JSON.parse(stdout).anomalies).toMatchObject([{ kind: 'new', template: 'it broke' }]);
  });

  test('prints text for people', async () => {
    const { stdout } = await runCli(['logs', logFile()]);
    expect(stdout).toContain('603 lines');
    expect(stdout).toContain('no currency');
  });

  test.each([
    [['--since', 'soon'], 'no time'],
    [['--baseline', '2h'], 'needs --since'],
    [['--since', '1h', '--until', '2h'], 'not after'],
    [['--since', '2h', '--baseline', '1h'], 'not before'],
  ])('refuses %j', async (options, message) => {
    const { stderr, code } = await runCli(['logs', logFile(), ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('refuses a log that is not there', async () => {
    const { stderr, code } = await runCli(['logs', '/nonexistent/a.log']);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be read');
  });
});
