import { describe, expect, it } from 'vitest';
import { ModelUnavailableError } from '#src/model/errors.ts';
import { isLoopback } from '#src/model/exchange/is-loopback.ts';
import { withinLimits } from '#src/model/exchange/limits.ts';
import { retried, retryAfterMs } from '#src/model/exchange/retry.ts';

const where = 'http://model.example';

describe('withinLimits', () => {
  it('gives what the work gives', async () => {
    expect(await withinLimits({ timeoutMs: 1000, where }, async () => 7)).toBe(7);
    const work = () => Promise.reject(new Error('no'));
    await expect(withinLimits({ timeoutMs: 1000, where }, work)).rejects.toThrow('no');
  });

  it('holds even for work that does not heed its signal', async () => {
    const deaf = () => new Promise<never>(() => {});
    const started = performance.now();
    const limits = { timeoutMs: 50, where, hint: 'Wait.' };
    await expect(withinLimits(limits, deaf)).rejects.toMatchObject({
      name: 'ModelUnavailableError',
      where,
      hint: 'Wait.',
    });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 20);
    const stopped = withinLimits({ timeoutMs: 5000, where, signal: stop.signal }, deaf);
    await expect(stopped).rejects.toThrow('enough');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('does not begin what was stopped before', async () => {
    let begun = false;
    const signal = AbortSignal.abort(new Error('enough'));
    const work = async () => {
      begun = true;
    };
    await expect(withinLimits({ timeoutMs: 50, where, signal }, work)).rejects.toThrow('enough');
    expect(begun).toBe(false);
  });
});

describe('retried', () => {
  const clock = { now: () => 0, monotonic: () => 0 };
  const tools = { fetch: globalThis.fetch, clock, retryWaitMs: 1 };
  const failing = (times: number, retryAfter?: number) => {
    let calls = 0;
    return async () => {
      calls++;
      if (calls <= times) {
        throw new ModelUnavailableError(`failure ${calls}`, {
          isRetryable: true,
          retryAfterMs: retryAfter,
        });
      }
      return calls;
    };
  };
  const options = { deadline: 10_000, tools, signal: new AbortController().signal };

  it('makes four attempts', async () => {
    expect(await retried(options, failing(3))).toBe(4);
    await expect(retried(options, failing(9))).rejects.toThrow('failure 4');
  });

  it('does not wait beyond its deadline', async () => {
    await expect(retried(options, failing(1, 20_000))).rejects.toThrow('failure 1');
  });
});

describe('retryAfterMs', () => {
  const at = Date.parse('2030-01-01T00:00:00Z');
  const clock = { now: () => at, monotonic: () => 0 };
  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{}, undefined],
  ])('reads %o', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), clock)).toBe(expected);
  });
});

describe('isLoopback', () => {
  it.each(['http://localhost:1', '127.0.0.1:11434', 'http://[::1]:80', 'http://a.localhost'])(
    'is %s',
    (url) => expect(isLoopback(url)).toBe(true),
  );
  it.each(['http://localhost.example.com', 'http://10.0.0.1', 'http://127.example.com', ':::'])(
    'is not %s',
    (url) => expect(isLoopback(url)).toBe(false),
  );
});
