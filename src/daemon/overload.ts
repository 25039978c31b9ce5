/** There is no room for more; the sender is told when to come again. */
export class OverloadError extends Error {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.name = 'OverloadError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
