import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assembleAssistant } from '#src/model/assemble.ts';
import { createBudget } from '#src/model/budget.ts';
import { defineTool, type LanguageModel, type ModelProgress } from '#src/model/contract.ts';
import { createOllamaModel } from '#src/model/providers/ollama.ts';
import { createOpenAiModel } from '#src/model/providers/openai.ts';
import { systemClock } from '#src/platform/clock.ts';
import { realTools } from '../../helpers/model-tools.ts';

/** A double of both protocols that others wrote: what we believe of them is not only our own. */
const mock = new LLMock({ port: 0 });
// It does not have the endpoint that tells what a model can do.
mock.mount('/api/show', {
  handleRequest: async (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ capabilities: ['completion', 'tools'] }));
    return true;
  },
});
beforeAll(async () => void (await mock.start()));
afterAll(() => mock.stop());
afterEach(() => void mock.clearFixtures().clearRequests());

const models: Record<string, () => LanguageModel> = {
  ollama: () => createOllamaModel({ host: mock.url }, realTools()),
  openai: () =>
    createOpenAiModel(
      { baseUrl: `${mock.url}/v1`, apiKey: 'test-key', model: 'gpt-4o' },
      realTools(),
    ),
};

const request = (content: string) => ({
  messages: [{ role: 'user' as const, content }],
  maxOutputTokens: 100,
  timeoutMs: 4000,
});

describe.each(Object.keys(models))('%s against aimock', (id) => {
  const model = (): LanguageModel => models[id]?.() as LanguageModel;

  it('reads an answer, streamed and whole', async () => {
    mock.onMessage('why', { content: 'The pool of connections ran dry.' });
    const events: ModelProgress[] = [];
    const onProgress = (event: ModelProgress): void => void events.push(event);
    for (const watched of [{}, { onProgress }]) {
      const reply = await model().generate({ ...request('why?'), ...watched });
      expect(reply.text).toBe('The pool of connections ran dry.');
      expect(reply.finishReason).toBe('stop');
      expect(reply.usage.inputTokens).toBeGreaterThan(0);
    }
    expect(events.length).toBeGreaterThan(0);
  });

  it('goes through a conversation with tools', async () => {
    mock.on({ userMessage: 'down', hasToolResult: true }, { content: '{"cause":"db is slow"}' });
    mock.on({ userMessage: 'down' }, { toolCalls: [{ name: 'look', arguments: '{"at":"db"}' }] });
    const look = defineTool({
      name: 'look',
      description: 'looks',
      schema: z.object({ at: z.string() }),
      run: ({ at }) => `${at} is slow`,
    });
    const assistant = assembleAssistant({
      agent: 'triage',
      model: model(),
      budget: createBudget({}, systemClock),
      limits: {},
      prices: {},
      redact: (text) => text,
      maxOutputTokens: 100,
      timeoutMs: 4000,
      maxCalls: 3,
    });
    const answer = await assistant.ask({
      instructions: 'Find the cause.',
      prompt: 'It is down.',
      output: { name: 'cause', schema: z.object({ cause: z.string() }) },
      tools: [look],
    });
    expect(answer.value).toEqual({ cause: 'db is slow' });
    expect(answer.toolUses).toEqual([
      { name: 'look', input: { at: 'db' }, result: 'db is slow', ok: true },
    ]);
  });

  it('waits where it is asked to, and fails where it must', async () => {
    mock.onMessage('why', { content: 'fine' });
    mock.nextRequestError(500, { message: 'boom' });
    expect((await model().generate(request('why?'))).text).toBe('fine');
    mock.nextRequestError(401, { message: 'bad key' });
    await expect(model().generate(request('why?'))).rejects.toMatchObject({ status: 401 });
  });

  it('begins again after a stream that was cut', async () => {
    mock.onMessage('why', { content: 'whole '.repeat(50) }, { truncateAfterChunks: 2 });
    await expect(
      model().generate({ ...request('why?'), timeoutMs: 600, onProgress: () => {} }),
    ).rejects.toMatchObject({ isRetryable: true });
    expect(mock.getRequests().filter((one) => /chat/.test(one.path)).length).toBeGreaterThan(1);
  });

  it('ends in time where the first token is late', async () => {
    mock.onMessage('why', { content: 'late' }, { latency: 3000 });
    const started = performance.now();
    await expect(
      model().generate({ ...request('why?'), timeoutMs: 200, onProgress: () => {} }),
    ).rejects.toThrow('no complete answer within 0.2 s');
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
