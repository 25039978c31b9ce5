import type { ModelProgress } from '#src/model/contract.ts';
import { ModelError } from '#src/model/errors.ts';
import type { ProviderTools } from '#src/model/exchange/tools.ts';
import type { Clock } from '#src/platform/clock.ts';
import { pause } from '#src/platform/pause.ts';

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;

export type RetryOptions = {
  /** When the time for all attempts ends, on the monotonic clock. */
  deadline: number;
  tools: ProviderTools;
  signal: AbortSignal;
  onProgress?: ((event: ModelProgress) => void) | undefined;
};

/**
 * Repeats what failed in a way that may pass, waiting as long as the server asked or twice as long
 * each time. A wait that would outlast the deadline is not begun: the failure is told at once.
 * @throws the last failure
 */
export async function retried<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      if (options.signal.aborted) throw options.signal.reason;
      if (!(error instanceof ModelError) || !error.isRetryable || number >= ATTEMPTS) throw error;
      const first = options.tools.retryWaitMs ?? FIRST_WAIT_MS;
      const waitMs = error.retryAfterMs ?? first * 2 ** (number - 1);
      if (options.tools.clock.monotonic() + waitMs >= options.deadline) throw error;
      options.onProgress?.({ kind: 'restart', why: error.message, waitMs });
      await pause(waitMs, options.signal);
      if (options.signal.aborted) throw options.signal.reason;
    }
  }
}

/**
 * How long a server asks to wait (RFC 9110, 10.2.3; `retry-after-ms` as some servers send it).
 * @returns milliseconds, or undefined where it does not say
 */
export function retryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const millis = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (millis >= 0) return millis;
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text) * 1000;
  // The parser takes almost anything with a number in it for a date; HTTP dates begin with a day.
  const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.now());
}
