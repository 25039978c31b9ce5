import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LogPosition } from '#src/intake/watch/contract.ts';
import { findUnread } from '#src/intake/watch/log-position.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Follows a log as looks do; gives the lines that each look reads. */
function follow(path: string, tail = 2) {
  let known: LogPosition | null = null;
  return async (): Promise<string[]> => {
    const { parts, position } = await findUnread(path, known, tail);
    known = position;
    return parts.flatMap(({ path: from, from: start, to }) =>
      readFileSync(from).subarray(start, to).toString('utf8').split('\n').filter(Boolean),
    );
  };
}

const log = (): string => join(tempDir(), 'app.log');

it('begins with the last lines and goes on with what comes, whole lines only', async () => {
  const path = log();
  writeFileSync(path, 'one\ntwo\nthree\nfo');
  const look = follow(path);
  expect(await look()).toEqual(['two', 'three']);
  expect(await look()).toEqual([]);
  appendFileSync(path, 'ur\nfive\n');
  expect(await look()).toEqual(['four', 'five']);
});

it.each([
  ['none', 0, []],
  ['all of few', 50, ['one', 'two']],
])('begins with %s of the lines', async (_name, tail, lines) => {
  const path = log();
  writeFileSync(path, 'one\ntwo\n');
  expect(await follow(path, tail)()).toEqual(lines);
});

it('reads the rest of a rotated file and the new one from its beginning', async () => {
  const path = log();
  writeFileSync(path, 'one\n');
  const look = follow(path);
  await look();
  appendFileSync(path, 'two\nthree');
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'four\n');
  expect(await look()).toEqual(['two', 'three', 'four']);
  expect(await look()).toEqual([]);
});

it('begins anew in a file that was truncated, also when it has grown beyond its old length', async () => {
  const path = log();
  writeFileSync(path, 'one\ntwo\n');
  const look = follow(path);
  await look();
  truncateSync(path, 0);
  writeFileSync(path, 'a\n');
  expect(await look()).toEqual(['a']);
  truncateSync(path, 0);
  writeFileSync(path, 'something longer than it was before\nand more\n');
  expect(await look()).toEqual(['something longer than it was before', 'and more']);
});

it('takes a line without an end that is longer than any line should be', async () => {
  const path = log();
  writeFileSync(path, '');
  const look = follow(path);
  await look();
  appendFileSync(path, 'x'.repeat(300_000));
  expect((await look()).join('')).toHaveLength(300_000);
});

it('passes over what is too much, and says so', async () => {
  const path = log();
  writeFileSync(path, 'start\n');
  const { position } = await findUnread(path, null, 10);
  const line = `${'y'.repeat(1023)}\n`;
  for (let megabyte = 0; megabyte < 20; megabyte++) appendFileSync(path, line.repeat(1024));
  const { parts, skipped } = await findUnread(path, position, 10);
  expect(skipped).toBe(4 * 1024 * 1024);
  expect(parts).toHaveLength(1);
  expect(((parts[0]?.from ?? 0) - 6) % 1024).toBe(0);
});
