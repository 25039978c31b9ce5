import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogFile } from '#src/daemon/log-file.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const read = (path: string): string => readFileSync(path, 'utf8');

it('is put aside before it grows too large, and only so many are kept', () => {
  const path = join(tempDir(), 'daemon.log');
  const log = openLogFile({ path, maxBytes: 20, keep: 2 });
  for (const word of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh']) {
    log.write(`${word.padEnd(9)}\n`);
  }
  log.close();
  expect(read(path).trim().split(/\s+/)).toEqual(['seventh']);
  expect(read(`${path}.1`).trim().split(/\s+/)).toEqual(['fifth', 'sixth']);
  expect(read(`${path}.2`).trim().split(/\s+/)).toEqual(['third', 'fourth']);
  expect(existsSync(`${path}.3`)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

it('goes on in the file that is there, and keeps none where none are wanted', () => {
  const path = join(tempDir(), 'daemon.log');
  writeFileSync(path, 'was here\n');
  const log = openLogFile({ path, maxBytes: 16, keep: 0 });
  log.write('short\n');
  expect(read(path)).toBe('was here\nshort\n');
  log.write('too much\n');
  log.close();
  expect(read(path)).toBe('too much\n');
  expect(existsSync(`${path}.1`)).toBe(false);
});

it('loses lines rather than the work, and goes on when it can', () => {
  const dir = join(tempDir(), 'logs');
  mkdirSync(dir);
  const path = join(dir, 'daemon.log');
  const log = openLogFile({ path, maxBytes: 10, keep: 1 });
  log.write('12345678\n');
  rmSync(dir, { recursive: true });
  log.write('lost, since the folder is gone\n');
  mkdirSync(dir);
  log.write('here\n');
  log.close();
  expect(read(path)).toBe('here\n');
});

it('says at the start that it cannot be written', () => {
  expect(() => openLogFile({ path: '/nowhere/at/all.log', maxBytes: 10, keep: 1 })).toThrow();
});
