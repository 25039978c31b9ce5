import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '#src/analysis/agents/contract.ts';
import { investigationForm, rootCauseForm, triageForm } from '#src/analysis/agents/forms.ts';
import { instructionsFor } from '#src/analysis/agents/instructions.ts';
import { answerOf } from '#src/analysis/pipeline.ts';
import { formInstruction } from '#src/model/describe-form.ts';
import { estimateTokens } from '#src/model/tokens.ts';
import { draftCase, FIXTURES, readCase, teamOf } from '../helpers/agents.ts';
import { fakeModel } from '../helpers/model-fake.ts';

const LARGEST = 6;

/** The bundles of all fixtures by size, the largest first. */
function largest(): string[] {
  const dirs = ['.', 'incidents'].flatMap((folder) =>
    readdirSync(join(FIXTURES, folder)).map((name) => join(FIXTURES, folder, name)),
  );
  const sized = dirs
    .filter((dir) => statSync(dir).isDirectory() && readdirSync(dir).includes('bundle.json'))
    .map((dir) => {
      const files = readdirSync(dir).filter((name) => /\.(?:json|ndjson)$/.test(name));
      return { dir, size: files.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0) };
    });
  return sized
    .sort((a, b) => b.size - a.size || (a.dir < b.dir ? -1 : 1))
    .slice(0, LARGEST)
    .map(({ dir }) => dir);
}

describe('prompts', { timeout: 120_000 }, () => {
  it('have at most 1,500 tokens of fixed text', () => {
    const forms = {
      triage: triageForm,
      investigation: investigationForm,
      'root-cause': rootCauseForm,
    };
    for (const [agent, form] of Object.entries(forms)) {
      const fixed = `${instructionsFor(agent as keyof typeof forms)}\n\n${formInstruction(form)}`;
      console.log(`fixed text of ${agent}: ${estimateTokens(fixed)} tokens`);
      expect(estimateTokens(fixed)).toBeLessThanOrEqual(1500);
    }
  });

  it.each([
    ['small context', { supportsTools: false, contextTokens: 8192 }, 6000],
    ['tools', { supportsTools: true, contextTokens: 128_000 }, 14_000],
  ])('%s: fit on the largest fixtures', async (mode, capabilities, most) => {
    for (const dir of largest()) {
      const drafted = await draftCase(await readCase(dir));
      const events: AgentEvent[] = [];
      const model = fakeModel([{ text: '{"hypothesis":"none"}' }], capabilities);
      await answerOf(drafted, { team: teamOf({ model, events }) });
      const sizes = events.flatMap((event) =>
        event.kind === 'asks' ? [`${event.agent} ${event.promptTokens}`] : [],
      );
      console.log(`${mode}, ${dir.slice(FIXTURES.length + 1)}: ${sizes.join(', ')} tokens`);
      expect(sizes).toHaveLength(3);
      for (const size of sizes) expect(Number(size.split(' ')[1])).toBeLessThanOrEqual(most);
    }
  });
});
