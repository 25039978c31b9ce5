/** A refusal with what the caller is told. */
export class HttpError extends Error {
  readonly status: number;
  /** For the metrics: few different words. */
  readonly reason: string;
  readonly hint: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    context: { reason: string; hint?: string; headers?: Record<string, string> },
  ) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.reason = context.reason;
    this.hint = context.hint;
    this.headers = context.headers ?? {};
  }
}
