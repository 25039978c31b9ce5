import { z } from 'zod';
import type { Alert } from '#src/domain/alert.ts';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import { InputError } from '#src/domain/errors.ts';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import { checkSchema } from '#src/platform/json-file.ts';

const labels = z.record(z.string(), z.string()).default({});

/** As it comes from outside: lenient where Alertmanager's own versions differ. */
const payloadSchema = z.object({
  version: z.string(),
  groupKey: z.string().default(''),
  truncatedAlerts: z.number().int().default(0),
  status: z.enum(['firing', 'resolved']).default('firing'),
  receiver: z.string().default(''),
  groupLabels: labels,
  commonLabels: labels,
  commonAnnotations: labels,
  externalURL: z.string().default(''),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']).default('firing'),
        labels,
        annotations: labels,
        startsAt: z.string(),
        endsAt: z.string().nullish(),
        generatorURL: z.string().optional(),
        fingerprint: z.string().optional(),
      }),
    )
    .min(1, 'expected at least one alert'),
});

/**
 * Reads an Alertmanager webhook payload (version 4).
 * @param where the file or request that errors name
 * @throws InputError for another version or a wrong form
 */
export function parseAlertmanagerPayload(value: unknown, where: string): AlertGroup {
  const version =
    typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (version !== '4') {
    throw new InputError(
      version === undefined
        ? 'is not an Alertmanager webhook payload (no "version")'
        : `has payload version ${JSON.stringify(version)}`,
      { where, hint: 'Expected the JSON that Alertmanager POSTs to a webhook, "version": "4".' },
    );
  }
  const payload = checkSchema(payloadSchema, value, where);
  return {
    ...payload,
    version: '4',
    alerts: payload.alerts.map((alert, index) => toAlert(alert, `${where}: alerts.${index}`)),
  };
}

type RawAlert = z.infer<typeof payloadSchema>['alerts'][number];

function toAlert(raw: RawAlert, where: string): Alert {
  const startsAt = parseTime(raw.startsAt);
  if (startsAt === null) {
    throw new InputError(
      `startsAt: expected an RFC 3339 time, got ${JSON.stringify(raw.startsAt)}`,
      {
        where,
      },
    );
  }
  const alert: Alert = {
    status: raw.status,
    labels: raw.labels,
    annotations: raw.annotations,
    startsAt: formatTime(startsAt),
    endsAt: endOf(raw.endsAt),
    fingerprint: raw.fingerprint || fingerprintOf(raw.labels),
  };
  if (raw.generatorURL) alert.generatorURL = raw.generatorURL;
  return alert;
}

/** Alertmanager writes year 1 for an alert that has no end yet. */
function endOf(text: string | null | undefined): string | null {
  const millis = text ? parseTime(text) : null;
  return millis === null || millis <= 0 ? null : formatTime(millis);
}

/** A group for alerts that did not come as one. */
export function groupOf(alerts: Alert[], receiver: string): AlertGroup {
  const common = (pick: (alert: Alert) => Record<string, string>): Record<string, string> => {
    const [first, ...rest] = alerts.map(pick);
    return Object.fromEntries(
      Object.entries(first ?? {}).filter(([key, value]) => rest.every((o) => o[key] === value)),
    );
  };
  return {
    version: '4',
    groupKey: '',
    truncatedAlerts: 0,
    status: alerts.some((alert) => alert.status === 'firing') ? 'firing' : 'resolved',
    receiver,
    groupLabels: {},
    commonLabels: common((alert) => alert.labels),
    commonAnnotations: common((alert) => alert.annotations),
    externalURL: '',
    alerts,
  };
}
