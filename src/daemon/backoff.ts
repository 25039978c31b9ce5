export type Backoff = { baseMs: number; mostMs: number; random: () => number };

/**
 * How long to wait after a failed attempt: exponential with full jitter, so that many that failed
 * together do not come back together (M. Brooker, "Exponential Backoff And Jitter", AWS 2015).
 * @param attempt from 1 @returns milliseconds
 */
export function backoffMs(attempt: number, { baseMs, mostMs, random }: Backoff): number {
  const ceiling = Math.min(mostMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(random() * ceiling);
}
