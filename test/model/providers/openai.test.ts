import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModelProgress, ModelRequest } from '#src/model/contract.ts';
import { ModelRefusedError, PromptTooLongError } from '#src/model/errors.ts';
import type { OpenAiSettings } from '#src/model/providers/openai/settings.ts';
import { createOpenAiModel } from '#src/model/providers/openai.ts';
import { type OpenAiDoubleOptions, startOpenAi } from '../../helpers/model-openai-double.ts';
import type { ModelServer, Script } from '../../helpers/model-server.ts';
import { realTools } from '../../helpers/model-tools.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(
  script: Script,
  settings: Partial<OpenAiSettings> = {},
  options?: OpenAiDoubleOptions,
) {
  const server = await startOpenAi(script, options);
  servers.push(server);
  const all = { baseUrl: server.url, apiKey: 'key-of-the-test', model: 'some-model', ...settings };
  return { server, model: createOpenAiModel(all, realTools()) };
}

const ask = (rest: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: 'user', content: 'What broke?' }],
  maxOutputTokens: 200,
  timeoutMs: 3000,
  ...rest,
});

const answer = {
  name: 'answer',
  schema: z.object({ cause: z.string().max(9), line: z.number().optional() }),
};
const tools = [{ name: 'look', description: 'looks', schema: z.object({ at: z.string() }) }];

describe('a call that goes well', () => {
  it.each([false, true])('gives text, calls and usage (streamed: %s)', async (isStreamed) => {
    const toolCalls = [
      { name: 'look', input: { at: 'db' } },
      { name: 'look', input: { at: 'web' } },
    ];
    const { model } = await start([
      { text: 'The pool.', toolCalls, usage: { input: 40, output: 3, cached: 32 } },
    ]);
    const onProgress = isStreamed ? () => {} : undefined;
    expect(await model.generate(ask({ tools, onProgress }))).toEqual({
      text: 'The pool.',
      toolCalls: [
        { id: 'call_0', name: 'look', input: { at: 'db' } },
        { id: 'call_1', name: 'look', input: { at: 'web' } },
      ],
      finishReason: 'tool-calls',
      usage: { inputTokens: 40, cachedInputTokens: 32, outputTokens: 3 },
    });
  });

  it('streams the text as it comes', async () => {
    const { model } = await start([{ text: 'abcdef', pieceLength: 2 }]);
    const events: ModelProgress[] = [];
    await model.generate(ask({ onProgress: (event) => events.push(event) }));
    expect(events).toEqual(['ab', 'cd', 'ef'].map((text) => ({ kind: 'text', text })));
  });

  it('sends the key, and no header that the environment or the library would add', async () => {
    process.env.OPENAI_CUSTOM_HEADERS = 'x-secret: leak';
    process.env.OPENAI_ORG_ID = 'org-leak';
    try {
      const { server, model } = await start([{ text: 'x' }]);
      await model.generate(ask());
      const { headers } = server.asked[0] ?? {};
      expect(headers).toMatchObject({
        authorization: 'Bearer key-of-the-test',
        'user-agent': 'incident',
      });
      expect(Object.keys(headers ?? {}).filter((name) => /^x-|openai/.test(name))).toEqual([]);
    } finally {
      delete process.env.OPENAI_CUSTOM_HEADERS;
      delete process.env.OPENAI_ORG_ID;
    }
  });

  it('needs no key for a server of its own', async () => {
    const { server, model } = await start([{ text: 'x' }], { apiKey: undefined });
    await model.generate(ask());
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('asks for the form strictly, with what is optional as nullable', async () => {
    const { server, model } = await start([{ text: '{}' }]);
    await model.generate(ask({ output: answer }));
    expect(server.asked[0]?.body).toEqual({
      model: 'some-model',
      messages: [{ role: 'user', content: 'What broke?' }],
      max_tokens: 200,
      temperature: 0,
      stream: false,
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          strict: true,
          schema: {
            type: 'object',
            properties: {
              cause: { type: 'string' },
              line: { anyOf: [{ type: 'number' }, { type: 'null' }] },
            },
            required: ['cause', 'line'],
            additionalProperties: false,
          },
        },
      },
    });
  });

  it('speaks to reasoning models in their own parameters', async () => {
    const { server, model } = await start([{ text: 'x' }], {
      model: 'o4-mini',
      reasoningEffort: 'low',
      reasoningTokens: 1000,
    });
    await model.generate(ask());
    const { body } = server.asked[0] ?? {};
    expect(body).toMatchObject({ max_completion_tokens: 1200, reasoning_effort: 'low' });
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('max_tokens');
  });

  it('sends the results of tools back', async () => {
    const { server, model } = await start([{ text: 'x' }]);
    const messages: ModelRequest['messages'] = [
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: 'a', name: 'look', input: { at: 'db' } },
          { id: 'b', name: 'look', input: 'broken {' },
        ],
      },
      { role: 'tool', callId: 'a', name: 'look', content: 'all well' },
    ];
    await model.generate(ask({ messages }));
    const call = (id: string, text: string) => ({
      id,
      type: 'function',
      function: { name: 'look', arguments: text },
    });
    expect(server.asked[0]?.body.messages).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [call('a', '{"at":"db"}'), call('b', '{"input":"broken {"}')],
      },
      { role: 'tool', tool_call_id: 'a', content: 'all well' },
    ]);
  });

  it.each([false, true])('takes an answer of 10 MB (streamed: %s)', async (isStreamed) => {
    const { model } = await start([{ text: 'x'.repeat(10 * 1024 * 1024), pieceLength: 2 ** 20 }]);
    const onProgress = isStreamed ? () => {} : undefined;
    const reply = await model.generate(ask({ timeoutMs: 10_000, onProgress }));
    expect(reply.text).toHaveLength(10 * 1024 * 1024);
  });

  it('estimates the usage of a server that does not count', async () => {
    const raw = JSON.stringify({ choices: [{ message: { content: 'four words of answer' } }] });
    const { model } = await start([{ raw }]);
    const { usage, finishReason } = await model.generate(ask());
    expect(usage.inputTokens).toBeGreaterThan(4);
    expect(usage.outputTokens).toBeGreaterThanOrEqual(4);
    expect(finishReason).toBe('stop');
  });

  it('reads text in parts and arguments as objects, as some servers send them', async () => {
    const message = {
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
      tool_calls: [{ function: { name: 'look', arguments: { at: 'db' } } }, 7, { function: null }],
    };
    const { model } = await start([{ raw: JSON.stringify({ choices: [{ message }] }) }]);
    expect(await model.generate(ask())).toMatchObject({
      text: 'ab',
      toolCalls: [{ id: 'call-1', name: 'look', input: { at: 'db' } }],
    });
  });
});

