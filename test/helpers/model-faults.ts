import type { ProviderSettings } from '#src/model/registry.ts';
import { startOllama } from './model-ollama-double.ts';
import { startOpenAi } from './model-openai-double.ts';
import type { ModelServer, Script, ScriptedReply } from './model-server.ts';

/** Providers that are asked over HTTP, each with its double. */
export const DOUBLES = {
  ollama: async (script: Script) => {
    const server = await startOllama(script);
    const settings: ProviderSettings['ollama'] = { host: server.url };
    return { server, settings };
  },
  openai: async (script: Script) => {
    const server = await startOpenAi(script);
    const settings: ProviderSettings['openai'] = {
      baseUrl: server.url,
      apiKey: 'test-key',
      model: 'some-model',
    };
    return { server, settings };
  },
} satisfies Record<string, (script: Script) => Promise<{ server: ModelServer; settings: object }>>;

const MEGABYTES_10 = 10 * 1024 * 1024;

/**
 * Everything that goes wrong with models and their servers, by name, for whoever asks one. What a
 * server says with HTTP 2xx reaches the reading of the answer; the rest is an error of the call.
 */
export const MODEL_FAULTS: Readonly<Record<string, ScriptedReply>> = {
  'key refused': { status: 401, error: { error: { message: 'invalid key' } } },
  'not permitted': { status: 403, error: { error: { message: 'no access' } } },
  'unknown model': { status: 404, error: { error: 'model "some-model" not found' } },
  'too many requests, soon again': {
    status: 429,
    error: { error: { message: 'slow down' } },
    headers: { 'retry-after': '0.05' },
  },
  'too many requests, much later': {
    status: 429,
    error: { error: { message: 'slow down' } },
    headers: { 'retry-after': '3600' },
  },
  'prompt too long': {
    status: 400,
    error: { error: { message: 'exceeds the context length', code: 'context_length_exceeded' } },
  },
  'server broken': { status: 500, error: { error: { message: 'boom' } } },
  'gateway page': { status: 502, error: '<html>Bad gateway</html>', contentType: 'text/html' },
  overloaded: { status: 503, error: { error: 'server busy' } },
  redirected: { status: 302, error: '', headers: { location: 'http://elsewhere.example/' } },
  'connection reset': { reset: true },
  'cut stream': { text: '{"cause":"the pool of connec'.repeat(9), cutAfter: 2 },
  'hangs before the first byte': { hang: true },
  'hangs in the middle': { text: '{"cause":"the pool of connec'.repeat(9), hangAfterFirst: true },
  'empty reply': { text: '' },
  'empty body': { raw: '' },
  'a page for a reply': { raw: '<html>Sign in</html>', contentType: 'text/html' },
  'broken JSON for a reply': { raw: '{"message":{"content":"x"' },
  'wrong types in the protocol': {
    raw: '{"choices":[{"message":{"content":7,"tool_calls":{"a":1}}}],"message":{"content":7},"done":true}\n',
  },
  'prose for an answer': { text: 'I think it was the database, but I cannot be sure.' },
  'answer cut at its length': { text: '{"cause":"the po', finish: 'length' },
  'only reasoning': { text: '<think>It could be the pool' },
  'wrong types in the answer': { text: '{"cause":{"why":[]}}' },
  'a call for an unknown tool': { toolCalls: [{ name: 'rm', input: { path: '/' } }] },
  '10 MB of prose': { text: 'x'.repeat(MEGABYTES_10), pieceLength: 256 * 1024 },
  '10 MB of braces': { text: '{'.repeat(MEGABYTES_10), pieceLength: 256 * 1024 },
};
