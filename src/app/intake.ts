import type { Config } from '#src/config/schema.ts';
import { requireService } from '#src/config/service-registry.ts';
import type { Alert } from '#src/domain/alert.ts';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import { orderAlerts, serviceOfAlert } from '#src/domain/alert-order.ts';
import type { Gap } from '#src/domain/bundle.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { Service, ServiceRegistry } from '#src/domain/service.ts';
import { gapOf } from '#src/evidence/gap.ts';
import { groupOf } from '#src/intake/alertmanager-payload.ts';
import { pollAlertmanager, pollPrometheusAlerts } from '#src/intake/polled-alerts.ts';
import type { Http } from '#src/platform/http.ts';
import type { RespondRequest, Subject } from '#src/respond.ts';

/**
 * Which service an incident is about, and its alerts: those that came along, else those that
 * Alertmanager (or Prometheus) says fire now. Alert servers that fail are gaps.
 * @throws UsageError for an unknown service, or when nothing says which service is meant
 */
export async function takeIn(
  request: RespondRequest,
  services: ServiceRegistry,
  config: Config,
  http: Http,
): Promise<Subject> {
  const named =
    request.target ?? (request.service === undefined ? undefined : knownService(request, services));
  if (request.alertGroup) {
    const service = named ?? serviceOfGroup(request.alertGroup, services);
    return { target: service, alertGroup: request.alertGroup, gaps: [] };
  }
  const { alerts, gaps } = await poll(config, http, request.signal);
  const all = [...services.values()];
  const target = named ?? serviceOfWorst(alerts, services);
  if (!target) {
    throw new UsageError('nothing says which service is meant', {
      hint:
        all.length > 0
          ? `Give --service, one of: ${all
              .map(({ name }) => name)
              .slice(0, 6)
              .join(', ')}.`
          : 'Give --alert-file, or write a service_registry.json and give --service.',
    });
  }
  const own = alerts.filter((alert) => serviceOfAlert(alert, all) === target.name);
  return { target, alertGroup: own.length > 0 ? groupOf(own, 'polled') : null, gaps };
}

/** A service by name; one that only the alerts know of is fine too. */
function knownService(request: RespondRequest, services: ServiceRegistry): Service {
  const name = request.service ?? '';
  const isAlerting = request.alertGroup?.alerts.some(
    (alert) => serviceOfAlert(alert, services.values()) === name,
  );
  return isAlerting
    ? (services.get(name) ?? { name })
    : requireService(services, name, '--service');
}

function serviceOfGroup(group: AlertGroup, services: ServiceRegistry): Service {
  const [worst] = orderAlerts(group.alerts);
  const name = worst ? serviceOfAlert(worst, services.values()) : null;
  if (name === null) {
    throw new UsageError('the alert has no label that names a service', {
      hint: 'Give --service, or add a "service" label to the alerting rule.',
    });
  }
  return services.get(name) ?? { name };
}

function serviceOfWorst(alerts: readonly Alert[], services: ServiceRegistry): Service | null {
  for (const alert of orderAlerts(alerts)) {
    const name = serviceOfAlert(alert, services.values());
    if (name !== null) return services.get(name) ?? { name };
  }
  const [only, ...others] = services.values();
  return only && others.length === 0 ? only : null;
}

async function poll(
  config: Config,
  http: Http,
  signal: AbortSignal | undefined,
): Promise<{ alerts: Alert[]; gaps: Gap[] }> {
  const { alertmanager, prometheus } = config;
  const timeoutMs = config.collect.requestTimeoutSeconds * 1000;
  const servers = [
    { id: 'alertmanager', server: alertmanager, ask: pollAlertmanager },
    { id: 'prometheus-alerts', server: prometheus, ask: pollPrometheusAlerts },
  ];
  // Both at once, so that two servers that hang cost no more time than one.
  const answers = await Promise.all(
    servers.map(async ({ id, server: { url, authHeader }, ask }) => {
      if (!url) return null;
      try {
        return await ask(http, { url, authHeader, timeoutMs, signal });
      } catch (error) {
        return gapOf(id, error);
      }
    }),
  );
  const alerts = answers.find((answer) => Array.isArray(answer)) ?? [];
  const gaps = answers.flatMap((answer) => (answer && !Array.isArray(answer) ? [answer] : []));
  return { alerts, gaps };
}
