import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { removeTree } from '#src/fix/sandbox/remove-tree.ts';
import { openRoom, type Room } from '#src/fix/sandbox/room.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { settings } from '../helpers/shop.ts';

/** A search path with some programs and no others. */
function pathOf(...programs: string[]): string {
  const dir = tempDir();
  for (const program of programs) {
    const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
    const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
    if (!found) throw new Error(`install ${program}`);
    symlinkSync(found, join(dir, program));
  }
  return dir;
}

async function roomWith(changes: {
  searchPath?: string;
  commands?: object;
  serviceDir?: string;
}): Promise<Room> {
  const room = await openRoom({
    settings: settings({ commands: changes.commands ?? {} }).commands,
    searchPath: changes.searchPath ?? process.env.PATH ?? '',
    person: '/nonexistent',
    serviceDir: changes.serviceDir ?? null,
    tmp: tempDir(),
  });
  onTestFinished(() => room.close());
  return room;
}

it('says so where there are no namespaces, and still ends what a command leaves behind', async () => {
  const searchPath = pathOf('sh', 'prlimit', 'true', 'setsid', 'sleep');
  const room = await roomWith({ searchPath, commands: { timeoutSeconds: 1 } });
  expect(room.isolation.level).toBe('limits');
  expect(room.isolation.words).toContain('were not cut off');
  const tree = await room.newTree('tree');
  const mark = `left-${process.pid}`;
  const run = await room.run(tree, '', [
    'sh',
    '-c',
    `setsid sh -c 'sleep 60; : ${mark}' & sleep 60`,
  ]);
  expect(run).toMatchObject({ timedOut: true, code: null });
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(mark);
});

it('works on a system that has none of it', async () => {
  const room = await roomWith({ searchPath: pathOf('sh', 'true', 'env') });
  expect(room.isolation.level).toBe('none');
  const tree = await room.newTree('tree');
  const { code, output } = await room.run(tree, '', ['env']);
  expect(code).toBe(0);
  expect(
    output
      .split('\n')
      .map((line) => line.split('=')[0])
      .filter(Boolean)
      .sort(),
  ).toEqual([
    'CI',
    'HOME',
    'INCIDENT_PROOF',
    'LANG',
    'LC_ALL',
    'NO_COLOR',
    'PATH',
    'PYTHONDONTWRITEBYTECODE',
    'TMPDIR',
    'TZ',
  ]);
});

it('limits the memory and the files of a command', async () => {
  const room = await roomWith({ commands: { memoryMegabytes: 64, maxFileMegabytes: 1 } });
  const tree = await room.newTree('tree');
  const file = await room.run(tree, '', ['sh', '-c', 'head -c 5000000 /dev/zero > big']);
  expect(file.code).not.toBe(0);
  const memory = await room.run(tree, '', [
    'sh',
    '-c',
    'x=$(head -c 200000000 /dev/zero | tr "\\0" a); printf %s "$x" | wc -c',
  ]);
  expect(memory.output).not.toContain('200000000');
});

it('lends folders of the service for reading, and none through a link of the tree', async () => {
  const serviceDir = tempDir();
  mkdirSync(join(serviceDir, 'node_modules'));
  writeFileSync(join(serviceDir, 'node_modules', 'x'), 'lent');
  const room = await roomWith({ serviceDir });
  const tree = await room.newTree('tree');
  const { output, code } = await room.run(tree, '', [
    ...['sh', '-c', 'cat node_modules/x; touch node_modules/y 2>/dev/null && exit 3; true'],
  ]);
  expect(output).toContain('lent');
  if (room.isolation.level === 'namespaces') expect(code).toBe(0);
  const other = await room.newTree('other');
  symlinkSync(serviceDir, join(other, 'node_modules'));
  const again = await room.run(other, '', ['cat', 'node_modules/x']);
  expect(again.output).not.toContain('lent');
});

it('makes no folder outside of the tree to lend something there', async () => {
  const serviceDir = tempDir();
  mkdirSync(join(serviceDir, 'web', 'node_modules'), { recursive: true });
  const outside = tempDir();
  const room = await roomWith({ serviceDir, commands: { lend: ['web/node_modules'] } });
  const tree = await room.newTree('tree');
  symlinkSync(outside, join(tree, 'web'));
  await room.run(tree, '', ['true']);
  expect(existsSync(join(outside, 'node_modules'))).toBe(false);
});

it('removes folders that were closed, and follows no link', async () => {
  const outside = tempDir();
  const top = join(tempDir(), 'top');
  mkdirSync(join(top, 'closed', 'deep'), { recursive: true });
  symlinkSync(outside, join(top, 'closed', 'link'));
  chmodSync(join(top, 'closed'), 0o500);
  await removeTree(top);
  expect(existsSync(top)).toBe(false);
  expect(existsSync(outside)).toBe(true);
});
