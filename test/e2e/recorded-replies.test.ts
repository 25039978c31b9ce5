import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURES } from '../helpers/agents.ts';
import { runCli } from '../helpers/run-cli.ts';
import { storedPart } from '../helpers/stored-result.ts';

const NAMES = readdirSync(FIXTURES).filter((name) => name.startsWith('demo-'));

describe('incident investigate --model recorded', { timeout: 60_000 }, () => {
  it.each(NAMES)('%s gives its stored result', async (name) => {
    const dir = join(FIXTURES, name);
    const cli = await runCli([
      ...['investigate', '--bundle', dir, '--model', 'recorded', '--require-model', '--json'],
    ]);
    // Prompts or the analysis have changed? Then: npm run fixtures:replies
    expect(cli.stderr).toBe('');
    expect([0, 10]).toContain(cli.code);
    const stored = JSON.parse(readFileSync(join(dir, 'model', 'result.json'), 'utf8'));
    expect(storedPart(JSON.parse(cli.stdout))).toEqual(stored);
    expect(stored.model.calls).toBe(3);
  });
});
