import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNdjson } from '#src/evidence/bundle/ndjson.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Lines of three-byte characters, so that blocks end inside of one. */
const line = (index: number): string => JSON.stringify({ index, text: '→'.repeat(40) });

describe.each([
  ['a small file', 200],
  ['a file that is read as a stream', 40_000],
])('%s of one value a line', (_name, count) => {
  const write = (last: string): string => {
    const path = join(tempDir(), 'some.ndjson');
    const lines = Array.from({ length: count }, (_, index) => line(index));
    writeFileSync(path, [...lines, '', last].join('\n'));
    return path;
  };

  it('is read whole, without blank lines', async () => {
    const read = await readNdjson(write(line(count)), (value) => JSON.stringify(value));
    expect(read).toHaveLength(count + 1);
    expect(read.at(-2)).toBe(line(count - 1));
    expect(read.at(-1)).toBe(line(count));
  });

  it('says in which line something is wrong', async () => {
    await expect(readNdjson(write('{"index":'), (value) => value)).rejects.toMatchObject({
      where: expect.stringMatching(new RegExp(`some\\.ndjson:${count + 2}`)),
    });
  });
});
