import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeRole } from '#src/store/sqlite/role-lock.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const LOCK = new URL('../../src/store/sqlite/role-lock.ts', import.meta.url).href;

/** Another process that takes a role and ends as `kill -9` does. @returns what it says */
function takenElsewhere(store: string, role: string): string {
  const code = `import { takeRole } from ${JSON.stringify(LOCK)};
    try { takeRole(${JSON.stringify(store)}, ${JSON.stringify(role)}); console.log('taken'); }
    catch (error) { console.log(error.message); }
    process.kill(process.pid, 'SIGKILL');`;
  const args = ['--input-type=module-typescript', '--eval', code];
  return spawnSync(process.execPath, args, { encoding: 'utf8', cwd: process.cwd() }).stdout.trim();
}

it('gives a role to one at a time, also among processes, and back when one is killed', () => {
  const store = join(tempDir(), 'store.sqlite');
  expect(takenElsewhere(store, 'listen')).toBe('taken');
  const lock = takeRole(store, 'listen');
  expect(() => takeRole(store, 'listen')).toThrow(/another "incident listen" uses this store/);
  expect(takenElsewhere(store, 'listen')).toMatch(/another "incident listen"/);
  expect(takenElsewhere(store, 'watch')).toBe('taken');
  lock.release();
  lock.release();
  takeRole(store, 'listen').release();
});
