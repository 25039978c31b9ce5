import type { AlertGroup } from '#src/domain/alert-group.ts';
import type { Bundle, Gap, HealthCheck, MetricSeries } from '#src/domain/bundle.ts';
import { IncidentError, messageOf } from '#src/domain/errors.ts';
import type { Service, ServiceEntry } from '#src/domain/service.ts';
import { formatTime, parseTime, windowOf } from '#src/domain/time.ts';
import { canonicalBundle } from '#src/evidence/bundle/canonical.ts';
import type { Collected, CollectRequest, EvidenceSource } from '#src/evidence/contract.ts';
import { gapOf } from '#src/evidence/gap.ts';
import type { Logger } from '#src/platform/logger.ts';

export type CollectOptions = {
  sources: readonly EvidenceSource[];
  /** All sources together, in milliseconds. */
  deadlineMs: number;
  /** Milliseconds since the epoch, for `capturedAt`. */
  now: number;
  alertGroup: AlertGroup | null;
  logger: Logger;
  /** Called when a source has ended, for progress. */
  onDone?: (sourceId: string) => void;
  signal?: AbortSignal | undefined;
};

/** How long a source may take to wind up after the deadline, in milliseconds. */
const GRACE_MS = 250;
/** No look takes longer, in milliseconds. */
const MOST_LOOKING_MS = 60_000;

/**
 * Asks all sources at once under one deadline. A source that fails, or is not done in time, is a
 * gap; this never throws for a source.
 */
export async function collect(request: CollectRequest, options: CollectOptions): Promise<Bundle> {
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const parts = await Promise.all(
    options.sources.map(async (source) => {
      const part = await ask(source, request, signal, options);
      options.onDone?.(source.id);
      return part;
    }),
  );
  const all = <K extends keyof Collected>(key: K): NonNullable<Collected[K]> =>
    parts.flatMap((part) => (part[key] as unknown[] | undefined) ?? []) as NonNullable<
      Collected[K]
    >;
  const { window } = request;
  const end =
    window.end < options.now ? window.end : lastSeen(all('metrics'), all('health'), window.end);
  return canonicalBundle({
    manifest: {
      schema: 'incident-bundle/v1',
      capturedAt: formatTime(options.now),
      window: windowOf({ start: window.start, end }),
      baseline: windowOf(request.baseline),
      service: request.target.name,
    },
    alertGroup: options.alertGroup,
    rules: all('rules'),
    gaps: all('gaps'),
    services: new Map(request.services.map((service) => [service.name, portable(service)])),
    metrics: all('metrics'),
    logs: all('logs'),
    health: all('health'),
    changes: {
      commits: parts.flatMap((part) => part.changes?.commits ?? []),
      deploys: parts.flatMap((part) => part.changes?.deploys ?? []),
      flags: parts.flatMap((part) => part.changes?.flags ?? []),
    },
    spans: all('spans'),
    events: all('events'),
    runbooks: all('runbooks'),
    past: all('past'),
    repositories: all('repositories'),
  });
}

/** A window that goes up to now holds what was measured while we looked. */
function lastSeen(
  metrics: readonly MetricSeries[],
  checks: readonly HealthCheck[],
  end: number,
): number {
  let last = end;
  for (const { values } of metrics) last = Math.max(last, (values.at(-1)?.[0] ?? 0) * 1000);
  for (const { timestamp } of checks) last = Math.max(last, parseTime(timestamp) ?? 0);
  // Clocks of servers may be ahead of ours by any amount.
  return Math.min(Math.ceil(last), end + MOST_LOOKING_MS);
}

async function ask(
  source: EvidenceSource,
  request: CollectRequest,
  signal: AbortSignal,
  options: CollectOptions,
): Promise<Collected> {
  const started = performance.now();
  try {
    const part = await Promise.race([source.collect(request, signal), overdue(signal)]);
    options.logger.debug('source done', {
      source: source.id,
      ms: Math.round(performance.now() - started),
    });
    return part;
  } catch (error) {
    options.logger.debug('source failed', { source: source.id, error: messageOf(error) });
    return { gaps: [gapOfSource(source.id, error, signal, options.deadlineMs)] };
  }
}

/** Rejects when the deadline is over and the source had its time to wind up. */
function overdue(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const later = (): void => {
      setTimeout(() => reject(signal.reason), GRACE_MS).unref();
    };
    if (signal.aborted) later();
    else signal.addEventListener('abort', later, { once: true });
  });
}

function gapOfSource(source: string, error: unknown, signal: AbortSignal, deadlineMs: number): Gap {
  if (signal.aborted && !(error instanceof IncidentError)) {
    return { source, why: `not done within ${Math.round(deadlineMs / 100) / 10} s` };
  }
  return gapOf(source, error);
}

/** An entry as a bundle keeps it: without the paths of this machine. */
function portable(service: Service): ServiceEntry {
  const { name: _name, repo_path: _repo, log_paths: _logs, ...entry } = service;
  return entry;
}
