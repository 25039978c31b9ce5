import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '#src/app.ts';
import { loadConfig } from '#src/config/load.ts';
import type { Step } from '#src/respond.ts';
import { FIXTURES } from '../helpers/agents.ts';
import { startOllama } from '../helpers/model-ollama-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';

describe('a model in the flow of the daemon', { timeout: 60_000 }, () => {
  it('is asked as the configuration says, and leaves a transcript', async () => {
    const text = JSON.stringify({
      summary: [{ text: 'It throws a TypeError.', cites: ['K1'] }],
      hypothesis: 'X1',
    });
    const server = await startOllama([{ text }]);
    onTestFinished(() => server.close());
    const dir = tempDir();
    const file = join(dir, 'incident.config.json');
    writeFileSync(file, JSON.stringify({ model: { use: 'ollama', ollama: { host: server.url } } }));
    const app = createApp(loadConfig({ file, env: {} }));
    onTestFinished(() => app.close());
    const steps: Step[] = [];
    const bundleDir = join(FIXTURES, 'demo-code-bug-no-prometheus');
    const result = await app.respond(
      { depth: 'investigate', bundleDir, incidentId: 'inc-1' },
      (step) => steps.push(step),
    );
    expect(result.model).toMatchObject({ provider: 'ollama', name: 'mistral-nemo', calls: 3 });
    expect(result.triage.explanation).toHaveLength(1);
    expect(result.timings.modelMs).toBeGreaterThan(0);
    const told = steps.filter(({ step }) => step === 'model').map(({ detail }) => detail);
    expect(told[0]).toMatch(/^triage, ollama\/mistral-nemo \(\d+ tokens\)$/);
    expect(told.some((detail) => detail?.includes('TypeError'))).toBe(true);
    const turns = (await app.transcript('inc-1')) ?? [];
    expect(turns.map(({ who }) => who)).toEqual(
      ['triage', 'investigation', 'root-cause'].flatMap((agent) => [
        `${agent} ← system`,
        `${agent} ← user`,
        `${agent} → mistral-nemo`,
      ]),
    );
    expect(await app.transcript('inc-2')).toBeNull();
  });
});
