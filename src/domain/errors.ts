/**
 * Errors that a person can act on. Each carries what failed, where, and what to do next,
 * and the exit code that the command line gives for it. They are told apart by class,
 * never by message.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 10 | 11;

/** Where an error happened and what mends it; both are shown on the one line that the user sees. */
export type ErrorContext = {
  /** A file, URL, key or option. */
  where?: string;
  /** What the user can do about it, as an imperative sentence. */
  hint?: string;
  cause?: unknown;
};

/** The base of every expected failure. `exitCode` is what the process ends with. */
export abstract class IncidentError extends Error {
  abstract readonly exitCode: ExitCode;
  readonly where: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = new.target.name;
    this.where = context.where;
    this.hint = context.hint;
  }
}

/** The command line was used wrongly: unknown service, option out of range. */
export class UsageError extends IncidentError {
  readonly exitCode = 2;
}

/** An input or configuration file does not parse or does not have the expected form. */
export class InputError extends IncidentError {
  readonly exitCode = 2;
}

/** No evidence of any kind could be had. */
export class NoEvidenceError extends IncidentError {
  readonly exitCode = 3;
}

/** A guard refused a side effect. */
export class RefusedError extends IncidentError {
  readonly exitCode = 4;
}

/** A threshold, or a model that was required, was not met. */
export class ThresholdError extends IncidentError {
  readonly exitCode = 5;
}

/** Another system failed us: unreachable, timed out, answered nonsense. Becomes a gap where evidence is collected. */
export class UpstreamError extends IncidentError {
  readonly exitCode = 1;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  readonly isRetryable: boolean;
  /** How long it asked us to stay away, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    context: ErrorContext & {
      status?: number;
      isRetryable?: boolean;
      retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(message, context);
    this.status = context.status;
    this.isRetryable = context.isRetryable ?? false;
    this.retryAfterMs = context.retryAfterMs;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) {
    // AggregateError of a failed connect has an empty message and the facts in `errors`.
    if (!error.message && error instanceof AggregateError && error.errors.length > 0) {
      return messageOf(error.errors[0]);
    }
    return error.message || error.name;
  }
  return String(error);
}
