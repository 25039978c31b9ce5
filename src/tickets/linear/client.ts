import { z } from 'zod';
import { UpstreamError, UsageError } from '#src/domain/errors.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { LinearSettings, TrackerTools } from '#src/tickets/contract.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const KEY_HINT = 'Set LINEAR_API_KEY to a key that may create issues.';

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});

/** Asks Linear's GraphQL API. Values travel as variables only. @returns the data of the answer */
export type Linear = (
  query: string,
  variables: Record<string, unknown>,
  signal: AbortSignal,
) => Promise<Record<string, unknown>>;

/** @throws UpstreamError or UsageError with what Linear said */
export function createLinearClient(settings: LinearSettings, tools: TrackerTools): Linear {
  const { url, apiKey, timeoutMs } = settings;
  return async (query, variables, signal) => {
    const answer = await tools.http({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: apiKey },
      body: JSON.stringify({ query, variables }),
      timeoutMs,
      maxBytes: MAX_BYTES,
      signal,
    });
    const parsed = answerSchema.safeParse(parse(answer.text));
    const [error] = parsed.success ? (parsed.data.errors ?? []) : [];
    if (error) throw failure(error.message, error.extensions?.code, url);
    const hints = { 401: KEY_HINT, 403: KEY_HINT };
    requireAccepted(answer, { who: 'Linear', url, now: tools.now(), hints });
    if (parsed.success && parsed.data.data) return parsed.data.data;
    throw new UpstreamError('Linear answered in an unknown form', { where: url });
  };
}

/** Linear names what went wrong in the answer, with a status of 400 or 200. */
function failure(message: string, code: string | undefined, where: string): Error {
  const what = `Linear: ${oneLine(message).slice(0, 300)}`;
  if (code === 'AUTHENTICATION_ERROR' || code === 'FORBIDDEN') {
    return new UsageError(what, { where, hint: KEY_HINT });
  }
  const isRetryable = code === 'RATELIMITED' || code === 'INTERNAL_SERVER_ERROR';
  return new UpstreamError(what, { where, isRetryable });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
