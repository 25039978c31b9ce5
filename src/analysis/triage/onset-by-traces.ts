import type { Facts } from '#src/analysis/facts/contract.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';

/** A trace must come so often for its absence to say something. */
const LEAST_COUNT = 3;
/** It is new when the quiet before it was so many times as long as its usual pauses. */
const QUIET_PAUSES = 5;

/**
 * When the errors began by the stack traces of a service, where its metrics do not reach back so
 * far: the first time of the most frequent trace that the logs were long free of.
 * @returns milliseconds since the epoch, or null
 */
export function onsetByTraces({ bundle, logs, subject }: Facts, service: string): number | null {
  const beginning = bundle.logs.find((record) => record.service === service)?.timestamp;
  const logsFrom = beginning === undefined ? null : parseTime(beginning);
  if (logsFrom === null) return null;
  const [most] = logs.traces
    .filter((trace) => trace.service === service && isNew(trace, logsFrom, subject.window.start))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  return most?.first ? parseTime(most.first) : null;
}

function isNew({ count, first, last }: StackTrace, logsFrom: number, windowFrom: number): boolean {
  const from = parseTime(first ?? '');
  const to = parseTime(last ?? '');
  if (from === null || to === null || count < LEAST_COUNT || from < windowFrom) return false;
  return from - logsFrom >= (QUIET_PAUSES * (to - from)) / (count - 1);
}
