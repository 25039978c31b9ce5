import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assembleAssistant } from '#src/model/assemble.ts';
import { type BudgetLimits, createBudget } from '#src/model/budget.ts';
import { defineTool, type ModelProgress } from '#src/model/contract.ts';
import { BudgetEndedError, ModelOutputError } from '#src/model/errors.ts';
import { systemClock } from '#src/platform/clock.ts';
import { type FakeModel, type FakeReply, fakeModel } from '../helpers/model-fake.ts';

function assistantOf(model: FakeModel, limits: BudgetLimits = {}) {
  return assembleAssistant({
    agent: 'triage',
    model,
    budget: createBudget(limits, systemClock),
    limits,
    prices: {},
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
    maxOutputTokens: 300,
    timeoutMs: 1000,
    maxCalls: 5,
  });
}

const question = {
  instructions: 'You find causes.',
  prompt: 'The shop is down. password=hunter2',
  output: { name: 'cause', schema: z.object({ cause: z.string(), sure: z.boolean().optional() }) },
};
const good: FakeReply = { text: 'Well: {"cause":"pool"}' };
const look = defineTool({
  name: 'look',
  description: 'looks',
  schema: z.object({ at: z.string() }),
  run: ({ at }) => `${at} is well`,
});
const calling: FakeReply = { toolCalls: [{ id: '1', name: 'look', input: { at: 'db' } }] };

describe('an assistant', () => {
  it('answers in the form, from a prompt without secrets that tells the form', async () => {
    const model = fakeModel([good]);
    const answer = await assistantOf(model).ask(question);
    expect(answer).toEqual({
      value: { cause: 'pool' },
      toolUses: [],
      calls: 1,
      wasRepaired: false,
    });
    const [system, user] = model.requests[0]?.messages ?? [];
    expect(system?.content).toMatch(
      /^You find causes\.\n\nAnswer with one JSON value of this form/,
    );
    expect(user?.content).toBe('The shop is down. password=[redacted]');
    expect(model.requests[0]?.output?.name).toBe('cause');
  });

  it('has its answer repaired once, with what was wrong', async () => {
    const model = fakeModel([{ text: '{"sure":7}' }, good]);
    const events: ModelProgress[] = [];
    const answer = await assistantOf(model).ask({
      ...question,
      onProgress: (event) => events.push(event),
    });
    expect(answer).toMatchObject({ value: { cause: 'pool' }, calls: 2, wasRepaired: true });
    expect(model.requests[1]?.messages.at(-1)?.content).toContain('- cause: ');
    expect(events).toContainEqual({
      kind: 'restart',
      why: 'the answer did not have the form',
      waitMs: 0,
    });
  });

  it.each([
    ['nothing', { text: '' }],
    ['prose', { text: 'I am sorry.' }],
    ['an answer that is cut off', { text: '{"cause":"po', finishReason: 'length' as const }],
    ['wrong types', { text: '{"cause":{"a":1}}' }],
  ])('gives up after the second answer that is %s', async (_what, reply) => {
    const model = fakeModel([reply]);
    await expect(assistantOf(model).ask(question)).rejects.toThrow(ModelOutputError);
    expect(model.requests).toHaveLength(2);
  });

  it('uses tools where the model can', async () => {
    const model = fakeModel([calling, good]);
    const answer = await assistantOf(model).ask({ ...question, tools: [look] });
    expect(answer.toolUses).toEqual([
      { name: 'look', input: { at: 'db' }, result: 'db is well', ok: true },
    ]);
    expect(answer.calls).toBe(2);
    const plain = fakeModel([good], { supportsTools: false });
    await assistantOf(plain).ask({ ...question, tools: [look] });
    expect(plain.requests[0]).not.toHaveProperty('tools');
    expect(plain.requests[0]?.messages[0]?.content).not.toContain('tools');
  });

  it('keeps a step for the answer, and ends with the budget', async () => {
    const model = fakeModel((request, call) => {
      if (request.tools)
        return { toolCalls: [{ id: '1', name: 'look', input: { at: `n${call}` } }] };
      return request.messages.at(-1)?.content.includes('not have the form') ? good : { text: 'hm' };
    });
    const answer = await assistantOf(model, { steps: 3 }).ask({ ...question, tools: [look] });
    expect(answer).toMatchObject({ calls: 3, wasRepaired: true });
    const assistant = assistantOf(fakeModel([{ text: 'no' }]), { steps: 1 });
    await expect(assistant.ask(question)).rejects.toThrow(BudgetEndedError);
    expect(assistant.spent()).toMatchObject({ calls: 1, inputTokens: 10, outputTokens: 5 });
  });

  it('counts a question with its form and its tools', async () => {
    const assistant = assistantOf(fakeModel([good]));
    const bare = await assistant.countQuestion(question);
    expect(bare).toBeGreaterThan(assistant.countTokens(question.instructions + question.prompt));
    expect(await assistant.countQuestion({ ...question, tools: [look] })).toBeGreaterThan(bare);
  });
});
