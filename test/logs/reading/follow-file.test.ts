import { appendFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileFollower } from '#src/logs/reading/follow-file.ts';
import { rotatedFiles } from '#src/logs/reading/rotated.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

describe('FileFollower', () => {
  test('gives whole lines as they come', async () => {
    const path = join(await tempDir(), 'a.log');
    const follower = new FileFollower(path);
    expect(await follower.poll()).toEqual([]);
    await writeFile(path, 'one\ntw');
    expect(await follower.poll()).toEqual(['one']);
    await appendFile(path, 'o\nthree\n');
    expect(await follower.poll()).toEqual(['two', 'three']);
    expect(await follower.poll()).toEqual([]);
  });

  test('begins anew when the file is rotated or truncated', async () => {
    const path = join(await tempDir(), 'a.log');
    await writeFile(path, 'old\n');
    const follower = new FileFollower(path, 'end');
    expect(await follower.poll()).toEqual([]);
    await rename(path, `${path}.1`);
    await writeFile(path, 'new\n');
    expect(await follower.poll()).toEqual(['new']);
    await truncate(path, 0);
    await appendFile(path, 'x\n');
    expect(await follower.poll()).toEqual(['x']);
  });
});

describe('rotatedFiles', () => {
  test('finds the forerunners of a log, oldest first', async () => {
    const folder = await tempDir();
    const names = [
      'app.log.2.gz',
      'app.log.1',
      'app.log',
      'app.log-20240205.gz',
      'app-2024-02-05.log',
      'app.log.swp',
      'application.log',
      'app-error.log',
    ];
    for (const name of names) await writeFile(join(folder, name), 'x\n');
    const found = (await rotatedFiles(join(folder, 'app.log'))).map(({ path }) =>
      path.slice(folder.length + 1),
    );
    expect(found.at(-1)).toBe('app.log');
    expect([...found].sort()).toEqual([
      'app-2024-02-05.log',
      'app.log',
      'app.log-20240205.gz',
      'app.log.1',
      'app.log.2.gz',
    ]);
  });

  test('is empty where there is nothing', async () => {
    expect(await rotatedFiles('/nonexistent/app.log')).toEqual([]);
  });
});
