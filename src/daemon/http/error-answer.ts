import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '#src/daemon/http/http-error.ts';
import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import { OverloadError } from '#src/daemon/overload.ts';
import { type IncidentError, InputError, messageOf, UsageError } from '#src/domain/errors.ts';
import type { Logger } from '#src/platform/logger.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { StoreError } from '#src/store/store-error.ts';

type Answer = {
  status: number;
  reason: string;
  message: string;
  hint?: string | undefined;
  headers?: Readonly<Record<string, string>>;
};

const MOST_CHARACTERS = 500;

/** What a caller is told of an error: a status, one line why, and what to do. */
export function createErrorHandler(logger: Logger, metrics: DaemonMetrics) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const answer = answerOf(error);
    metrics.rejected(answer.reason);
    const facts = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: answer.status,
      reason: answer.message,
    };
    if (answer.status >= 500) logger.warn('request failed', facts);
    else logger.info('request refused', facts);
    for (const [name, value] of Object.entries(answer.headers ?? {}))
      void reply.header(name, value);
    const { message, hint } = answer;
    await reply
      .code(answer.status)
      .send({ error: { message, ...(hint === undefined ? {} : { hint }) } });
  };
}

function answerOf(error: unknown): Answer {
  if (error instanceof HttpError) return error;
  if (error instanceof OverloadError) {
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    return { status: 503, reason: 'overload', message: error.message, headers };
  }
  if (error instanceof StoreError) {
    const headers = { 'retry-after': '5' };
    return { status: 503, reason: 'store', message: error.message, headers };
  }
  if (error instanceof InputError || error instanceof UsageError) {
    return { status: 400, reason: 'form', message: wordsOf(error), hint: error.hint };
  }
  // Fastify's own: too large, wrong type, not found…
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const message = oneLine(messageOf(error)).slice(0, MOST_CHARACTERS);
    return { status, reason: status === 413 ? 'size' : 'request', message };
  }
  // What went wrong inside is for our log, not for the caller.
  return { status: 500, reason: 'defect', message: `the request failed: ${nameOf(error)}` };
}

function wordsOf(error: IncidentError): string {
  const where = error.where ? `${error.where}: ` : '';
  return oneLine(`${where}${error.message}`).slice(0, MOST_CHARACTERS);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
