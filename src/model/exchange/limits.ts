import { ModelUnavailableError } from '#src/model/errors.ts';

export type Limits = {
  /** The whole of the work, in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** The server, for the message. */
  where: string;
  /** What to do when the time was not enough. */
  hint?: string | undefined;
};

/**
 * Runs `work` under a time limit that holds even when the work does not heed its signal.
 * @throws ModelUnavailableError when the time ends; the caller's reason when its signal aborts
 */
export async function withinLimits<T>(
  limits: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { timeoutMs, where, hint } = limits;
  const controller = new AbortController();
  const { signal } = controller;
  const stop = (): void => controller.abort(limits.signal?.reason);
  if (limits.signal?.aborted) throw limits.signal.reason;
  limits.signal?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(
    () => {
      const seconds = Math.round(timeoutMs / 100) / 10;
      const context = { where, isRetryable: true, ...(hint === undefined ? {} : { hint }) };
      controller.abort(
        new ModelUnavailableError(`no complete answer within ${seconds} s`, context),
      );
    },
    Math.min(timeoutMs, 2 ** 31 - 1),
  );
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ended.catch(() => {});
  try {
    const working = work(signal);
    working.catch(() => {});
    return await Promise.race([working, ended]);
  } catch (error) {
    // Client libraries wrap the reason of an abort in errors of their own.
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', stop);
  }
}
