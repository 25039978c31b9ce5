import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedSchema } from '#src/analysis/evaluation/expected.ts';
import { createApp } from '#src/app.ts';
import { loadConfig } from '#src/config/load.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const MOST_BYTES = 400 * 1024;
const names = readdirSync(FIXTURES).filter((name) => name.startsWith('demo-'));

/** Every file of a folder by its path in it, without the replies of models and what is right. */
function filesOf(dir: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name === 'expected.json' || name.startsWith('model')) continue;
    if (statSync(join(dir, name)).isFile()) files.set(name, readFileSync(join(dir, name), 'utf8'));
  }
  return files;
}

describe('fixtures from the demo', () => {
  it('are all in the table of fixtures/README.md', () => {
    const rows = readFileSync(join(FIXTURES, 'README.md'), 'utf8').matchAll(/^\| `(demo-[^`]+)`/gm);
    expect([...rows].map(([, name]) => name).sort()).toEqual(names.sort());
    expect(names.length).toBeGreaterThanOrEqual(9);
  });

  describe.each(names)('%s', (name) => {
    const dir = join(FIXTURES, name);

    it('is small, bears no path of a machine, and says what is right', () => {
      const texts = [...filesOf(dir).values()];
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
      for (const text of texts) expect(text).not.toMatch(/\/(?:tmp|root|home|work|Users)\//);
      const expected = expectedSchema.parse(
        JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8')),
      );
      expect(expected).not.toEqual({});
    });

    it('gives the same result each time, and a recording of its replay is itself', async () => {
      const recordDir = join(tempDir(), 'again');
      const replay = async (more: { recordDir?: string }): Promise<unknown> => {
        const app = createApp(loadConfig({ cwd: tempDir(), env: {} }));
        try {
          const request = { depth: 'investigate', bundleDir: dir, ...more } as const;
          return { ...(await app.respond(request)), timings: null };
        } finally {
          await app.close();
        }
      };
      const first = await replay({ recordDir });
      expect(await replay({})).toEqual(first);
      expect(filesOf(recordDir)).toEqual(filesOf(dir));
    }, 90_000);
  });
});
