import type { Alert } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import type { CollectRequest, SourceTools } from '#src/evidence/contract.ts';
import { createHttp } from '#src/platform/http.ts';
import { silentLogger } from '#src/platform/logger.ts';

/** When the incidents of these tests are looked at. Milliseconds since the epoch. */
export const NOW = Date.parse('2026-03-01T12:00:00Z');

/** A request about the first service, with half an hour of window after an hour of baseline. */
export function requestFor(
  services: [Service, ...Service[]],
  more: Partial<CollectRequest> = {},
): CollectRequest {
  const start = NOW - 30 * 60_000;
  return {
    target: services[0],
    services,
    alerts: [],
    window: { start, end: NOW },
    baseline: { start: start - 60 * 60_000, end: start },
    ...more,
  };
}

/** What sources work with: real HTTP, and the clock at {@link NOW}. */
export function toolsAt(now = NOW): SourceTools {
  return { http: createHttp(), logger: silentLogger, now: () => now };
}

/** A firing alert on a service, ten minutes before {@link NOW}. */
export function alertOn(service: string, alertname = 'ServiceDown'): Alert {
  return {
    status: 'firing',
    labels: { alertname, service, severity: 'critical' },
    annotations: {},
    startsAt: new Date(NOW - 10 * 60_000).toISOString(),
    endsAt: null,
    fingerprint: 'f1',
  };
}

/** A signal that nothing ends. */
export const unending = (): AbortSignal => new AbortController().signal;
