import { z } from 'zod';
import type { Alert } from '#src/domain/alert.ts';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { formatTime } from '#src/domain/time.ts';
import type { Finding } from '#src/intake/watch/contract.ts';

const troubleSchema = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  /** When it was seen first; milliseconds since the epoch. */
  since: z.number(),
  /** When the alert was given out last, or null while it is pending. */
  toldAt: z.number().nullable(),
});

const stateSchema = z.object({
  version: z.literal(1),
  troubles: z.record(z.string(), troubleSchema),
  /** Times of error records of late, by service. */
  errors: z.record(z.string(), z.array(z.number())),
});

/** What the rules remember between looks, also over a restart. */
export type RuleState = z.infer<typeof stateSchema>;

/** A firing alert is told of again after this, so that nobody takes it for forgotten. */
const REPEAT_MS = 60 * 60_000;

/** The state that was kept; an empty one where there is none or it cannot be read. */
export function readRuleState(text: string | null): RuleState {
  const empty: RuleState = { version: 1, troubles: {}, errors: {} };
  if (text === null) return empty;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    return empty;
  }
}

export type Advance = {
  /** What is wrong now. */
  findings: readonly Finding[];
  /** Whether nothing can be said of a trouble now; it then stays as it is. */
  isUnknown(alertname: string, service: string): boolean;
  now: number;
  forMs: number;
};

export type Advanced = {
  troubles: RuleState['troubles'];
  /** Alerts that are to be told of: new, repeated and ended ones. */
  alerts: Alert[];
  /** All that fires now. */
  firing: Alert[];
};

/**
 * Carries the rules on by one look. Trouble that lasts for `forMs` becomes an alert that began when
 * it was seen first, and ends when it is seen no more.
 */
export function advance(
  before: RuleState['troubles'],
  { findings, isUnknown, now, forMs }: Advance,
): Advanced {
  const troubles: RuleState['troubles'] = {};
  const alerts: Alert[] = [];
  const firing: Alert[] = [];
  const current = new Map(
    findings.map((finding) => [fingerprintOf(labelsOf(finding)), finding] as const),
  );
  for (const [fingerprint, finding] of current) {
    const known = before[fingerprint];
    const since = Math.min(known?.since ?? now, now);
    const isFiring = known?.toldAt != null || now - since >= forMs;
    const { summary, description } = finding;
    const labels = labelsOf(finding);
    const annotations = { summary, description };
    let toldAt = known?.toldAt ?? null;
    if (isFiring) {
      const alert = alertOf(fingerprint, labels, annotations, since, null);
      firing.push(alert);
      const isDue = toldAt === null || now - toldAt >= REPEAT_MS || toldAt > now;
      if (isDue) alerts.push(alert);
      if (isDue) toldAt = now;
    }
    troubles[fingerprint] = { labels, annotations, since, toldAt };
  }
  for (const [fingerprint, trouble] of Object.entries(before)) {
    if (current.has(fingerprint)) continue;
    const { labels, annotations, since, toldAt } = trouble;
    if (isUnknown(labels.alertname ?? '', labels.service ?? '')) {
      troubles[fingerprint] = trouble;
      if (toldAt !== null) firing.push(alertOf(fingerprint, labels, annotations, since, null));
    } else if (toldAt !== null) {
      alerts.push(alertOf(fingerprint, labels, annotations, since, Math.max(now, since)));
    }
  }
  return { troubles, alerts, firing };
}

function labelsOf({ alertname, service, severity, dependency }: Finding): Record<string, string> {
  return { alertname, service, severity, ...(dependency ? { dependency } : {}) };
}

function alertOf(
  fingerprint: string,
  labels: Record<string, string>,
  annotations: Record<string, string>,
  since: number,
  endsAt: number | null,
): Alert {
  return {
    status: endsAt === null ? 'firing' : 'resolved',
    labels,
    annotations,
    startsAt: formatTime(since),
    endsAt: endsAt === null ? null : formatTime(endsAt),
    fingerprint,
  };
}
