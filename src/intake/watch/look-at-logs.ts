import type { Service } from '#src/domain/service.ts';
import {
  type ErrorEvent,
  type Finding,
  type LogPosition,
  logPathsOf,
  type WatchSettings,
  type WatchTools,
} from '#src/intake/watch/contract.ts';
import { findUnread } from '#src/intake/watch/log-position.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';
import { oneLine } from '#src/platform/sanitize.ts';

const MOST_SHOWN = 3;
const MOST_TEXT = 240;
/** Times that are remembered of one service. */
const MOST_TIMES = 10_000;

export type LogLook = {
  positions: LogPosition[];
  /** Times of the error records of the last `burstMs`. */
  errors: number[];
  finding: Finding | null;
  notes: string[];
};

/** Reads what is new in the logs of a service. @param errors times of earlier looks */
export async function lookAtLogs(
  service: Service,
  errors: readonly number[],
  known: ReadonlyMap<string, LogPosition>,
  tools: WatchTools,
  settings: WatchSettings,
  signal: AbortSignal,
): Promise<LogLook> {
  const { tail, maxEvents, burstMs, errorBurst } = settings;
  const now = tools.now();
  const positions: LogPosition[] = [];
  const notes: string[] = [];
  const fresh: ErrorEvent[] = [];
  const seen = new Set<string>();
  for (const path of logPathsOf(service)) {
    try {
      const unread = await findUnread(path, known.get(path) ?? null, tail);
      if (unread.skipped > 0) notes.push(`${path}: ${unread.skipped} bytes were passed over`);
      for (const part of unread.parts) {
        const most = maxEvents - fresh.length;
        const options = { timeZone: service.timezone, now, most, signal };
        const { events, count } = await tools.readErrors(part, options);
        if (count > events.length) notes.push(`${path}: ${count - events.length} errors not kept`);
        fresh.push(...events.filter((event) => !seen.has(keyOf(event))));
      }
      // The same record may stand in the error log and in the service's own.
      for (const event of fresh) seen.add(keyOf(event));
      positions.push(unread.position);
    } catch (error) {
      notes.push(`${path} cannot be read (${reasonOfFs(error)})`);
    }
  }
  // A writer's clock may be ahead; what was written is not of the future.
  const times = [...errors, ...fresh.map(({ at }) => Math.min(at, now))]
    .filter((at) => at > now - burstMs && at <= now)
    .slice(-MOST_TIMES);
  const isBurst = times.length >= errorBurst;
  return {
    positions,
    errors: times,
    notes,
    finding: isBurst ? burstOf(service, times.length, fresh, tools, burstMs) : null,
  };
}

function keyOf({ at, text }: ErrorEvent): string {
  return `${at} ${text.slice(0, 500)}`;
}

function burstOf(
  { name }: Service,
  count: number,
  fresh: readonly ErrorEvent[],
  { redact }: WatchTools,
  burstMs: number,
): Finding {
  const shown = fresh
    .slice(-MOST_SHOWN)
    .map(({ text }) => oneLine(redact(text.slice(0, 4 * MOST_TEXT))).slice(0, MOST_TEXT));
  return {
    alertname: 'ErrorBurst',
    service: name,
    severity: 'high',
    summary: `${name} logs many errors`,
    description: [`${count} error records within ${Math.round(burstMs / 1000)} s`, ...shown].join(
      '\n',
    ),
  };
}
