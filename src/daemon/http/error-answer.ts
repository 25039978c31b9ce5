import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DaemonParts } from '#src/daemon/contract.ts';
import { wantsHtml } from '#src/daemon/http/accept.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import { localPath } from '#src/daemon/http/local-path.ts';
import { pageHeaders } from '#src/daemon/http/send-page.ts';
import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import { OverloadError } from '#src/daemon/overload.ts';
import { type IncidentError, InputError, messageOf, UsageError } from '#src/domain/errors.ts';
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
export function createErrorHandler(
  { logger, pages }: Pick<DaemonParts, 'logger' | 'pages'>,
  metrics: DaemonMetrics,
) {
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
    if (pages && wantsHtml(request)) {
      const isUnknown = answer.status === 401;
      const page = isUnknown
        ? pages.signIn(localPath(afterSignIn(request)), wasWrong(request) ? message : null)
        : pages.trouble(answer.status, message, hint);
      // A person fills in the form; the browser is not to ask on its own.
      if (isUnknown) void reply.header('www-authenticate', 'Bearer realm="incident"');
      await pageHeaders(reply, page).code(answer.status).send(page.html);
      return;
    }
    await reply
      .code(answer.status)
      .send({ error: { message, ...(hint === undefined ? {} : { hint }) } });
  };
}

/** Where a person goes on after the token: the page that was asked for, or that of the form. */
function afterSignIn(request: FastifyRequest): string | undefined {
  if (request.method === 'GET') return request.url;
  const { next } = (request.body ?? {}) as { next?: unknown };
  if (typeof next === 'string') return next;
  const { id } = (request.params ?? {}) as { id?: string };
  return id === undefined ? undefined : `/incidents/${encodeURIComponent(id)}`;
}

/** Whether something was shown that is no token; else it is asked for the first time. */
function wasWrong({ method, headers }: FastifyRequest): boolean {
  return method !== 'GET' || headers.authorization !== undefined;
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
