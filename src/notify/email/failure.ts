import { IncidentError, messageOf, UpstreamError, UsageError } from '#src/domain/errors.ts';
import type { EmailSettings } from '#src/notify/contract.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** What nodemailer adds to its errors. */
type SmtpError = Error & { code?: string; responseCode?: number; permanent?: boolean };

const MOST_ANSWER = 300;

/**
 * What a failed mail means. An answer of 4xx, and whatever befalls the connection, may pass; an
 * answer of 5xx will be given again (RFC 5321, 4.2.1).
 */
export function mailFailure(
  error: unknown,
  { host, port, user, from }: EmailSettings,
): IncidentError {
  if (error instanceof IncidentError) return error;
  const { code, responseCode, permanent } = (error ?? {}) as SmtpError;
  const where = `${host}:${port}`;
  const said = oneLine(messageOf(error)).slice(0, MOST_ANSWER);
  const status = responseCode === undefined ? {} : { status: responseCode };
  if (code === 'EAUTH' && permanent !== false) {
    return new UsageError(`the mail server refuses the login of ${user ?? from} (${said})`, {
      where,
      hint: 'Correct SMTP_USER and EMAIL_APP_PASSWORD, then "incident retry <number>".',
      cause: error,
    });
  }
  if (code === 'ENOAUTH' || code === 'ECONFIG') {
    return new UsageError(said, { where, hint: 'See "incident doctor".', cause: error });
  }
  if (permanent === true) {
    return new UpstreamError(`the mail server refuses the message (${said})`, {
      where,
      ...status,
      cause: error,
    });
  }
  return new UpstreamError(said, { where, ...status, isRetryable: true, cause: error });
}
