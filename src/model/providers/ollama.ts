import type { Ollama } from 'ollama';
import type {
  LanguageModel,
  ModelCapabilities,
  ModelReply,
  ModelRequest,
} from '#src/model/contract.ts';
import { ModelUnavailableError } from '#src/model/errors.ts';
import { boundFetch } from '#src/model/exchange/bounded-fetch.ts';
import { isLoopback } from '#src/model/exchange/is-loopback.ts';
import { withinLimits } from '#src/model/exchange/limits.ts';
import { retried, retryAfterMs } from '#src/model/exchange/retry.ts';
import type { ProviderTools } from '#src/model/exchange/tools.ts';
import { type ChatOptions, chat } from '#src/model/providers/ollama/chat.ts';
import { type OllamaPlace, ollamaFailure } from '#src/model/providers/ollama/failures.ts';
import { jsonLines } from '#src/model/providers/ollama/lines.ts';
import {
  NO_FACTS,
  type OllamaFacts,
  readModelFacts,
} from '#src/model/providers/ollama/model-facts.ts';
import {
  OLLAMA_DEFAULTS,
  type OllamaSettings,
  ollamaUrl,
} from '#src/model/providers/ollama/settings.ts';
import { withoutSecrets } from '#src/platform/http.ts';

const SHOW_TIMEOUT_MS = 10_000;

/** A model of an Ollama server, through its own client and `/api/chat`. */
export function createOllamaModel(settings: OllamaSettings, tools: ProviderTools): LanguageModel {
  const host = ollamaUrl(settings.host ?? OLLAMA_DEFAULTS.host);
  const model = settings.model ?? OLLAMA_DEFAULTS.model;
  const options: ChatOptions = {
    model,
    keepAlive: settings.keepAlive ?? OLLAMA_DEFAULTS.keepAlive,
    temperature: settings.temperature ?? OLLAMA_DEFAULTS.temperature,
    think: settings.think,
  };
  const where = withoutSecrets(host);
  const place: OllamaPlace = { host: where, model };
  let known: OllamaFacts | undefined;
  let loadedSize = 0;

  const facts = async (signal: AbortSignal): Promise<OllamaFacts> => {
    if (known) return known;
    try {
      known = await readModelFacts(await connect(settings, host, tools, signal), model);
      return known;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = ollamaFailure(error, place);
      // A server that only lacks `/api/show` can still chat; one that is not there cannot.
      if (failure instanceof ModelUnavailableError && !failure.isRetryable) throw failure;
      return NO_FACTS;
    }
  };

  const capabilities = (found: OllamaFacts): ModelCapabilities => ({
    supportsTools: found.supportsTools,
    contextTokens: Math.min(
      settings.maxContextTokens ?? OLLAMA_DEFAULTS.maxContextTokens,
      found.contextTokens ?? Number.POSITIVE_INFINITY,
    ),
    reasoningTokens:
      found.thinks && settings.think !== false
        ? (settings.reasoningTokens ?? OLLAMA_DEFAULTS.reasoningTokens)
        : 0,
  });

  const attempt = async (request: ModelRequest, signal: AbortSignal): Promise<ModelReply> => {
    const can = capabilities(await facts(signal));
    let wait: number | undefined;
    const client = await connect(settings, host, tools, signal, (response) => {
      wait = retryAfterMs(response.headers, tools.clock);
    });
    try {
      const { reply, contextSize } = await chat(client, request, {
        ...options,
        ...can,
        loadedSize,
      });
      loadedSize = contextSize;
      return reply;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw ollamaFailure(error, { ...place, retryAfterMs: wait });
    }
  };

  return {
    provider: 'ollama',
    name: model,
    // Models of Ollama's cloud run elsewhere, through the server on this machine.
    isLocal: isLoopback(host) && !/[-:]cloud$/.test(model),
    capabilities: (signal) =>
      withinLimits({ timeoutMs: SHOW_TIMEOUT_MS, signal, where }, async (limited) =>
        capabilities(await facts(limited)),
      ),
    generate: (request) => {
      const { timeoutMs, signal, onProgress } = request;
      const deadline = tools.clock.monotonic() + timeoutMs;
      const hint = `A model that is not in memory loads first: try "ollama run ${model}", or allow more time.`;
      return withinLimits({ timeoutMs, signal, where, hint }, (limited) =>
        retried({ deadline, tools, signal: limited, onProgress }, () => attempt(request, limited)),
      );
    },
  };
}

async function connect(
  settings: OllamaSettings,
  host: string,
  tools: ProviderTools,
  signal: AbortSignal,
  onResponse?: (response: Response) => void,
): Promise<Ollama> {
  const { Ollama: Client } = await import('ollama');
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(settings.authHeader === undefined ? {} : { authorization: settings.authHeader }),
  };
  const fetch = boundFetch(tools.fetch, { signal, headers, onResponse, through: jsonLines });
  return new Client({ host, fetch });
}
