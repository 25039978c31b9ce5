import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LogSource } from '#src/logs/reading/byte-source.ts';
import { lineText, readLines } from '#src/logs/reading/read-lines.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

async function linesOf(source: LogSource) {
  const lines: string[] = [];
  const outcome = await readLines(source, (bytes, start, end) =>
    lines.push(lineText(bytes, start, end)),
  );
  return { lines, ...outcome };
}

async function file(name: string, content: Uint8Array | string): Promise<LogSource> {
  const path = join(await tempDir(), name);
  await writeFile(path, content);
  return { file: path };
}

describe('readLines', () => {
  test('reads a file, an iterable of bytes and one of text', async () => {
    expect(await linesOf(await file('a.log', 'one\ntwo'))).toEqual({
      lines: ['one', 'two'],
      bytes: 7,
      damage: null,
    });
    expect((await linesOf({ iterable: [Buffer.from('one\ntw'), Buffer.from('o')] })).lines).toEqual(
      ['one', 'two'],
    );
    expect((await linesOf({ iterable: ['one\ntw', 'o'] })).lines).toEqual(['one', 'two']);
    expect((await linesOf({ iterable: [] })).lines).toEqual([]);
  });

  test('reads gzip by its bytes, whatever its name, also when piped in', async () => {
    const zipped = gzipSync('one\ntwo\n');
    expect((await linesOf(await file('a.log', zipped))).lines).toEqual(['one', 'two']);
    expect(
      (await linesOf({ iterable: [zipped.subarray(0, 5), zipped.subarray(5)] })).lines,
    ).toEqual(['one', 'two']);
  });

  test('reads several gzip members one after the other', async () => {
    const both = Buffer.concat([gzipSync('one\ntw'), gzipSync('o\nthree\n')]);
    expect((await linesOf(await file('a.gz', both))).lines).toEqual(['one', 'two', 'three']);
  });

  test('gives what a cut-off gzip member holds', async () => {
    const whole = gzipSync(
      Array.from({ length: 20_000 }, (_, i) => `line ${i} ${(i * 7919) % 1000}`).join('\n'),
    );
    const { lines } = await linesOf(await file('a.gz', whole.subarray(0, whole.length / 2)));
    expect(lines.length).toBeGreaterThan(5000);
    expect(lines[1]).toBe('line 1 919');
  });

  test('says why a damaged archive ends early', async () => {
    const whole = gzipSync(Array.from({ length: 5000 }, (_, i) => `line ${i}`).join('\n'));
    whole.fill(0xff, 500, 600);
    const { damage } = await linesOf(await file('a.gz', whole));
    expect(damage).not.toBeNull();
  });

  test('reads zstd and UTF-16', async () => {
    expect((await linesOf(await file('a.zst', zstdCompressSync('one\ntwo\n')))).lines).toEqual([
      'one',
      'two',
    ]);
    const utf16 = Buffer.from('\ufeffgrüße\r\nzwei', 'utf16le');
    expect((await linesOf(await file('a.log', utf16))).lines).toEqual(['grüße', 'zwei']);
  });

  test('makes U+FFFD of what is no UTF-8', async () => {
    expect((await linesOf({ iterable: [Buffer.from([0x61, 0xff, 0x62, 0x0a])] })).lines).toEqual([
      'a\ufffdb',
    ]);
  });

  test('refuses what is not there and what is a folder', async () => {
    await expect(linesOf({ file: '/nonexistent/x.log' })).rejects.toThrow('cannot be read');
    await expect(linesOf({ file: await tempDir() })).rejects.toThrow('folder');
  });
});
