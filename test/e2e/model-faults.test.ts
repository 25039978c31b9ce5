import { afterAll, describe, expect, it } from 'vitest';
import { createModel } from '#src/model/registry.ts';
import { analyseCase, teamOf } from '../helpers/agents.ts';
import { DOUBLES, MODEL_FAULTS } from '../helpers/model-faults.ts';
import type { ScriptedReply } from '../helpers/model-server.ts';
import { realTools } from '../helpers/model-tools.ts';
import { smallCase } from '../helpers/small-case.ts';

/** One call of a model may take this long, and all agents together not much more. */
const CALL_MS = 700;
/** For the analysis itself, on a machine that has other things to do. */
const ROOM_MS = 20_000;

const alone = await analyseCase(smallCase());
const rows: string[] = [];

async function askThrough(kind: keyof typeof DOUBLES, reply: ScriptedReply) {
  const { server, settings } = await DOUBLES[kind](() => reply);
  try {
    const model = createModel(kind, settings as never, realTools());
    const started = performance.now();
    const result = await analyseCase(smallCase(), teamOf({ model, timeoutMs: CALL_MS }));
    return { result, ms: performance.now() - started, asked: server.asked.length };
  } finally {
    await server.close();
  }
}

describe('the whole analysis through the real clients', { timeout: 60_000 }, () => {
  for (const kind of Object.keys(DOUBLES) as (keyof typeof DOUBLES)[]) {
    it(`${kind}: an answer that holds is taken`, async () => {
      const text = JSON.stringify({
        hypothesis: 'H1',
        explanation: [{ text: 'The error ratio went to 41 % at 10:00.', cites: ['M3'] }],
      });
      const { result, asked } = await askThrough(kind, { text });
      expect(result.rootCause?.explanation).toHaveLength(1);
      expect(result.gaps).toEqual([]);
      expect(asked).toBeGreaterThanOrEqual(3);
    });

    it.each(Object.entries(MODEL_FAULTS))(`${kind}: %s`, async (name, reply) => {
      const { result, ms, asked } = await askThrough(kind, reply);
      const { model, gaps, modelMs, ...answer } = result;
      const { model: _none, gaps: own, modelMs: _no, ...without } = alone;
      expect(answer).toEqual(without);
      const told = gaps.slice(own.length);
      expect(told.length).toBeGreaterThanOrEqual(1);
      expect(told.length).toBeLessThanOrEqual(3);
      for (const { why } of told) {
        expect(why).not.toContain('\n');
        expect(why.length).toBeGreaterThan(4);
      }
      expect(ms).toBeLessThan(3 * CALL_MS + ROOM_MS);
      rows.push(
        `${kind.padEnd(7)} ${name.padEnd(32)} ${asked} asked, ${told[0]?.why.slice(0, 80)}`,
      );
    });
  }

  afterAll(() => console.log(`faults of models, and what is said of them:\n${rows.join('\n')}`));
});
