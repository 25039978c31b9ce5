import { z } from 'zod';
import { alertSchema, severitySchema } from '#src/domain/alert.ts';
import { citeSchema } from '#src/domain/evidence.ts';

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
