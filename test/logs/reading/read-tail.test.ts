import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetSince, readTail } from '#src/logs/reading/read-tail.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const timeOf = (line: string): number | null => {
  const match = /^t=(\d+) /.exec(line);
  return match ? Number(match[1]) : null;
};

async function file(content: string): Promise<string> {
  const path = join(await tempDir(), 'a.log');
  await writeFile(path, content);
  return path;
}

describe('readTail', () => {
  test('gives the whole lines in the last bytes', async () => {
    const path = await file('first\nsecond\nthird\n');
    expect(await readTail(path, { bytes: 8 })).toEqual(['third']);
    expect(await readTail(path, { bytes: 13 })).toEqual(['second', 'third']);
    expect(await readTail(path, { bytes: 1000 })).toEqual(['first', 'second', 'third']);
    expect(await readTail(path, { bytes: 1000, maxLines: 1 })).toEqual(['third']);
    expect(await readTail(await file(''), { bytes: 10 })).toEqual([]);
  });
});

describe('offsetSince', () => {
  test('finds the first line of a time by bisection, past lines without one', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `t=${i * 10} message number ${i}\n\tat frame\n`,
    );
    const content = lines.join('');
    const path = await file(content);
    for (const since of [0, 5, 10, 99_990, 123_456, 199_990, 300_000]) {
      const offset = await offsetSince(path, since, timeOf);
      const before = content
        .slice(0, offset)
        .split('\n')
        .map(timeOf)
        .filter((t) => t !== null);
      expect(before.every((t) => t < since)).toBe(true);
      // Bisection stops a block early at most.
      const after = content
        .slice(offset)
        .split('\n')
        .map(timeOf)
        .filter((t) => t !== null);
      expect(after.filter((t) => t < since).length).toBeLessThan(2000);
    }
  });

  test('never goes past a line of the time asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 300 }),
        fc.nat(60),
        async (steps, share) => {
          let at = 0;
          const lines = steps.map((step) => {
            at += step;
            return `t=${at} ${'x'.repeat(step * 40)}\n`;
          });
          const content = lines.join('');
          const since = Math.floor((at * share) / 50);
          const offset = await offsetSince(await file(content), since, timeOf);
          const skipped = content
            .slice(0, offset)
            .split('\n')
            .map(timeOf)
            .filter((t) => t !== null);
          expect(skipped.every((t) => t < since)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });
});
