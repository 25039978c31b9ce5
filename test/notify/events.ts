import type { IncidentEventKind } from '#src/domain/correlation.ts';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import type { IncidentEvent } from '#src/domain/side-effect.ts';
import { formatTime } from '#src/domain/time.ts';
import { resultOf } from '../helpers/results.ts';

/** Thursday, 2026-01-01, 12:00 UTC. */
export const NOON = Date.UTC(2026, 0, 1, 12);

/** An event of an incident that began ten minutes before noon. */
export function eventOf(
  kind: IncidentEventKind,
  more: Partial<Omit<IncidentEvent, 'incident'>> & { incident?: Partial<IncidentSummary> } = {},
): IncidentEvent {
  const { incident, ...rest } = more;
  const service = incident?.service ?? 'payments';
  return {
    kind,
    at: NOON,
    what: `what ${kind} means`,
    result: kind === 'investigated' ? resultOf('inc-1', service) : null,
    ...rest,
    incident: {
      id: 'inc-1',
      title: `Down on ${service}`,
      status: kind === 'resolved' ? 'resolved' : 'investigating',
      severity: 'critical',
      service,
      services: [service],
      alerts: { firing: 1, total: 2 },
      detectedAt: formatTime(NOON - 600_000),
      updatedAt: formatTime(NOON),
      acknowledgedAt: null,
      acknowledgedBy: null,
      resolvedAt: kind === 'resolved' ? formatTime(NOON) : null,
      isFlapping: false,
      mergedInto: null,
      revision: 1,
      verdict: null,
      ...incident,
    },
  };
}
