import type { Alert } from '#src/domain/alert.ts';
import { parseTime, type Span } from '#src/domain/time.ts';

export type WindowOptions = {
  /** Milliseconds since the epoch. */
  now: number;
  /** Given by `--since` and `--until`. */
  since?: number | undefined;
  until?: number | undefined;
  lookbackMs: number;
  baselineMs: number;
};

/** How much after the last change of an alert still belongs to the picture, in milliseconds. */
const AFTERMATH_MS = 10 * 60_000;

/**
 * The incident window and the baseline before it. Without `--since` the window begins a lookback
 * before the first alert (or before now), since alerts fire after the fact.
 */
export function chooseWindow(
  alerts: readonly Alert[],
  options: WindowOptions,
): { window: Span; baseline: Span } {
  const starts = alerts.flatMap((alert) => parseTime(alert.startsAt) ?? []);
  const first = starts.length > 0 ? Math.min(...starts) : options.now;
  const isOver = alerts.length > 0 && alerts.every((alert) => alert.endsAt !== null);
  const ends = alerts.flatMap((alert) => (alert.endsAt ? (parseTime(alert.endsAt) ?? []) : []));
  const naturalEnd = isOver ? Math.max(...ends) + AFTERMATH_MS : options.now;
  const end = options.until ?? Math.max(Math.min(naturalEnd, options.now), first);
  const start = Math.min(options.since ?? first - options.lookbackMs, end - 1000);
  return { window: { start, end }, baseline: { start: start - options.baselineMs, end: start } };
}
