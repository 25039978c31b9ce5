import { describe, expect, it } from 'vitest';
import { UpstreamError } from '#src/domain/errors.ts';
import { createHttp } from '#src/platform/http.ts';
import { hostileServer, type Misbehaviour } from '../helpers/hostile-server.ts';
import { httpServer } from '../helpers/http-server.ts';

const http = createHttp();
const limits = { timeoutMs: 400, maxBytes: 100_000 };

describe('HTTP with limits', () => {
  it('gives status, headers and body of an answer', async () => {
    const url = await httpServer((request, response) => {
      response.writeHead(418, { 'x-tea': 'yes' });
      response.end(`${request.method} ${request.headers['user-agent']}`);
    });
    const answer = await http({ url, ...limits });
    expect(answer).toMatchObject({
      status: 418,
      headers: { 'x-tea': 'yes' },
      text: 'GET incident',
    });
  });

  it('does not follow redirects', async () => {
    expect((await http({ url: await hostileServer('redirect'), ...limits })).status).toBe(302);
  });

  it.each([
    ['hang', 'no answer within 0.4 s'],
    ['slow drip', 'no answer within 0.4 s'],
    ['slow headers', 'no answer within 0.4 s'],
    ['reset', 'connection reset'],
    ['close at once', 'connection closed before the answer ended'],
    ['1 GB', 'answer longer than 0 MB'],
  ] satisfies [Misbehaviour, string][])(
    'says in a few words what a server did: %s',
    async (misbehaviour, message) => {
      const url = `${(await hostileServer(misbehaviour)).replace('//', '//user:secret@')}/path?token=secret`;
      const started = performance.now();
      const error = await http({ url, ...limits }).catch((thrown: unknown) => thrown);
      expect(performance.now() - started).toBeLessThan(1500);
      expect(error).toBeInstanceOf(UpstreamError);
      expect((error as UpstreamError).message).toBe(message);
      expect((error as UpstreamError).where).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/path$/);
    },
  );

  it('says so when nothing listens, or there is no such host', async () => {
    const failing = (url: string) =>
      http({ url, ...limits }).catch((error: Error) => error.message);
    expect(await failing('http://127.0.0.1:9/')).toBe('connection refused');
    expect(await failing('https://no-such-host.invalid/')).toMatch(/^(?:host name|no answer)/);
    expect(await failing('http://[bad/')).toMatch(/./);
  });

  it('ends when the caller ends it', async () => {
    const url = await hostileServer('hang');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const started = performance.now();
    await expect(
      http({ url, timeoutMs: 60_000, maxBytes: 10, signal: abort.signal }),
    ).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
