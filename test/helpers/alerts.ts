import type { Alert } from '#src/domain/alert.ts';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { formatTime } from '#src/domain/time.ts';

/** An alert as Alertmanager would tell it. @param at its start, in milliseconds since the epoch */
export function alertOf(
  labels: Record<string, string>,
  at: number,
  more: { endsAt?: number; annotations?: Record<string, string> } = {},
): Alert {
  return {
    status: more.endsAt === undefined ? 'firing' : 'resolved',
    labels,
    annotations: more.annotations ?? {},
    startsAt: formatTime(at),
    endsAt: more.endsAt === undefined ? null : formatTime(more.endsAt),
    fingerprint: fingerprintOf(labels),
  };
}

/** A webhook payload of version 4 with these alerts. */
export function payloadOf(alerts: readonly Alert[]): Record<string, unknown> {
  return {
    version: '4',
    groupKey: '{}:{}',
    truncatedAlerts: 0,
    status: alerts.some((alert) => alert.status === 'firing') ? 'firing' : 'resolved',
    receiver: 'incident',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager:9093',
    alerts: alerts.map((alert) => ({ ...alert, endsAt: alert.endsAt ?? '0001-01-01T00:00:00Z' })),
  };
}
