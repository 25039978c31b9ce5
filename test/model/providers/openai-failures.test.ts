import { afterEach, describe, expect, it } from 'vitest';
import type { ModelRequest } from '#src/model/contract.ts';
import { ModelOutputError, ModelRefusedError, ModelUnavailableError } from '#src/model/errors.ts';
import { createOpenAiModel } from '#src/model/providers/openai.ts';
import { startOpenAi } from '../../helpers/model-openai-double.ts';
import type { ModelServer, Script } from '../../helpers/model-server.ts';
import { realTools } from '../../helpers/model-tools.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(script: Script) {
  const server = await startOpenAi(script);
  servers.push(server);
  const settings = { baseUrl: server.url, apiKey: 'key-of-the-test', model: 'some-model' };
  return { server, model: createOpenAiModel(settings, realTools()) };
}

const ask = (rest: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: 'user', content: 'What broke?' }],
  maxOutputTokens: 200,
  timeoutMs: 3000,
  ...rest,
});

describe('a call that fails', () => {
  it('needs a key for OpenAI itself, and says so before it asks', async () => {
    const model = createOpenAiModel({ model: 'gpt-4o' }, realTools());
    await expect(model.generate(ask())).rejects.toMatchObject({
      name: 'ModelRefusedError',
      message: 'no key is set',
      hint: expect.stringContaining('OPENAI_API_KEY'),
    });
  });

  it.each([
    [
      401,
      { error: { message: 'Incorrect API key provided: key-of-the-test' } },
      ModelRefusedError,
      'the key was not accepted',
    ],
    [403, { error: { message: 'no access' } }, ModelRefusedError, 'not permitted: 403 no access'],
    [
      404,
      { error: { message: 'The model does not exist' } },
      ModelUnavailableError,
      'not found: 404 The model does not exist',
    ],
    [
      429,
      { error: { message: 'over', code: 'insufficient_quota' } },
      ModelRefusedError,
      'the quota of the key is used up',
    ],
  ])('is told by its status %d, at once', async (status, error, kind, message) => {
    const { server, model } = await start([{ status, error }]);
    const failure = await model.generate(ask()).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ message, status, isRetryable: false });
    expect(
      JSON.stringify([failure, (failure as Error).cause, String((failure as Error).cause)]),
    ).not.toContain('key-of-the-test');
    expect(server.asked).toHaveLength(1);
  });

  it('waits as long as the server asks, and not at all where that is too long', async () => {
    const limited = (seconds: string) => ({
      status: 429,
      error: { error: { message: 'slow down' } },
      headers: { 'retry-after': seconds },
    });
    const first = await start([limited('0.3'), { text: 'now' }]);
    const started = performance.now();
    expect((await first.model.generate(ask())).text).toBe('now');
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
    const second = await start([limited('90')]);
    const again = performance.now();
    await expect(second.model.generate(ask())).rejects.toMatchObject({
      message: 'too many requests: 429 slow down',
      retryAfterMs: 90_000,
      isRetryable: true,
    });
    expect(performance.now() - again).toBeLessThan(1000);
  });

  it('is tried again after a 500, and given up in the end', async () => {
    const broken = {
      status: 500,
      error: { error: { message: 'boom' } },
      headers: { 'retry-after-ms': '5' },
    };
    const first = await start([broken, broken, { text: 'now' }]);
    expect((await first.model.generate(ask())).text).toBe('now');
    const second = await start([broken]);
    await expect(second.model.generate(ask())).rejects.toMatchObject({ status: 500 });
    expect(second.server.asked).toHaveLength(4);
  });

  it.each([
    ['before the first byte', { hang: true }],
    ['in the middle', { text: 'abc'.repeat(20), hangAfterFirst: true }],
  ])('ends at its time limit when the server hangs %s', async (_when, fault) => {
    for (const onProgress of [undefined, () => {}]) {
      const { model } = await start([fault]);
      const started = performance.now();
      const call = model.generate(ask({ timeoutMs: 150, onProgress }));
      await expect(call).rejects.toThrow('no complete answer within 0.2 s');
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });

  it('waits for a slow first token', async () => {
    const { model } = await start([{ text: 'late', delayMs: 200 }]);
    expect((await model.generate(ask({ onProgress: () => {} }))).text).toBe('late');
  });

  it('ends at once, with the reason, when the caller stops it', async () => {
    const { model } = await start([{ hang: true }]);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(model.generate(ask({ signal: stop.signal }))).rejects.toThrow('enough');
  });

  it.each([
    ['cut off', { text: 'x'.repeat(99), cutAfter: 2 }],
    ['closed before it began', { reset: true }],
  ])('begins again after an answer that was %s', async (_how, fault) => {
    for (const onProgress of [undefined, () => {}]) {
      const { model } = await start([fault, { text: 'whole' }]);
      expect((await model.generate(ask({ onProgress }))).text).toBe('whole');
    }
  });

  it('is a cut where a stream ends without a reason', async () => {
    const raw = 'data: {"choices":[{"index":0,"delta":{"content":"half"}}]}\n\ndata: [DONE]\n\n';
    const { model } = await start([{ raw, contentType: 'text/event-stream' }]);
    const call = model.generate(ask({ timeoutMs: 400, onProgress: () => {} }));
    await expect(call).rejects.toThrow('the answer was cut off');
  });

  it('tells an error that comes in the middle of a stream', async () => {
    const raw = 'data: {"error":{"message":"the engine died"}}\n\n';
    const { model } = await start([{ raw, contentType: 'text/event-stream' }]);
    const call = model.generate(ask({ timeoutMs: 400, onProgress: () => {} }));
    await expect(call).rejects.toMatchObject({ message: 'the engine died', isRetryable: true });
  });

  it('is told when the model declines or a filter stops it', async () => {
    const declined = {
      choices: [{ message: { content: null, refusal: 'I cannot.' }, finish_reason: 'stop' }],
    };
    const first = await start([{ raw: JSON.stringify(declined) }]);
    await expect(first.model.generate(ask())).rejects.toThrow('the model declined: I cannot.');
    const second = await start([{ text: 'par', finish: 'content_filter' }]);
    await expect(second.model.generate(ask())).rejects.toThrow(ModelRefusedError);
  });

  it.each([
    ['a page', '<html>login</html>', 'text/html'],
    ['other JSON', '{"ok":true}', 'application/json'],
    ['wrong types', '{"choices":{"0":1}}', 'application/json'],
    ['broken JSON', '{"choices":[', 'application/json'],
    ['nothing', '', 'application/json'],
  ])('is told when the server gives %s', async (_what, raw, contentType) => {
    const { model } = await start([{ raw, contentType }]);
    await expect(model.generate(ask({ timeoutMs: 700 }))).rejects.toThrow(ModelOutputError);
  });

  it('refuses an answer without end', async () => {
    const raw = `data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(2 ** 20) } }] })}\n\n`;
    const { model } = await start([{ raw: raw.repeat(40), contentType: 'text/event-stream' }]);
    const call = model.generate(ask({ timeoutMs: 9000, onProgress: () => {} }));
    await expect(call).rejects.toThrow('longer than 32 MB');
  });

  it('tells a server that is not there, and one that does not speak TLS', async () => {
    const { server, model } = await start([]);
    const settings = { baseUrl: server.url.replace('http:', 'https:'), model: 'm' };
    const secure = createOpenAiModel(settings, realTools());
    await expect(secure.generate(ask())).rejects.toThrow('no TLS on this port');
    await server.close();
    await expect(model.generate(ask())).rejects.toMatchObject({
      message: 'connection refused',
      hint: expect.stringContaining('OPENAI_BASE_URL'),
      isRetryable: false,
    });
  });
});
