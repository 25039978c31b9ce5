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
import { errorText } from '#src/model/providers/ollama/error-text.ts';
import { connectionCode } from '#src/platform/http.ts';

export type OllamaPlace = { host: string; model: string; retryAfterMs?: number | undefined };

const NOT_PULLED = /model .{0,200}not found|try pulling/i;
const TOO_LONG =
  /context (?:length|window|size)|longer than the context|exceeds the (?:available )?context/i;
const NO_MEMORY = /more system memory|out of memory|insufficient memory|unable to allocate/i;

/** What went wrong with a call, as an error that says what mends it. */
export function ollamaFailure(error: unknown, place: OllamaPlace): ModelError {
  const own = ownFailure(error);
  if (own) return own;
  const status = statusOf(error);
  const message = wordsOf(error);
  if (status !== undefined || isFromStream(error)) return serverFailure(message, status, place);
  const hint =
    connectionCode(error) === 'ECONNREFUSED'
      ? 'Ollama is not running there: start it with "ollama serve".'
      : 'Check the host of Ollama in the configuration (OLLAMA_HOST).';
  return connectionFailure(error, place.host, hint);
}

function serverFailure(text: string, status: number | undefined, place: OllamaPlace): ModelError {
  const { host: where, model, retryAfterMs } = place;
  const words = serverWords(text);
  const context = { where, status, ...(words ? { cause: new Error(words) } : {}) };
  if (NOT_PULLED.test(text)) {
    const hint = `Pull it with "ollama pull ${model}".`;
    return new ModelUnavailableError(`the model ${model} is not there`, { ...context, hint });
  }
  if (TOO_LONG.test(text)) {
    const hint = 'Allow Ollama a larger context in the configuration.';
    return new PromptTooLongError(`the prompt does not fit: ${words}`, { ...context, hint });
  }
  if (NO_MEMORY.test(text)) {
    const hint = 'Use a smaller model or a smaller context.';
    return new ModelUnavailableError(`not enough memory for ${model}: ${words}`, {
      ...context,
      hint,
    });
  }
  if (status === 401 || status === 403) {
    const hint = 'Check the authorization header for Ollama in the configuration.';
    return new ModelRefusedError('Ollama did not accept the key', { ...context, hint });
  }
  const code = status === undefined ? 'the server failed' : `HTTP ${status}`;
  const message = words === '' ? code : `${code}: ${words}`;
  if (status !== undefined && !PASSING_STATUS.has(status))
    return new ModelRefusedError(message, context);
  return new ModelUnavailableError(message, { ...context, isRetryable: true, retryAfterMs });
}

/** The client keeps what a refusal said as its `error`; its message would be `[object Object]`. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const said = (error as { error?: unknown }).error;
  return said === undefined || said === null ? error.message : errorText(said);
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { status_code?: unknown } | null)?.status_code;
  return typeof status === 'number' ? status : undefined;
}

/**
 * In a stream the server reports errors in a message of their own, which the client throws as plain
 * errors, as it does with a stream that ends too soon. Those of the connection are of other kinds.
 */
function isFromStream(error: unknown): boolean {
  if (!(error instanceof Error) || error.constructor !== Error) return false;
  return error.cause === undefined && !/did not receive done|missing body/i.test(error.message);
}
