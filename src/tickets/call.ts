import type { z } from 'zod';
import { UpstreamError } from '#src/domain/errors.ts';
import type { HttpRequest, HttpResponse } from '#src/platform/http.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';
import type { TrackerTools } from '#src/tickets/contract.ts';

const MAX_BYTES = 8 * 1024 * 1024;

export type Caller = {
  /** Who is asked, e.g. `Jira`. */
  who: string;
  /** Address before the path. */
  base: string;
  headers: Record<string, string>;
  timeoutMs: number;
  /** What mends it, by status. */
  hints: Readonly<Record<number, string>>;
};

export type Call = {
  method: NonNullable<HttpRequest['method']>;
  path: string;
  body?: unknown;
  signal: AbortSignal;
};

/** One exchange of JSON with a tracker. @throws UpstreamError with what it said */
export async function call(
  caller: Caller,
  { method, path, body, signal }: Call,
  { http, now }: TrackerTools,
): Promise<HttpResponse> {
  const url = `${caller.base.replace(/\/+$/, '')}${path}`;
  const answer = await http({
    url,
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...caller.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: caller.timeoutMs,
    maxBytes: MAX_BYTES,
    signal,
  });
  requireAccepted(answer, { who: caller.who, url, now: now(), hints: caller.hints });
  return answer;
}

/** An answer in the form that is expected. @throws UpstreamError when it has another */
export function read<T extends z.ZodType>(
  { text }: HttpResponse,
  schema: T,
  { who, base }: Caller,
): z.output<T> {
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new UpstreamError(`${who} answered in an unknown form`, { where: withoutSecrets(base) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
