import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assembleAssistant } from '#src/model/assemble.ts';
import { createBudget } from '#src/model/budget.ts';
import { defineTool, type LanguageModel } from '#src/model/contract.ts';
import { BudgetEndedError, ModelUnavailableError, NotRecordedError } from '#src/model/errors.ts';
import { createRecordedModel } from '#src/model/providers/recorded.ts';
import { bundleSink, recordModel } from '#src/model/recording/record.ts';
import { systemClock } from '#src/platform/clock.ts';
import { fakeModel } from '../../helpers/model-fake.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const request = (content: string) => ({
  messages: [{ role: 'user' as const, content }],
  maxOutputTokens: 10,
  timeoutMs: 1000,
});

const look = defineTool({
  name: 'look',
  description: 'looks',
  schema: z.object({ at: z.string() }),
  run: ({ at }) => `${at} is well`,
});
const question = {
  instructions: 'Find the cause.',
  prompt: 'It is down. password=hunter2',
  output: { name: 'cause', schema: z.object({ cause: z.string() }) },
  tools: [look],
};

const assemble = (model: LanguageModel, dir: string | null) =>
  assembleAssistant({
    agent: 'triage',
    model,
    budget: createBudget({}, systemClock),
    limits: {},
    prices: {},
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
    ...(dir === null ? {} : { record: bundleSink(dir) }),
    maxOutputTokens: 300,
    timeoutMs: 1000,
    maxCalls: 5,
  });

describe('a recording', () => {
  it('replays a whole conversation, tools and repair included', async () => {
    const dir = tempDir();
    const live = fakeModel([
      { toolCalls: [{ id: 'x1', name: 'look', input: { at: 'db' } }], text: 'hm' },
      { text: 'no idea hunter2' },
      {
        text: '{"cause":"pool"}',
        usage: { inputTokens: 90, cachedInputTokens: 5, outputTokens: 7 },
      },
    ]);
    const first = await assemble(live, dir).ask(question);
    const replayed = assemble(createRecordedModel({ dir, agent: 'triage' }), null);
    expect(await replayed.ask(question)).toEqual(first);
    expect(replayed.spent()).toMatchObject({ calls: 3, inputTokens: 110, outputTokens: 17 });
    const file = readFileSync(join(dir, 'model/triage.ndjson'), 'utf8');
    expect(file).not.toContain('hunter2');
    expect(file).toContain('password=[redacted]');
    const lines = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.agent, line.call, line.key.length])).toEqual([
      ['triage', 1, 16],
      ['triage', 2, 16],
      ['triage', 3, 16],
    ]);
    expect(lines[0].model).toEqual({
      provider: 'fake',
      name: 'fake-1',
      supportsTools: true,
      contextTokens: 32_768,
      reasoningTokens: 0,
    });
  });

  it('is the same, byte for byte, when the same is recorded again', async () => {
    const files = [];
    for (let run = 0; run < 2; run++) {
      const dir = tempDir();
      await assemble(fakeModel([{ text: '{"cause":"pool"}' }]), dir).ask(question);
      files.push(readFileSync(join(dir, 'model/triage.ndjson'), 'utf8'));
    }
    expect(files[0]).toBe(files[1]);
  });

  it('replays failures as the errors they were', async () => {
    const dir = tempDir();
    const gone = new ModelUnavailableError('connection refused', { hint: 'Start it.' });
    const ended = new BudgetEndedError('no money left', { which: 'money' });
    const live = recordModel(fakeModel([gone, ended]), 'triage', bundleSink(dir));
    await expect(live.generate(request('a'))).rejects.toThrow('connection refused');
    await expect(live.generate(request('b'))).rejects.toThrow('no money left');
    const model = createRecordedModel({ dir, agent: 'triage' });
    await expect(model.generate(request('a'))).rejects.toMatchObject({
      name: 'ModelUnavailableError',
      hint: 'Start it.',
    });
    await expect(model.generate(request('b'))).rejects.toMatchObject({ which: 'money' });
  });

  it('replays a server that was not there from the beginning', async () => {
    const dir = tempDir();
    const gone = {
      ...fakeModel([]),
      capabilities: () => Promise.reject(new ModelUnavailableError('connection refused')),
    };
    await expect(assemble(gone, dir).ask(question)).rejects.toThrow('connection refused');
    const model = createRecordedModel({ dir, agent: 'triage' });
    await expect(assemble(model, null).ask(question)).rejects.toThrow('connection refused');
  });
});

describe('a replay', () => {
  async function recorded(...asked: string[]) {
    const dir = tempDir();
    const live = recordModel(fakeModel([{ text: 'x' }]), 'triage', bundleSink(dir));
    for (const content of asked) await live.generate(request(content));
    return createRecordedModel({ dir, agent: 'triage' });
  }

  it('gives nothing for what was not asked, and says where it differs', async () => {
    const model = await recorded('It is down.');
    const call = model.generate(request('It is up.'));
    await expect(call).rejects.toThrow(NotRecordedError);
    await expect(call).rejects.toThrow('message 1 (user) differs from character 7 on');
  });

  it('goes by the order of the calls', async () => {
    const model = await recorded('a', 'b');
    await expect(model.generate(request('b'))).rejects.toThrow(NotRecordedError);
  });

  it('gives nothing beyond the end, or for another agent', async () => {
    const model = await recorded('a');
    await model.generate(request('a'));
    await expect(model.generate(request('a'))).rejects.toThrow(
      'asks a call 2, and 1 were recorded',
    );
    const none = createRecordedModel({ dir: tempDir(), agent: 'triage' });
    await expect(none.generate(request('a'))).rejects.toThrow(
      'no exchanges of triage were recorded',
    );
  });

  it('differs when the tools or the form do', async () => {
    const model = await recorded('a');
    const call = model.generate({ ...request('a'), tools: [look] });
    await expect(call).rejects.toThrow('its tools or the form of the answer differ');
  });

  it('takes a line that a person wrote for any request', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'model'));
    writeFileSync(join(dir, 'model/triage.ndjson'), '{"reply":{"text":"by hand"}}\n');
    const model = createRecordedModel({ dir, agent: 'triage' });
    expect(await model.generate(request('whatever'))).toMatchObject({
      text: 'by hand',
      finishReason: 'stop',
      toolCalls: [],
    });
  });

  it.each([
    ['not json', 'is not valid JSON'],
    ['{"key":"*"}', 'expected either reply or error'],
    ['{"reply":{"text":5}}', 'reply.text: '],
  ])('names file and line of %s', (line, message) => {
    const dir = tempDir();
    mkdirSync(join(dir, 'model'));
    writeFileSync(join(dir, 'model/triage.ndjson'), `{"reply":{"text":"ok"}}\n${line}\n`);
    const open = (): unknown => createRecordedModel({ dir, agent: 'triage' });
    expect(open).toThrow(message);
    try {
      open();
    } catch (error) {
      expect((error as { where?: string }).where).toMatch(/triage\.ndjson:2/);
    }
  });
});
