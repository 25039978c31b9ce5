import { afterEach, describe, expect, it } from 'vitest';
import type { ModelProgress, ModelRequest } from '#src/model/contract.ts';
import { ModelOutputError, ModelRefusedError, ModelUnavailableError } from '#src/model/errors.ts';
import type { OllamaSettings } from '#src/model/providers/ollama/settings.ts';
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

describe('a call that fails', () => {
  it('tells how to start a server that is not running', async () => {
    const { server, model } = await start([]);
    await server.close();
    const call = model.generate(ask());
    await expect(call).rejects.toThrow(ModelUnavailableError);
    await expect(call).rejects.toMatchObject({
      message: 'connection refused',
      hint: 'Ollama is not running there: start it with "ollama serve".',
      isRetryable: false,
    });
    await expect(model.capabilities()).rejects.toThrow('connection refused');
  });

  it('tells how to pull a model that is not there', async () => {
    const { model } = await start([], { model: 'qwen3' }, { models: ['mistral-nemo'] });
    await expect(model.generate(ask())).rejects.toMatchObject({
      message: 'the model qwen3 is not there',
      hint: 'Pull it with "ollama pull qwen3".',
      status: 404,
      isRetryable: false,
    });
  });

  it.each([
    [401, { error: 'unauthorized' }, ModelRefusedError],
    [400, { error: 'bad request' }, ModelRefusedError],
    [
      500,
      { error: 'model requires more system memory (9 GiB) than is available' },
      ModelUnavailableError,
    ],
  ])('is told by its status %d, at once', async (status, error, kind) => {
    const { server, model } = await start([{ status, error }]);
    const call = model.generate(ask());
    await expect(call).rejects.toThrow(kind);
    await expect(call).rejects.toMatchObject({ status, isRetryable: false });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['a message', { message: 'upstream says no', code: 7 }, 'HTTP 400: upstream says no'],
    ['no message', { reason: 'quota' }, 'HTTP 400: {"reason":"quota"}'],
    ['an empty message', { message: '' }, 'HTTP 400: {"message":""}'],
    ['a list', ['quota'], 'HTTP 400: ["quota"]'],
    ['a number', 17, 'HTTP 400: 17'],
  ])('shows what a proxy says in an error with %s', async (_what, error, message) => {
    const { model } = await start([{ status: 400, error: { error } }]);
    await expect(model.generate(ask())).rejects.toMatchObject({ message, status: 400 });
  });

  it('understands what a proxy says', async () => {
    const message = 'the prompt exceeds the context window';
    const { model } = await start([{ status: 400, error: { error: { message } } }]);
    await expect(model.generate(ask())).rejects.toThrow(`the prompt does not fit: ${message}`);
  });

  it('is tried again while the server is busy', async () => {
    const busy = { status: 503, error: { error: 'server busy, please try again' } };
    const { server, model } = await start([busy, { text: 'now' }]);
    const events: ModelProgress[] = [];
    const reply = await model.generate(ask({ onProgress: (event) => events.push(event) }));
    expect(reply.text).toBe('now');
    expect(server.asked).toHaveLength(2);
    expect(events[0]).toMatchObject({ kind: 'restart', waitMs: 5 });
  });

  it('waits as long as the server asks, and not at all where that is too long', async () => {
    const wait = (seconds: string) => ({
      status: 429,
      error: { error: 'slow down' },
      headers: { 'retry-after': seconds },
    });
    const first = await start([wait('0.2'), { text: 'now' }]);
    const started = performance.now();
    expect((await first.model.generate(ask())).text).toBe('now');
    expect(performance.now() - started).toBeGreaterThanOrEqual(190);
    const second = await start([wait('60')]);
    const again = performance.now();
    await expect(second.model.generate(ask())).rejects.toMatchObject({
      status: 429,
      retryAfterMs: 60_000,
    });
    expect(performance.now() - again).toBeLessThan(1000);
  });

  it('ends at its time limit when the server hangs', async () => {
    for (const fault of [{ hang: true }, { text: 'abc'.repeat(20), hangAfterFirst: true }]) {
      const { model } = await start([fault]);
      const started = performance.now();
      const call = model.generate(ask({ timeoutMs: 150 }));
      await expect(call).rejects.toThrow('no complete answer within 0.2 s');
      await expect(call).rejects.toMatchObject({ hint: expect.stringContaining('loads first') });
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });

  it('waits for a slow first token', async () => {
    const { model } = await start([{ text: 'late', delayMs: 200 }]);
    expect((await model.generate(ask())).text).toBe('late');
  });

  it('ends at once, with the reason, when the caller stops it', async () => {
    const { model } = await start([{ hang: true }]);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(model.generate(ask({ signal: stop.signal }))).rejects.toThrow('enough');
  });

  it('begins again after a stream that was cut off', async () => {
    const { model } = await start([{ text: 'x'.repeat(99), cutAfter: 2 }, { text: 'whole' }]);
    const events: ModelProgress[] = [];
    const reply = await model.generate(ask({ onProgress: (event) => events.push(event) }));
    expect(reply.text).toBe('whole');
    expect(events.some((event) => event.kind === 'restart')).toBe(true);
  });

  it('is a cut where the stream ends without its last message', async () => {
    const raw = '{"message":{"role":"assistant","content":"half"},"done":false}\n';
    const { model } = await start([{ raw, contentType: 'application/x-ndjson' }]);
    await expect(model.generate(ask({ timeoutMs: 400 }))).rejects.toThrow('the answer was cut off');
  });

  it('tells an error that comes in the middle of a stream', async () => {
    const raw = '{"message":{"content":"a"},"done":false}\n{"error":"model \'m\' not found"}\n';
    const { model } = await start([{ raw, contentType: 'application/x-ndjson' }]);
    await expect(model.generate(ask())).rejects.toThrow('is not there');
  });

  it('shows what a proxy says in the middle of a stream', async () => {
    const raw =
      '{"message":{"content":"a"},"done":false}\n{"error":{"message":"model \'m\' not found"}}\n';
    const { model } = await start([{ raw, contentType: 'application/x-ndjson' }]);
    await expect(model.generate(ask())).rejects.toThrow('is not there');
  });

  it.each([
    ['a page', '<html>login</html>', 'text/html'],
    [
      'wrong types',
      '{"message":{"content":{"a":[]}, "tool_calls":"x"},"done":true}\n',
      'application/json',
    ],
    ['nothing', '', 'application/json'],
  ])('survives %s in place of an answer', async (_what, raw, contentType) => {
    const { model } = await start([{ raw, contentType }]);
    const outcome = await model.generate(ask({ timeoutMs: 600 })).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect([ModelOutputError, ModelUnavailableError]).toContain(outcome.constructor);
    } else expect(outcome).toMatchObject({ text: '', toolCalls: [] });
  });

  it('refuses an answer without end', async () => {
    const line = `${JSON.stringify({ message: { content: 'x'.repeat(2 ** 20) }, done: false })}\n`;
    const { model } = await start([{ raw: line.repeat(40), contentType: 'application/x-ndjson' }]);
    await expect(model.generate(ask({ timeoutMs: 9000 }))).rejects.toThrow('longer than 32 MB');
  });

  it('does not follow a redirect', async () => {
    const away = { status: 302, error: '', headers: { location: 'http://elsewhere.example/' } };
    const { model, server } = await start([away]);
    await expect(model.generate(ask())).rejects.toThrow('redirects to http://elsewhere.example/');
    expect(server.asked).toHaveLength(1);
  });

  it('tells a server that does not speak TLS', async () => {
    const { server } = await start([{ text: 'x' }]);
    const host = server.url.replace('http:', 'https:');
    const call = createOllamaModel({ host }, realTools()).generate(ask());
    await expect(call).rejects.toMatchObject({
      message: 'no TLS on this port',
      isRetryable: false,
    });
  });

  it('prints nothing, whatever the client library would say', async () => {
    const written: unknown[] = [];
    const { log, warn, error } = console;
    Object.assign(console, {
      log: (...args: unknown[]) => written.push(args),
      warn: (...args: unknown[]) => written.push(args),
      error: (...args: unknown[]) => written.push(args),
    });
    try {
      const page = { status: 502, error: '<html>bad gateway</html>', contentType: 'text/html' };
      const { model } = await start([page, { raw: 'not json\n' }]);
      await model.generate(ask({ timeoutMs: 900 })).catch(() => {});
    } finally {
      Object.assign(console, { log, warn, error });
    }
    expect(written).toEqual([]);
  });
});
