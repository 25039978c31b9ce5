import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { CLAIM, incident, NOW, planOne } from '../conformance/store/contract.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { sampleResult } from '../report/sample.ts';

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

test('incidents of the store are reported on by their id and together, with what was sent', async () => {
  const dir = tempDir();
  mkdirSync(join(dir, '.incident'));
  const store = openSqliteStore(join(dir, '.incident', 'incident.sqlite'), {
    planEffects: planOne,
  });
  const id = await incident(store, 'mailer');
  const job = await store.claimJob({ ...CLAIM, now: NOW });
  if (!job) throw new Error('no investigation is due');
  await store.completeJob(job, sampleResult('mailer'), NOW + 1000, 0);
  await store.close();

  const one = await runCli(['report', id.slice(0, 8), '--format', 'html'], { cwd: dir });
  expect(one).toMatchObject({ code: 0, stdout: `reports/${id}-report.html\n` });
  const page = readFileSync(join(dir, 'reports', `${id}-report.html`), 'utf8');
  expect(page).toContain('Messages, tickets and other side effects');
  const all = await runCli(['report', '--all', '--format', 'json', '--out', '-'], { cwd: dir });
  expect(JSON.parse(all.stdout).parts[0].facts[0].value).toBe(id);
  const none = await runCli(['report', 'inc-nothing'], { cwd: dir });
  expect(none).toMatchObject({ code: 2, stdout: '' });
});
