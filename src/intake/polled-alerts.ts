import { z } from 'zod';
import type { Alert } from '#src/domain/alert.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import type { Http } from '#src/platform/http.ts';

export type AlertServer = {
  url: string;
  authHeader?: string | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

const labels = z.record(z.string(), z.string()).default({});

const alertmanagerAlerts = z.array(
  z.object({
    labels,
    annotations: labels,
    startsAt: z.string(),
    endsAt: z.string().optional(),
    fingerprint: z.string().optional(),
    generatorURL: z.string().optional(),
    status: z.object({ state: z.string() }).optional(),
  }),
);

const prometheusAlerts = z.object({
  data: z.object({
    alerts: z.array(
      z.object({ labels, annotations: labels, state: z.string(), activeAt: z.string().optional() }),
    ),
  }),
});

/**
 * The alerts that fire now, from Alertmanager's `GET /api/v2/alerts`; silenced and inhibited ones
 * are left out. @throws UpstreamError when there is no usable answer
 */
export async function pollAlertmanager(http: Http, server: AlertServer): Promise<Alert[]> {
  const query = 'active=true&silenced=false&inhibited=false';
  const body = await getJson(http, server, `/api/v2/alerts?${query}`, 'Alertmanager');
  const parsed = alertmanagerAlerts.safeParse(body);
  if (!parsed.success) throw unexpected('Alertmanager', server);
  return parsed.data.flatMap((raw) => {
    const startsAt = parseTime(raw.startsAt);
    if (startsAt === null || (raw.status && raw.status.state !== 'active')) return [];
    return [firing(raw.labels, raw.annotations, startsAt, raw.fingerprint, raw.generatorURL)];
  });
}

/**
 * The alerts that fire now, from Prometheus' `GET /api/v1/alerts`; pending ones are left out.
 * @throws UpstreamError when there is no usable answer
 */
export async function pollPrometheusAlerts(http: Http, server: AlertServer): Promise<Alert[]> {
  const body = await getJson(http, server, '/api/v1/alerts', 'Prometheus');
  const parsed = prometheusAlerts.safeParse(body);
  if (!parsed.success) throw unexpected('Prometheus', server);
  return parsed.data.data.alerts.flatMap((raw) => {
    const startsAt = parseTime(raw.activeAt ?? '');
    if (startsAt === null || raw.state !== 'firing') return [];
    return [firing(raw.labels, raw.annotations, startsAt)];
  });
}

function firing(
  alertLabels: Record<string, string>,
  annotations: Record<string, string>,
  startsAt: number,
  fingerprint?: string,
  generatorURL?: string,
): Alert {
  return {
    status: 'firing',
    labels: alertLabels,
    annotations,
    startsAt: formatTime(startsAt),
    endsAt: null,
    fingerprint: fingerprint || fingerprintOf(alertLabels),
    ...(generatorURL ? { generatorURL } : {}),
  };
}

async function getJson(
  http: Http,
  server: AlertServer,
  path: string,
  name: string,
): Promise<unknown> {
  const url = server.url.replace(/\/+$/, '') + path;
  const response = await http({
    url,
    headers: server.authHeader ? { authorization: server.authHeader } : {},
    timeoutMs: server.timeoutMs,
    maxBytes: 16 * 1024 * 1024,
    signal: server.signal,
  });
  if (response.status !== 200) {
    throw new UpstreamError(`${name} answered ${response.status}`, {
      where: server.url,
      status: response.status,
    });
  }
  try {
    return JSON.parse(response.text);
  } catch (error) {
    throw new UpstreamError(`${name} did not answer in JSON`, { where: server.url, cause: error });
  }
}

function unexpected(name: string, server: AlertServer): UpstreamError {
  return new UpstreamError(`${name} answered in an unknown form`, { where: server.url });
}
