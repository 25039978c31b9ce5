import type { OpenAI } from 'openai/client';
import type {
  LanguageModel,
  ModelCapabilities,
  ModelReply,
  ModelRequest,
} from '#src/model/contract.ts';
import { type ModelError, ModelRefusedError, PromptTooLongError } from '#src/model/errors.ts';
import { boundFetch } from '#src/model/exchange/bounded-fetch.ts';
import { isLoopback } from '#src/model/exchange/is-loopback.ts';
import { withinLimits } from '#src/model/exchange/limits.ts';
import { retried } from '#src/model/exchange/retry.ts';
import type { ProviderTools } from '#src/model/exchange/tools.ts';
import { readContextTokens } from '#src/model/providers/openai/context-size.ts';
import { adapt, type Dialect, firstDialect } from '#src/model/providers/openai/dialect.ts';
import {
  type OpenAiPlace,
  openAiFailure,
  reportedBy,
} from '#src/model/providers/openai/failures.ts';
import { toRequestBody } from '#src/model/providers/openai/messages.ts';
import { gatherCompletion, gatherStream, toReply } from '#src/model/providers/openai/reply.ts';
import {
  isOpenAi,
  isReasoningModel,
  OPENAI_DEFAULTS,
  type OpenAiSettings,
} from '#src/model/providers/openai/settings.ts';
import { estimateRequest } from '#src/model/request-tokens.ts';
import { estimateTokens } from '#src/model/tokens.ts';
import { withoutSecrets } from '#src/platform/http.ts';

const LIST_TIMEOUT_MS = 5000;
/** A server can refuse each feature of the dialect once. */
const MOST_ADAPTATIONS = 8;

/** A model of OpenAI, or of any server with the same protocol, through OpenAI's own client. */
export function createOpenAiModel(settings: OpenAiSettings, tools: ProviderTools): LanguageModel {
  const baseUrl = settings.baseUrl ?? OPENAI_DEFAULTS.baseUrl;
  const isOfficial = isOpenAi(baseUrl);
  const isReasoning = isReasoningModel(settings.model);
  const reasoningTokens = isReasoning
    ? (settings.reasoningTokens ?? OPENAI_DEFAULTS.reasoningTokens)
    : 0;
  const options = {
    ...settings,
    temperature: settings.temperature ?? OPENAI_DEFAULTS.temperature,
    reasoningTokens,
  };
  const where = withoutSecrets(baseUrl);
  const place: OpenAiPlace = {
    baseUrl,
    model: settings.model,
    apiKey: settings.apiKey,
    clock: tools.clock,
  };
  let dialect = firstDialect({ isOpenAi: isOfficial, isReasoning });
  let contextTokens = settings.contextTokens ?? (isOfficial ? OPENAI_DEFAULTS.contextTokens : null);

  const capabilities = async (signal?: AbortSignal): Promise<ModelCapabilities> => {
    signal?.throwIfAborted();
    if (contextTokens === null) {
      const limit = AbortSignal.timeout(LIST_TIMEOUT_MS);
      const limited = signal ? AbortSignal.any([signal, limit]) : limit;
      const client = await connect(settings, baseUrl, tools, limited);
      // A server that has no such list, or none that ends, can still chat.
      const told = await readContextTokens(client, settings.model).catch(() => null);
      signal?.throwIfAborted();
      contextTokens = told ?? OPENAI_DEFAULTS.ownContextTokens;
    }
    return { supportsTools: dialect.sendsTools, contextTokens, reasoningTokens };
  };

  const failed = (error: unknown): ModelError => {
    const failure = openAiFailure(error, place);
    if (failure instanceof PromptTooLongError && failure.contextTokens) {
      contextTokens = failure.contextTokens;
    }
    return failure;
  };

  const attempt = async (request: ModelRequest, signal: AbortSignal): Promise<ModelReply> => {
    const client = await connect(settings, baseUrl, tools, signal);
    for (let number = 1; ; number++) {
      const spoken = dialect;
      const { body, used } = toRequestBody(request, spoken, options);
      try {
        const gathered = request.onProgress
          ? await gatherStream(
              await client.chat.completions.create({
                ...body,
                stream: true,
                ...(spoken.sendsStreamUsage ? { stream_options: { include_usage: true } } : {}),
              }),
              request.onProgress,
            )
          : gatherCompletion(await client.chat.completions.create({ ...body, stream: false }));
        return toReply(gathered, () => estimateUsage(request, gathered.text.join('')));
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const reported = reportedBy(error);
        const next: Dialect | null = reported && adapt(spoken, reported, used);
        if (next === null || number > MOST_ADAPTATIONS) throw failed(error);
        dialect = next;
      }
    }
  };

  return {
    provider: 'openai',
    name: settings.model,
    isLocal: isLoopback(baseUrl),
    capabilities,
    generate: async (request) => {
      if (isOfficial && !settings.apiKey) {
        throw new ModelRefusedError('no key is set', {
          where,
          hint: 'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.',
        });
      }
      const { timeoutMs, signal, onProgress } = request;
      const deadline = tools.clock.monotonic() + timeoutMs;
      return withinLimits({ timeoutMs, signal, where }, (limited) =>
        retried({ deadline, tools, signal: limited, onProgress }, () => attempt(request, limited)),
      );
    },
  };
}

function estimateUsage(request: ModelRequest, text: string): ModelReply['usage'] {
  return {
    inputTokens: estimateRequest(request),
    cachedInputTokens: 0,
    outputTokens: estimateTokens(text),
  };
}

async function connect(
  settings: OpenAiSettings,
  baseUrl: string,
  tools: ProviderTools,
  signal: AbortSignal,
): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai/client');
  const { apiKey } = settings;
  const headers = {
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
  };
  return new Client({
    baseURL: baseUrl,
    fetch: boundFetch(tools.fetch, { signal, headers }),
    // All that is left out here the client would look for in the environment.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // Retries and time are kept here, under one limit for the whole call.
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
  });
}
