import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const LOG = [
  '2026-03-01T10:00:00Z INFO ready',
  'Traceback (most recent call last):',
  '  File "/app/shop/tax.py", line 2, in share',
  '    return a / b',
  'ZeroDivisionError: division by zero',
  '',
].join('\n');

function repository(): string {
  const dir = tempDir();
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', dir, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args],
      {
        env: {
          PATH: process.env.PATH,
          HOME: dir,
          GIT_COMMITTER_DATE: '2026-03-01T09:00:00Z',
          GIT_AUTHOR_DATE: '2026-03-01T09:00:00Z',
        },
      },
    );
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', 'begin');
  execFileSync('mkdir', ['-p', join(dir, 'shop')]);
  writeFileSync(join(dir, 'shop/tax.py'), 'def share(a, b):\n    return a / b\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'Share the tax');
  return dir;
}

describe('incident stacktrace', () => {
  it('prints one document with traces, locations and commits', async () => {
    const dir = repository();
    const { code, stdout, stderr } = await runCli(['stacktrace', '-', '--repo', dir, '--json'], {
      cwd: dir,
      input: LOG,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual(['stackTraces', 'locations', 'commits']);
    expect(document.stackTraces).toEqual([
      {
        id: 'K1',
        service: null,
        language: 'python',
        type: 'ZeroDivisionError',
        message: 'division by zero',
        count: 1,
        first: '2026-03-01T10:00:00Z',
        last: '2026-03-01T10:00:00Z',
        frames: [{ file: '/app/shop/tax.py', line: 2, function: 'share', inApp: true }],
        causes: [],
      },
    ]);
    expect(document.locations).toEqual([
      { file: 'shop/tax.py', line: 2, function: 'share', score: expect.any(Number) },
    ]);
    expect(document.commits).toEqual([
      {
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        score: expect.any(Number),
        reasons: expect.any(Array),
      },
    ]);
  });

  it('reads a file, also without a repository, for people', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'app.log'), LOG);
    const { code, stdout } = await runCli(['stacktrace', 'app.log'], { cwd: dir });
    expect(code).toBe(0);
    expect(stdout).toContain('1 stack trace, 1 time');
    expect(stdout).toContain('/app/shop/tax.py:2  share');
    expect(stdout).not.toContain('Suspect');
  });

  it.each([
    ['a log that is not there', ['stacktrace', 'nowhere.log'], 'nowhere.log'],
    ['a folder without a repository', ['stacktrace', 'app.log', '--repo', '.'], 'git'],
    ['an unknown service', ['stacktrace', 'app.log', '--service', 'x'], 'x'],
  ])('ends with 2 and one line on %s', async (_what, args, said) => {
    const dir = tempDir();
    writeFileSync(join(dir, 'app.log'), LOG);
    const { code, stdout, stderr } = await runCli(args, { cwd: dir });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(said);
  });
});
