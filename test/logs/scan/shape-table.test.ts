import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineShape } from '#src/logs/scan/line-shape.ts';
import { ShapeTable } from '#src/logs/scan/shape-table.ts';

describe('ShapeTable', () => {
  test('finds what was put in, also after growing', () => {
    const table = new ShapeTable(20_000);
    for (let i = 0; i < 20_000; i++) table.set(i * 7919, i ^ 0x5bd1e995, i);
    for (let i = 0; i < 20_000; i++) expect(table.get(i * 7919, i ^ 0x5bd1e995)).toBe(i);
    expect(table.get(1, 1)).toBe(-1);
    expect(table.isFull).toBe(true);
    table.clear();
    expect(table.get(0, 0x5bd1e995)).toBe(-1);
    expect(table.isFull).toBe(false);
  });
});

describe('LineShape', () => {
  const shapeOf = (line: string) => {
    const shape = new LineShape();
    const bytes = Buffer.from(`xx${line}yy`);
    shape.load(bytes, 2, bytes.length - 2);
    return `${shape.high} ${shape.low}`;
  };

  test.each([
    ['numbers', 'took 12 ms of 900', 'took 7 ms of 1'],
    ['hex', 'id a1b2c3d4 gone', 'id ffee0011 gone'],
    ['paths', 'open /var/log/a.log now', 'open /tmp/b/c now'],
    ['values of keys', 'done user=bob x', 'done user=alice x'],
    ['blanks', 'a  b', 'a b'],
  ])('is the same whatever the %s', (_name, a, b) => {
    expect(shapeOf(a)).toBe(shapeOf(b));
  });

  test.each([
    ['words', 'session opened', 'session closed'],
    ['signs', 'a: b', 'a, b'],
    ['levels as numbers', '{"level":30,"msg":"x"}', '{"level":50,"msg":"x"}'],
    ['priorities', '<11>x', '<14>x'],
    ['fields of logfmt', 'level=info msg=a', 'level=warn msg=a'],
    ['neighbouring letters', 'bA', 'ca'],
  ])('differs by %s', (_name, a, b) => {
    expect(shapeOf(a)).not.toBe(shapeOf(b));
  });

  test('depends on the line only, and notes where its words begin', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'binary' }), (line) => {
        expect(shapeOf(line)).toBe(shapeOf(line));
      }),
    );
    const shape = new LineShape();
    const bytes = Buffer.from('--ab 12 /x/y c');
    shape.load(bytes, 2, bytes.length);
    expect([...shape.words.subarray(0, shape.wordCount)]).toEqual([0, 3, 11]);
  });
});
