import { z } from 'zod';
import { type Alert, alertSchema, severitySchema } from '#src/domain/alert.ts';
import { citeSchema } from '#src/domain/evidence.ts';
import { fnv1a } from '#src/domain/fingerprint.ts';

export const incidentStatusSchema = z.enum(['open', 'investigating', 'mitigated', 'resolved']);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

export const timelineEntrySchema = z.object({
  at: z.string(),
  what: z.string(),
  cites: z.array(citeSchema),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What an engineer handles: one or more correlated alerts of a service. */
export const incidentSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: incidentStatusSchema,
  severity: severitySchema,
  service: z.string(),
  alerts: z.array(alertSchema),
  detectedAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  timeline: z.array(timelineEntrySchema),
});
export type Incident = z.infer<typeof incidentSchema>;

/**
 * The id of the incident that alerts make: the same alerts, started at the same times, give the
 * same id. Without alerts it derives from the service and the time that was looked at.
 */
export function incidentId(alerts: readonly Alert[], service: string, windowStart: string): string {
  const parts =
    alerts.length > 0
      ? alerts.map((alert) => `${alert.fingerprint}@${alert.startsAt}`).sort()
      : [service, windowStart];
  return `inc-${fnv1a(parts).slice(0, 10)}`;
}
