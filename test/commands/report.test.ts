import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

vi.setConfig({ testTimeout: 120_000 });

const BUNDLE = join(import.meta.dirname, '../../fixtures/demo-code-bug');

test('a bundle is reported on as text, the same each time', async () => {
  const args = ['report', '--bundle', BUNDLE, '--format', 'markdown', '--out', '-'];
  const [first, again] = await Promise.all([runCli(args), runCli(args)]);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^# .+\n/);
  expect(first.stdout).toContain('## What was verified');
  expect(first.stdout).toContain('No sentence was left out.');
  expect(again.stdout).toBe(first.stdout);
});

test('the ending of --out chooses the format, and the path is printed', async () => {
  const file = join(tempDir(), 'out', 'incident.json');
  const done = await runCli(['report', '--bundle', BUNDLE, '--out', file, '--quiet']);
  expect(done).toEqual({ code: 0, stdout: `${file}\n`, stderr: '' });
  expect(existsSync(file)).toBe(true);
});

test.each([
  [[], 'say what to report on'],
  [['inc-1', '--all'], 'say what to report on'],
  [['--bundle', BUNDLE, '--since', '2d'], '--since goes with --all'],
  [['--all', '--since', 'yesterday'], 'neither a time nor an age'],
  [['--bundle', BUNDLE, '--format', 'docx', '--out', '-'], 'docx is no text'],
])('wrong usage is one line: %j', async (args, message) => {
  const done = await runCli(['report', ...args], { cwd: tempDir() });
  expect(done.code).toBe(2);
  expect(done.stderr).toContain(message);
  expect(done.stderr.trim().split('\n')).toHaveLength(1);
  expect(done.stdout).toBe('');
});
