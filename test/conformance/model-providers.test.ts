import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { assembleAssistant } from '#src/model/assemble.ts';
import { createBudget } from '#src/model/budget.ts';
import type { LanguageModel, ModelProgress, ModelRequest } from '#src/model/contract.ts';
import { ModelError } from '#src/model/errors.ts';
import { createModel, PROVIDERS, type ProviderId } from '#src/model/registry.ts';
import { systemClock } from '#src/platform/clock.ts';
import { DOUBLES, MODEL_FAULTS } from '../helpers/model-faults.ts';
import type { ScriptedReply } from '../helpers/model-server.ts';
import { realTools } from '../helpers/model-tools.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const FOLDER = new URL('../../src/model/providers/', import.meta.url);
const WIRE = new URL('../model/wire/', import.meta.url);

type Wire = {
  settings: object;
  /** The body of the request; a replay sends nothing. */
  sends?: object;
  receives: string[];
  contentType?: string;
  gives: object;
};

const wireOf = (id: string): Wire => JSON.parse(readFileSync(new URL(`${id}.json`, WIRE), 'utf8'));

const request = (rest: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: 'user', content: 'What broke?' }],
  tools: [
    { name: 'look', description: 'looks at something', schema: z.object({ at: z.string() }) },
  ],
  maxOutputTokens: 200,
  timeoutMs: 5000,
  ...rest,
});

/** A model of a provider that gets one reply, and what its server was asked. */
async function start(id: ProviderId, wire: Wire, fault?: ScriptedReply) {
  if (id === 'recorded') {
    const dir = tempDir();
    mkdirSync(join(dir, 'model'));
    writeFileSync(join(dir, 'model/triage.ndjson'), wire.receives.join(''));
    const model: LanguageModel = createModel('recorded', { dir, agent: 'triage' }, realTools());
    return { model, asked: [] };
  }
  const raw = { raw: wire.receives.join(''), contentType: wire.contentType ?? '' };
  const { server, settings } = await DOUBLES[id]([fault ?? raw]);
  onTestFinished(() => server.close());
  const all = { ...settings, ...wire.settings };
  return { model: createModel(id, all as never, realTools()), asked: server.asked };
}

const ids = Object.keys(PROVIDERS) as ProviderId[];

describe('the registry of model providers', () => {
  it('holds every file of the folder under its name', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
    expect(ids.toSorted()).toEqual(files.map((name) => name.replace(/\.ts$/, '')).sort());
  });

  it('has a fixture of the wire for each, and none besides', () => {
    expect(readdirSync(WIRE).sort()).toEqual(ids.map((id) => `${id}.json`).sort());
  });
});

describe.each(ids)('%s', (id) => {
  const wire = wireOf(id);

  it('sends and reads what its fixture holds', async () => {
    const { model, asked } = await start(id, wire);
    const reply = await model.generate(request({ onProgress: () => {} }));
    const calls = reply.toolCalls.map(({ name, input }) => ({ name, input }));
    const { text, finishReason, usage } = reply;
    expect({ text, toolCalls: calls, finishReason, usage }).toEqual(wire.gives);
    expect(new Set(reply.toolCalls.map((call) => call.id)).size).toBe(reply.toolCalls.length);
    expect(asked[0]?.body).toEqual(wire.sends);
  });

  it('tells what it is and what it can', async () => {
    const { model } = await start(id, wire);
    expect(model.provider).toBe(id);
    expect(model.name).not.toBe('');
    const can = await model.capabilities();
    expect(can.contextTokens).toBeGreaterThan(1000);
    expect(can.reasoningTokens).toBeGreaterThanOrEqual(0);
  });

  it('tells the text to who watches', async () => {
    const { model } = await start(id, wire);
    const events: ModelProgress[] = [];
    const { text } = await model.generate(request({ onProgress: (event) => events.push(event) }));
    const heard = events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
    expect(heard).toBe(text);
  });

  it('does nothing when it was stopped before', async () => {
    const { model, asked } = await start(id, wire);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(model.generate(request({ signal }))).rejects.toThrow('enough');
    expect(asked).toHaveLength(0);
  });
});

const overHttp = Object.keys(DOUBLES) as (keyof typeof DOUBLES)[];
const cases = overHttp.flatMap((id) =>
  Object.keys(MODEL_FAULTS).map((fault) => [id, fault] as const),
);

describe('faults', () => {
  const question = {
    instructions: 'Find the cause.',
    prompt: 'The shop is down.',
    output: { name: 'cause', schema: z.object({ cause: z.string() }) },
  };

  it.each(cases)('%s: %s is an error of ours, on one line, in time', async (id, fault) => {
    // Ollama is always asked for a stream; OpenAI only when somebody watches.
    const watchers =
      id === 'ollama' || fault.startsWith('10 MB') ? [() => {}] : [undefined, () => {}];
    for (const onProgress of watchers) {
      const { model } = await start(id, wireOf(id), MODEL_FAULTS[fault]);
      const isHang = fault.startsWith('hangs');
      const assistant = assembleAssistant({
        agent: 'triage',
        model,
        budget: createBudget({}, systemClock),
        limits: {},
        prices: {},
        redact: (text) => text,
        maxOutputTokens: 200,
        timeoutMs: isHang ? 150 : 5000,
        maxCalls: 3,
      });
      const started = performance.now();
      const outcome = await assistant
        .ask({ ...question, onProgress })
        .catch((error: unknown) => error);
      expect(performance.now() - started).toBeLessThan(isHang ? 1500 : 5500);
      expect(outcome).toBeInstanceOf(ModelError);
      const { message } = outcome as ModelError;
      expect(message).not.toContain('\n');
      expect(message.length).toBeLessThan(400);
    }
  });
});

describe('the client libraries', () => {
  it('are loaded when a model is asked, and not before', () => {
    const root = new URL('../../src/model/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const eager = files
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => readFileSync(new URL(name, root), 'utf8').split('\n'))
      .filter((line) => /^import (?!type ).*from '(?:openai|ollama|undici)/.test(line));
    expect(eager).toEqual([]);
  });
});
