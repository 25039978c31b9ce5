import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';

const ROOT = join(import.meta.dirname, '../..');
const started: ChildProcess[] = [];

/** The demo in a group of its own, as a terminal starts it. */
function startDemo(dir: string): { child: ChildProcess; said: () => string } {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'src/cli.ts'), 'demo', '--dir', dir, '--no-color'],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  return { child, said: () => said };
}

/** Command lines of processes that have to do with the folder. */
function leftOf(dir: string): string[] {
  return execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(dir) && !line.includes(' demo --dir '));
}

async function until(is: () => boolean, seconds: number): Promise<void> {
  for (let waited = 0; !is() && waited < seconds * 1000; waited += 50) await pause(50);
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));

afterEach(() => {
  for (const child of started.splice(0)) {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
  }
});

/** Moments by what the demo has said, and some time after it. */
const MOMENTS: [string, RegExp | null, number][] = [
  ['at once', null, 150],
  ['while files are laid', null, 500],
  ['while services start', /Starting/, 60],
  ['while services start, a little later', /Starting/, 500],
  ['in the calm', /Sending/, 1500],
  ['in the middle of the deploy', /Deploying/, 100],
  ['while the watch looks', /looks at both/, 400],
  ['while it investigates', /Investigating/, 150],
];

describe('a demo that is interrupted', () => {
  it.each(MOMENTS)('leaves no process behind on Ctrl-C %s', async (_name, words, after) => {
    const dir = tempDir();
    const { child, said } = startDemo(dir);
    if (words) await until(() => words.test(said()), 80);
    await pause(after);
    if (words?.source === 'Sending') expect(leftOf(dir)).toHaveLength(4);
    process.kill(-(child.pid as number), 'SIGINT');
    const code = await ended(child);
    await until(() => leftOf(dir).length === 0, 6);
    expect(leftOf(dir)).toEqual([]);
    // Before it has begun to listen for signals, the system ends it.
    expect([130, null]).toContain(code);
    expect(said()).not.toMatch(/defect|ended with code/);
  });

  it.each(MOMENTS)('leaves no process behind when it is killed %s', async (_name, words, after) => {
    const dir = tempDir();
    const { child, said } = startDemo(dir);
    if (words) await until(() => words.test(said()), 80);
    await pause(after);
    process.kill(child.pid as number, 'SIGKILL');
    await ended(child);
    await until(() => leftOf(dir).length === 0, 12);
    expect(leftOf(dir)).toEqual([]);
  });
});
