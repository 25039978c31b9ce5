import { z } from 'zod';
import { alertSchema } from '#src/domain/alert.ts';

const labels = z.record(z.string(), z.string());

/** What Alertmanager POSTs to a webhook receiver, payload version 4. */
export const alertGroupSchema = z.object({
  version: z.literal('4'),
  groupKey: z.string(),
  truncatedAlerts: z.number().int(),
  status: z.enum(['firing', 'resolved']),
  receiver: z.string(),
  groupLabels: labels,
  commonLabels: labels,
  commonAnnotations: labels,
  externalURL: z.string(),
  alerts: z.array(alertSchema),
});
export type AlertGroup = z.infer<typeof alertGroupSchema>;
