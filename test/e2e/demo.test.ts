import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

describe('incident demo', () => {
  it('lets a watch notice the bug, tells its cause, and leaves a report of the look', async () => {
    const dir = tempDir();
    const run = await runCli(['demo', '--dir', 'demo', '--json'], { cwd: dir });
    expect(run.code).toBe(0);
    const result = JSON.parse(run.stdout);
    expect(result.rootCause).toMatchObject({ service: 'weather-app1', category: 'code' });
    expect(result.rootCause.verdict).toBe('confirmed');
    const alerts = result.incident.alerts.map(
      ({ labels }: { labels: Record<string, string> }) => labels.alertname,
    );
    expect(alerts).toContain('Service5xxErrors');

    expect(run.stderr).toMatch(/weather-app1 +Service5xxErrors/);
    expect(run.stderr).toMatch(/mongo-api-service +fine/);
    for (const line of run.stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const [page] = readdirSync(join(dir, 'demo/reports'));
    expect(run.stderr.trimEnd().split('\n').at(-1)).toBe(`  demo/reports/${page}`);
    const html = readFileSync(join(dir, 'demo/reports', page ?? ''), 'utf8');
    expect(html).toContain(result.incident.id);
    // The service that is well is told of, too.
    expect(html).toContain('mongo-api-service');

    // The same incident is in the demo's store, and what was seen can be looked at again.
    const config = ['--config', 'demo/incident.config.json'];
    const list = await runCli(['list', '--json', ...config], { cwd: dir });
    const { incidents } = JSON.parse(list.stdout);
    expect(incidents.map(({ id }: { id: string }) => id)).toEqual([result.incident.id]);
    const again = await runCli(['investigate', '--bundle', 'demo/bundle', '--json'], { cwd: dir });
    expect(JSON.parse(again.stdout).rootCause.commit).toEqual(result.rootCause.commit);

    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(left.split('\n').filter((line) => line.includes(dir))).toEqual([]);
  });
});
