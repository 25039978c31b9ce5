import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModelProgress, ModelRequest } from '#src/model/contract.ts';
import { ModelUnavailableError, PromptTooLongError } from '#src/model/errors.ts';
import { type OllamaSettings, ollamaUrl } from '#src/model/providers/ollama/settings.ts';
import { createOllamaModel } from '#src/model/providers/ollama.ts';
import { type OllamaDoubleOptions, startOllama } from '../../helpers/model-ollama-double.ts';
import type { ModelServer, Script } from '../../helpers/model-server.ts';
import { realTools } from '../../helpers/model-tools.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(script: Script, settings: OllamaSettings = {}, options?: OllamaDoubleOptions) {
  const server = await startOllama(script, options);
  servers.push(server);
  return { server, model: createOllamaModel({ host: server.url, ...settings }, realTools()) };
}

const ask = (rest: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: 'user', content: 'What broke?' }],
  maxOutputTokens: 200,
  timeoutMs: 3000,
  ...rest,
});

describe('a call that goes well', () => {
  it('gives text, usage and the time of loading', async () => {
    const { model } = await start([{ text: 'The pool.', usage: { input: 40, output: 3 } }]);
    expect(await model.generate(ask())).toEqual({
      text: 'The pool.',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 40, cachedInputTokens: 0, outputTokens: 3 },
      loadMs: 12,
    });
  });

  it('streams the text as it comes', async () => {
    const { model } = await start([{ text: 'abcdef', pieceLength: 2 }]);
    const events: ModelProgress[] = [];
    await model.generate(ask({ onProgress: (event) => events.push(event) }));
    expect(events).toEqual(['ab', 'cd', 'ef'].map((text) => ({ kind: 'text', text })));
  });

  it('asks with the default model, a bounded answer, and no silent cutting', async () => {
    const { server, model } = await start([{ text: 'x' }], { keepAlive: '3m' });
    await model.generate(ask());
    expect(server.asked[0]?.body).toMatchObject({
      model: 'mistral-nemo',
      keep_alive: '3m',
      truncate: false,
      shift: false,
      options: { num_ctx: 4096, num_predict: 200, temperature: 0 },
    });
  });

  it('sends the form of the answer as format, and not together with tools', async () => {
    const { server, model } = await start([{ text: '{}' }]);
    const schema = z.object({ cause: z.string().max(9) });
    const tool = { name: 'look', description: 'looks', schema: z.object({ at: z.string() }) };
    await model.generate(ask({ output: { name: 'answer', schema } }));
    await model.generate(ask({ output: { name: 'answer', schema }, tools: [tool] }));
    expect(server.asked[0]?.body.format).toEqual({
      type: 'object',
      properties: { cause: { type: 'string' } },
      required: ['cause'],
    });
    expect(server.asked[1]?.body.format).toBeUndefined();
    expect(server.asked[1]?.body.tools[0].function).toMatchObject({
      name: 'look',
      parameters: { type: 'object', properties: { at: { type: 'string' } } },
    });
  });

  it('reads tool calls and sends their results back', async () => {
    const { server, model } = await start([
      {
        toolCalls: [
          { name: 'look', input: { at: 'db' } },
          { name: 'look', input: { at: 'web' } },
        ],
      },
    ]);
    const schema = z.object({ at: z.string() });
    const tools = [{ name: 'look', description: 'looks', schema }];
    const reply = await model.generate(ask({ tools }));
    expect(reply.finishReason).toBe('tool-calls');
    expect(reply.toolCalls).toEqual([
      { id: 'call-1', name: 'look', input: { at: 'db' } },
      { id: 'call-2', name: 'look', input: { at: 'web' } },
    ]);
    await model.generate(
      ask({
        messages: [
          { role: 'assistant', content: '', toolCalls: reply.toolCalls },
          { role: 'tool', callId: 'call-1', name: 'look', content: 'all well' },
        ],
      }),
    );
    expect(server.asked[1]?.body.messages).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          { function: { name: 'look', arguments: { at: 'db' } } },
          { function: { name: 'look', arguments: { at: 'web' } } },
        ],
      },
      { role: 'tool', content: 'all well', tool_name: 'look' },
    ]);
  });

  it('says that an answer ended at its length limit', async () => {
    const { model } = await start([{ text: 'The po', finish: 'length' }]);
    expect((await model.generate(ask())).finishReason).toBe('length');
  });

  it('gives an empty answer as an empty text', async () => {
    const { model } = await start([{ text: '' }]);
    expect((await model.generate(ask())).text).toBe('');
  });

  it('takes an answer of 10 MB within its time', async () => {
    const { model } = await start([{ text: 'x'.repeat(10 * 1024 * 1024), pieceLength: 2 ** 20 }]);
    const started = performance.now();
    const reply = await model.generate(ask({ timeoutMs: 10_000 }));
    expect(reply.text).toHaveLength(10 * 1024 * 1024);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('what a model can do', () => {
  it('is what the server tells, bounded by the settings', async () => {
    const { model } = await start([], { maxContextTokens: 16_384 });
    expect(await model.capabilities()).toEqual({
      supportsTools: true,
      contextTokens: 16_384,
      reasoningTokens: 0,
    });
  });

  it('leaves room for a model that thinks', async () => {
    const show = {
      capabilities: ['completion', 'thinking'],
      model_info: { 'q.context_length': 8192 },
    };
    const { model, server } = await start([{ text: 'x' }], {}, { show });
    expect(await model.capabilities()).toEqual({
      supportsTools: false,
      contextTokens: 8192,
      reasoningTokens: 4096,
    });
    await model.generate(ask());
    expect(server.asked[0]?.body.options.num_predict).toBe(4296);
  });

  it('is not known to a server without /api/show, which can still chat', async () => {
    const { model } = await start([{ text: 'still here' }], {}, { show: null });
    expect((await model.capabilities()).supportsTools).toBe(false);
    expect((await model.generate(ask())).text).toBe('still here');
  });

  it('is local on this machine only', () => {
    const at = (host: string, model = 'm') =>
      createOllamaModel({ host, model }, realTools()).isLocal;
    expect(at('http://localhost:11434')).toBe(true);
    expect(at('127.0.0.1')).toBe(true);
    expect(at('http://gpu.example.com:11434')).toBe(false);
    expect(at('http://localhost:11434', 'gpt-oss:120b-cloud')).toBe(false);
  });
});

describe('the address', () => {
  it.each([
    ['http://gpu.example:8080/', 'http://gpu.example:8080'],
    ['https://gpu.example', 'https://gpu.example'],
    ['gpu.example', 'http://gpu.example:11434'],
    ['gpu.example:8080', 'http://gpu.example:8080'],
    [':8080', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['http://[::]:8080', 'http://127.0.0.1:8080'],
    ['', 'http://127.0.0.1:11434'],
  ])('may be %s', (host, url) => {
    expect(ollamaUrl(host)).toBe(url);
  });

  it('does not show a password that stands in it', async () => {
    for (const host of ['http://me:hunter2@127.0.0.1:9', 'not a host']) {
      const failure = await createOllamaModel({ host }, realTools())
        .generate(ask({ timeoutMs: 500 }))
        .catch((error: unknown) => error as ModelUnavailableError);
      expect(failure).toBeInstanceOf(ModelUnavailableError);
      expect(
        `${(failure as Error).message} ${(failure as ModelUnavailableError).where}`,
      ).not.toContain('hunter2');
    }
  });
});

describe('the context', () => {
  const long = 'the checkout service timed out while it waited. '.repeat(1200);

  it('grows with the prompt and does not shrink again', async () => {
    const { server, model } = await start([{ text: 'x' }]);
    await model.generate(ask({ messages: [{ role: 'user', content: long }] }));
    await model.generate(ask());
    const sizes = server.asked.map((asked) => asked.body.options.num_ctx);
    expect(sizes[0]).toBeGreaterThanOrEqual(16_384);
    expect(sizes[1]).toBe(sizes[0]);
  });

  it('that is too small is an error before anything is sent', async () => {
    const { server, model } = await start([{ text: 'x' }], { maxContextTokens: 4096 });
    const call = model.generate(ask({ messages: [{ role: 'user', content: long }] }));
    await expect(call).rejects.toThrow(PromptTooLongError);
    await expect(call).rejects.toMatchObject({ contextTokens: 4096, isRetryable: false });
    expect(server.asked).toHaveLength(0);
  });

  it('that the server made smaller than asked for is noticed by its count', async () => {
    const ps = { models: [{ name: 'mistral-nemo:latest', context_length: 4096 }] };
    const { model } = await start([{ text: 'x', usage: { input: 2050, output: 1 } }], {}, { ps });
    const call = model.generate(ask({ messages: [{ role: 'user', content: long }] }));
    await expect(call).rejects.toThrow('the server cut the prompt: it read 2050 tokens');
  });

  it('is whole where a low count only means that the rest was cached', async () => {
    const ps = { models: [{ name: 'mistral-nemo:latest', context_length: 32_768 }] };
    const { model } = await start([{ text: 'x', usage: { input: 7, output: 1 } }], {}, { ps });
    const messages = [{ role: 'user' as const, content: long }];
    expect((await model.generate(ask({ messages }))).text).toBe('x');
  });

  it('that the server finds too small is told as that', async () => {
    const error = { error: 'the prompt is longer than the context length currently available' };
    const { model } = await start([{ status: 400, error }]);
    await expect(model.generate(ask())).rejects.toThrow(PromptTooLongError);
  });
});
