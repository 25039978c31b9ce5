import { UpstreamError } from '#src/domain/errors.ts';
import type { HttpResponse } from '#src/platform/http.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** Statuses after which the same request may be accepted later (RFC 9110, RFC 8470, RFC 6585). */
const PASSING: ReadonlySet<number> = new Set([408, 421, 423, 425, 429]);
/** A receiver may ask us to stay away for this long at the most, in milliseconds. */
const MOST_WAIT_MS = 6 * 3600_000;
const MOST_BODY = 300;

export type AnswerWords = {
  /** Who answered, e.g. `Slack`. */
  who: string;
  url: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** What mends it, by status. */
  hints?: Readonly<Record<number, string>>;
  /** Shown instead of the path, where the path itself is a secret. */
  where?: string;
};

/**
 * Whether a receiver has accepted. @throws UpstreamError with what it said, worth another attempt
 * after 408, 425, 429 and 5xx, not before the time that `Retry-After` names
 */
export function requireAccepted(answer: HttpResponse, words: AnswerWords): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const isRetryable = PASSING.has(status) || status >= 500;
  const isRedirect = status >= 300 && status < 400;
  const said = oneLine(answer.text.slice(0, 4 * MOST_BODY)).slice(0, MOST_BODY);
  const hint = words.hints?.[status] ?? (isRedirect ? 'Configure the final address.' : undefined);
  throw new UpstreamError(`${words.who} answered ${status}${said ? `: ${said}` : ''}`, {
    where: words.where ?? withoutSecrets(words.url),
    status,
    isRetryable,
    retryAfterMs: retryAfter(answer, words.now),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). @returns milliseconds */
export function retryAfter({ headers }: HttpResponse, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  const millis = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(millis) ? Math.min(MOST_WAIT_MS, Math.max(0, millis)) : undefined;
}
