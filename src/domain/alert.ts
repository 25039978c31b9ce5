import { z } from 'zod';

const labels = z.record(z.string(), z.string());

/** One alert as Alertmanager sends it; `endsAt` is null while it fires. */
export const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels,
  annotations: labels,
  startsAt: z.string(),
  endsAt: z.string().nullable(),
  fingerprint: z.string(),
  generatorURL: z.string().optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** How bad an incident is, from most to least. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

const SEVERITY_OF_LABEL: Record<string, Severity> = {
  critical: 'critical',
  crit: 'critical',
  emergency: 'critical',
  fatal: 'critical',
  disaster: 'critical',
  p1: 'critical',
  sev1: 'critical',
  error: 'high',
  page: 'high',
  high: 'high',
  major: 'high',
  p2: 'high',
  sev2: 'high',
  warning: 'medium',
  warn: 'medium',
  medium: 'medium',
  average: 'medium',
  p3: 'medium',
  sev3: 'medium',
  info: 'low',
  informational: 'low',
  low: 'low',
  minor: 'low',
  none: 'low',
  p4: 'low',
  sev4: 'low',
};

/** Severity by an alert's labels (`severity`, else `priority` or `level`), or null when they say nothing. */
export function severityOfAlert(alert: Alert): Severity | null {
  for (const key of ['severity', 'priority', 'level']) {
    const value = alert.labels[key]?.toLowerCase().replace(/[\s_-]/g, '');
    const severity = value === undefined ? undefined : SEVERITY_OF_LABEL[value];
    if (severity) return severity;
  }
  return null;
}

/** The worse of two severities. */
export function worseSeverity(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}

/** The labels by which the field names the service of an alert or a series, best first. */
export const SERVICE_LABELS = [
  'service',
  'service_name',
  'app',
  'app_kubernetes_io_name',
  'application',
  'job',
  'deployment',
  'container',
] as const;

/** The service that labels speak of, or null. */
export function serviceOfLabels(of: Record<string, string | undefined>): string | null {
  for (const key of SERVICE_LABELS) {
    const value = of[key];
    if (value) return value;
  }
  return null;
}
