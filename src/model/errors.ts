import { type ErrorContext, IncidentError } from '#src/domain/errors.ts';

export type ModelErrorContext = ErrorContext & {
  /** HTTP status, when there was an answer. */
  status?: number | undefined;
  isRetryable?: boolean | undefined;
  /** How long the server asked us to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
};

/**
 * Why a model gave nothing that can be used. Wherever one is thrown, the answer that code alone
 * came to stands, and the message says why.
 */
export abstract class ModelError extends IncidentError {
  readonly exitCode = 1;
  readonly status: number | undefined;
  /** The same request may succeed later. */
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, context: ModelErrorContext = {}) {
    super(message, context);
    this.status = context.status;
    this.isRetryable = context.isRetryable ?? false;
    this.retryAfterMs = context.retryAfterMs;
  }
}

/** There was no complete answer: not running, not pulled, overloaded, cut off, too slow. */
export class ModelUnavailableError extends ModelError {}

/** The server understood and will not: key, quota, permission, content policy, a request it rejects. */
export class ModelRefusedError extends ModelError {}

/** There was an answer and it is of no use: empty, cut at the length limit, not of the form asked for. */
export class ModelOutputError extends ModelError {
  /** The beginning of what the model wrote. */
  readonly excerpt: string;

  constructor(message: string, context: ModelErrorContext & { text?: string } = {}) {
    super(message, context);
    this.excerpt = (context.text ?? '').slice(0, 500);
  }
}

/** The prompt is longer than what the model can take in at once; nothing was cut from it. */
export class PromptTooLongError extends ModelError {
  /** Tokens of the prompt, by estimate or as the server counted. */
  readonly promptTokens: number | undefined;
  /** Tokens that fit, prompt and answer together. */
  readonly contextTokens: number | undefined;

  constructor(
    message: string,
    context: ModelErrorContext & {
      promptTokens?: number | undefined;
      contextTokens?: number | undefined;
    } = {},
  ) {
    super(message, context);
    this.promptTokens = context.promptTokens;
    this.contextTokens = context.contextTokens;
  }
}

export type BudgetKind = 'steps' | 'tokens' | 'money' | 'seconds';

/** What an incident may spend on models has been spent. */
export class BudgetEndedError extends ModelError {
  readonly which: BudgetKind;

  constructor(message: string, context: ModelErrorContext & { which: BudgetKind }) {
    super(message, context);
    this.which = context.which;
  }
}

/** A replay came to a request that the recording does not hold. */
export class NotRecordedError extends ModelError {}
