import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { layRepository } from '../../demo/history/lay-repository.ts';
import { weatherHistory } from '../../demo/history/weather-app1.ts';
import { FAULTS, isFault } from '../../demo/run/faults.ts';
import { freePort } from '../../demo/run/ports.ts';
import { createProcesses } from '../../demo/run/processes.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const NOW = Date.UTC(2026, 2, 1, 12);

function lay(deployBrings: 'bug' | 'harmless'): {
  dir: string;
  shas: string[];
  guilty: number | null;
} {
  const dir = join(tempDir(), 'weather-app1');
  const { steps, start, held, guilty } = weatherHistory(deployBrings);
  return { ...layRepository(dir, steps, start, NOW, held), guilty };
}

const git = (dir: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: dir, encoding: 'utf8' });

describe('the history of the demo', () => {
  it('is live before the deploy, which brings the bug and a README', () => {
    const { dir, shas, guilty } = lay('bug');
    expect(git(dir, 'rev-parse', 'HEAD').trim()).toBe(shas.at(-3));
    const live = readFileSync(join(dir, 'src/forecast.ts'), 'utf8');
    expect(live).toContain('humidity === undefined');
    const culprit = shas[guilty ?? -1] ?? '';
    expect(git(dir, 'show', '--format=', '--name-only', culprit).trim()).toBe('src/forecast.ts');
    expect(git(dir, 'show', `${culprit}:src/forecast.ts`)).not.toContain('=== undefined');
    expect(git(dir, 'show', '--format=', '--name-only', shas.at(-1) ?? '').trim()).toBe(
      'README.md',
    );
  });

  it('brings nothing that could do harm where that is wanted', () => {
    const { dir, shas, guilty } = lay('harmless');
    expect(guilty).toBeNull();
    expect(git(dir, 'show', `${shas.at(-1)}:src/forecast.ts`)).toContain('humidity === undefined');
  });

  it('is the same for the same time', () => {
    expect(lay('bug').shas).toEqual(lay('bug').shas);
  });
});

describe('the stage of the demo', () => {
  it('takes another port where the wanted one is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const other = await freePort(port);
    expect(other).not.toBe(port);
    expect(other).toBeGreaterThan(0);
  });

  it('says what a process said that did not start', async () => {
    const script = join(tempDir(), 'broken.mjs');
    writeFileSync(script, "throw new Error('the address is taken');\n");
    const processes = createProcesses();
    await expect(processes.start('shop', script, {})).rejects.toThrow(
      /shop ended with code 1 before it was ready: .*the address is taken/s,
    );
    await processes.stopAll();
    await expect(processes.start('shop', script, {})).rejects.toThrow('not started any more');
  });

  it('knows its faults', () => {
    expect(Object.keys(FAULTS)).toHaveLength(7);
    expect(isFault('code-bug')).toBe(true);
    expect(isFault('toString')).toBe(false);
  });
});
