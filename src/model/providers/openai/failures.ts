import {
  type ModelError,
  ModelRefusedError,
  ModelUnavailableError,
  PromptTooLongError,
} from '#src/model/errors.ts';
import {
  connectionFailure,
  ownFailure,
  PASSING_STATUS,
  serverWords,
} from '#src/model/exchange/failure.ts';
import { retryAfterMs } from '#src/model/exchange/retry.ts';
import type { Refusal } from '#src/model/providers/openai/dialect.ts';
import type { Clock } from '#src/platform/clock.ts';
import { withoutSecrets } from '#src/platform/http.ts';

export type OpenAiPlace = {
  baseUrl: string;
  model: string;
  apiKey: string | undefined;
  clock: Clock;
};

type Reported = Refusal & { code: string | null | undefined; headers: Headers | undefined };

const TOO_LONG =
  /context_length_exceeded|context (?:length|window|size)|maximum context|too many (?:input )?tokens|prompt is too long/i;
const NO_QUOTA = /insufficient_quota|billing|credit|payment/i;

/** What a server reported with an error of the client library; null when it reported nothing. */
export function reportedBy(error: unknown): Reported | null {
  if (!(error instanceof Error) || !('status' in error) || !('headers' in error)) return null;
  const { status, code, param, headers, error: body } = error as Error & Record<string, unknown>;
  if (status === undefined && body === undefined) return null;
  return {
    status: typeof status === 'number' ? status : undefined,
    code: typeof code === 'string' ? code : undefined,
    param: typeof param === 'string' ? param : undefined,
    headers: headers instanceof Headers ? headers : undefined,
    message: error.message,
  };
}

/** What went wrong with a call, as an error that says what mends it. */
export function openAiFailure(error: unknown, place: OpenAiPlace): ModelError {
  const own = ownFailure(error);
  if (own) return own;
  const where = withoutSecrets(place.baseUrl);
  const reported = reportedBy(error);
  if (reported === null) {
    return connectionFailure(
      error,
      where,
      'Check the base URL in the configuration (OPENAI_BASE_URL).',
    );
  }
  const { status, headers } = reported;
  const words = serverWords(reported.message, place.apiKey);
  const context = { where, status, cause: new Error(words) };
  const all = `${reported.code ?? ''} ${reported.message}`;
  if (status !== 429 && TOO_LONG.test(all)) return tooLong(words, context);
  if (status === 401) {
    const hint = place.apiKey
      ? 'Check the key (OPENAI_API_KEY).'
      : 'Give the key of this server (OPENAI_API_KEY).';
    return new ModelRefusedError('the key was not accepted', { ...context, hint });
  }
  if (status === 403) return new ModelRefusedError(`not permitted: ${words}`, context);
  if (status === 404) {
    const hint = `Check the name of the model (${place.model}) and the base URL.`;
    return new ModelUnavailableError(`not found: ${words}`, { ...context, hint });
  }
  if (NO_QUOTA.test(all) && (status === 429 || status === 402)) {
    const hint = 'Check the plan and the billing of this key.';
    return new ModelRefusedError('the quota of the key is used up', { ...context, hint });
  }
  // Without a status, the error came in the middle of a stream.
  if (status !== undefined && !PASSING_STATUS.has(status))
    return new ModelRefusedError(words, context);
  return new ModelUnavailableError(status === 429 ? `too many requests: ${words}` : words, {
    ...context,
    isRetryable: true,
    retryAfterMs: headers ? retryAfterMs(headers, place.clock) : undefined,
  });
}

function tooLong(words: string, context: object): PromptTooLongError {
  const limit = /maximum context length (?:is|of) (\d{3,9})/i.exec(words)?.[1];
  return new PromptTooLongError(`the prompt does not fit: ${words}`, {
    ...context,
    contextTokens: limit === undefined ? undefined : Number(limit),
    hint: 'Set the context size of this model in the configuration.',
  });
}
