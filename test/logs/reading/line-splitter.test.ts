import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineSplitter } from '#src/logs/reading/line-splitter.ts';

type Line = { text: string; dropped: number };

function split(chunks: readonly Buffer[], limit?: number): Line[] {
  const lines: Line[] = [];
  const splitter = new LineSplitter((bytes, start, end, dropped) => {
    lines.push({ text: bytes.toString('latin1', start, end), dropped });
  }, limit);
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

const texts = (chunks: readonly string[], limit?: number) =>
  split(
    chunks.map((chunk) => Buffer.from(chunk, 'latin1')),
    limit,
  );

describe('LineSplitter', () => {
  test('ends lines at LF and CRLF, and the last one at the end', () => {
    expect(texts(['a\r\nb\n\nc']).map(({ text }) => text)).toEqual(['a', 'b', '', 'c']);
  });

  test('keeps a carriage return inside a line', () => {
    expect(texts(['a\rb\n']).map(({ text }) => text)).toEqual(['a\rb']);
  });

  test('joins a line over chunks, also where CRLF is cut in two', () => {
    expect(texts(['ab', 'cd\r', '\nef']).map(({ text }) => text)).toEqual(['abcd', 'ef']);
  });

  test('keeps the beginning of a long line and counts the rest', () => {
    const long = 'x'.repeat(100);
    expect(texts([long.slice(0, 30), long.slice(30), '\nnext\n'], 40)).toEqual([
      { text: 'x'.repeat(40), dropped: 60 },
      { text: 'next', dropped: 0 },
    ]);
    expect(texts([`${long}\nnext`], 40)[0]).toEqual({ text: 'x'.repeat(40), dropped: 60 });
  });

  test('holds no more than the limit of a line without end', () => {
    const splitter = new LineSplitter(() => {}, 1000);
    const before = process.memoryUsage().arrayBuffers;
    const chunk = Buffer.alloc(1 << 20, 120);
    for (let i = 0; i < 50; i++) splitter.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
    splitter.end();
  });

  test('passes NUL bytes and broken UTF-8 through', () => {
    expect(texts(['a\0b\xff\n'])).toEqual([{ text: 'a\0b\xff', dropped: 0 }]);
  });

  test('gives the same lines however the bytes are cut', () => {
    const bytes = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '\0', 'é'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        bytes,
        fc.array(fc.nat(80)),
        fc.integer({ min: 1, max: 12 }),
        (parts, cuts, limit) => {
          const all = Buffer.from(parts.join(''));
          const points = [...new Set(cuts.map((cut) => Math.min(cut, all.length)))].sort(
            (a, b) => a - b,
          );
          const chunks = [0, ...points].map((from, index) =>
            all.subarray(from, points[index] ?? all.length),
          );
          expect(split(chunks, limit)).toEqual(split([all], limit));
        },
      ),
    );
  });
});