describe('the dialect of a server', () => {
  const refusal = (message: string, param?: string, status = 400) => ({
    status,
    error: { error: { message, type: 'invalid_request_error', param: param ?? null } },
  });

  it('is learnt from its refusals, and kept', async () => {
    const { server, model } = await start((asked) => {
      const { body } = asked;
      if (body.response_format?.type === 'json_schema')
        return refusal('json_schema is not supported');
      if (body.response_format) return refusal("unknown field 'response_format'", undefined, 422);
      if (body.temperature !== undefined) return refusal('Unsupported value', 'temperature');
      if (body.max_tokens)
        return refusal("Unsupported parameter: use 'max_completion_tokens' instead");
      return { text: '{"cause":"pool"}' };
    });
    expect((await model.generate(ask({ output: answer }))).text).toBe('{"cause":"pool"}');
    // Strict schema, schema, JSON, words, without temperature, the other name of the limit.
    expect(server.asked).toHaveLength(6);
    await model.generate(ask({ output: answer }));
    expect(server.asked).toHaveLength(7);
    expect(server.asked[6]?.body).toEqual({
      model: 'some-model',
      messages: [{ role: 'user', content: 'What broke?' }],
      max_completion_tokens: 200,
      stream: false,
    });
  });

  it('may not have tools', async () => {
    const { model } = await start((asked) =>
      asked.body.tools ? refusal('this model does not support tools') : { text: 'from memory' },
    );
    expect((await model.capabilities()).supportsTools).toBe(true);
    expect((await model.generate(ask({ tools }))).text).toBe('from memory');
    expect((await model.capabilities()).supportsTools).toBe(false);
  });

  it('may not count in streams', async () => {
    const { model } = await start((asked) =>
      asked.body.stream_options ? refusal("extra field 'stream_options'") : { text: 'ok' },
    );
    expect((await model.generate(ask({ onProgress: () => {} }))).text).toBe('ok');
  });

  it('may fail on the grammar of a schema', async () => {
    const { model } = await start((asked) =>
      asked.body.response_format?.type === 'json_schema'
        ? refusal('failed to parse grammar', undefined, 500)
        : { text: '{}' },
    );
    expect((await model.generate(ask({ output: answer }))).text).toBe('{}');
  });

  it('is not to blame for other refusals', async () => {
    const { server, model } = await start([refusal('no such voice', 'voice')]);
    await expect(model.generate(ask({ output: answer }))).rejects.toThrow(ModelRefusedError);
    expect(server.asked).toHaveLength(1);
  });
});

describe('the context of a model', () => {
  it('is what the server lists', async () => {
    const models = { object: 'list', data: [{ id: 'some-model', max_model_len: 4096 }] };
    const { model } = await start([], {}, { models });
    expect((await model.capabilities()).contextTokens).toBe(4096);
  });

  it('is a cautious default where the server does not list it, or hangs', async () => {
    const { model } = await start([]);
    expect((await model.capabilities()).contextTokens).toBe(16_384);
  });

  it('is learnt from the refusal of a prompt that is too long', async () => {
    const error = {
      error: {
        message: "This model's maximum context length is 8192 tokens. However, you requested 9000.",
        code: 'context_length_exceeded',
      },
    };
    const { model } = await start([{ status: 400, error }]);
    const call = model.generate(ask());
    await expect(call).rejects.toThrow(PromptTooLongError);
    await expect(call).rejects.toMatchObject({ contextTokens: 8192, isRetryable: false });
    expect((await model.capabilities()).contextTokens).toBe(8192);
  });
});
