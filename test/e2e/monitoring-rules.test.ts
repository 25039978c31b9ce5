import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../monitoring');
const isInstalled = (name: string): boolean =>
  spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
const isPossible = isInstalled('promtool') && isInstalled('amtool');
if (!isPossible) console.warn('skipped: promtool and amtool are not installed here');

describe.skipIf(!isPossible)('what Prometheus and Alertmanager are configured with', () => {
  it.each([
    ['promtool', 'check', 'config', 'prometheus.yml'],
    ['promtool', 'test', 'rules', 'alert-rules.test.yml'],
    ['amtool', 'check-config', 'alertmanager.yml'],
  ])('%s %s %s %s', (command, ...args) => {
    const { status, stdout, stderr } = spawnSync(command, args.filter(Boolean), {
      cwd: FOLDER,
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toMatch(/SUCCESS/);
    expect(status).toBe(0);
  });
});
