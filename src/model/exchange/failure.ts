import { messageOf } from '#src/domain/errors.ts';
import { ModelError, ModelOutputError, ModelUnavailableError } from '#src/model/errors.ts';
import { connectionCode, connectionProblem } from '#src/platform/http.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** Codes of connections that broke on the way; the others will fail again in the same way. */
const PASSING = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** HTTP statuses that may pass: RFC 9110 and 6585, and 529 as some providers say "overloaded". */
export const PASSING_STATUS: ReadonlySet<number> = new Set([
  408, 409, 425, 429, 500, 502, 503, 504, 529,
]);

/** A failure of our own that a client library wrapped or passed on. */
export function ownFailure(error: unknown): ModelError | null {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    if (at instanceof ModelError) return at;
    at = at.cause;
  }
  return null;
}

/** A failure without an HTTP status: no connection, a broken one, or an answer out of protocol. */
export function connectionFailure(error: unknown, where: string, hint?: string): ModelError {
  const own = ownFailure(error);
  if (own) return own;
  const context = { where, cause: error, ...(hint === undefined ? {} : { hint }) };
  if (error instanceof SyntaxError) {
    return new ModelOutputError('the server did not answer with JSON', context);
  }
  const code = connectionCode(error);
  // Node says no more than "terminated" when the other side closes in the middle.
  const isCut = /terminated|premature|did not receive done/i.test(messageOf(error));
  const words = isCut ? 'the answer was cut off' : connectionProblem(error);
  return new ModelUnavailableError(words ?? serverWords(messageOf(deepest(error))), {
    ...context,
    isRetryable: isCut || (code !== undefined && PASSING.has(code)),
  });
}

/** Node's "fetch failed" and the libraries' "Connection error." have what happened as their cause. */
function deepest(error: unknown): unknown {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error && at.cause instanceof Error; depth++) {
    at = at.cause;
  }
  return at;
}

/** A server's own words, fit for one line: bounded, without control characters and secrets. */
export function serverWords(text: string, secret?: string): string {
  const shown = secret ? text.slice(0, 4000).replaceAll(secret, '…') : text.slice(0, 4000);
  // Errors about a URL repeat it with the user and password that stand in it.
  const line = oneLine(shown).replace(/\/\/[^/\s@]{1,200}@/g, '//…@');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
