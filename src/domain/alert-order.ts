import {
  type Alert,
  SEVERITIES,
  type Severity,
  serviceOfLabels,
  severityOfAlert,
  worseSeverity,
} from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';

/** The service that an alert is about: by the registry's selectors, else by its labels; or null. */
export function serviceOfAlert(alert: Alert, services: Iterable<Service>): string | null {
  return createServiceFinder(services)(alert);
}

/** {@link serviceOfAlert} for many alerts of one registry. */
export function createServiceFinder(services: Iterable<Service>): (alert: Alert) => string | null {
  const known = [...services];
  const names = new Set(known.map((service) => service.name));
  const selectors = known.flatMap((service) => {
    const pairs = Object.entries(service.selectors?.prometheus ?? {});
    return pairs.length > 0 ? [{ name: service.name, pairs }] : [];
  });
  return (alert) => {
    for (const { name, pairs } of selectors) {
      if (pairs.every(([key, value]) => alert.labels[key] === value)) return name;
    }
    const byLabel = serviceOfLabels(alert.labels);
    if (byLabel !== null && names.has(byLabel)) return byLabel;
    // A label whose value is in the registry says more than the first label of the usual list.
    for (const key of Object.keys(alert.labels).sort()) {
      if (key === 'team' || key === 'owner') continue;
      const value = alert.labels[key] ?? '';
      if (names.has(value)) return value;
    }
    return byLabel;
  };
}

/** Alerts in a stable order: firing first, then by severity, start and fingerprint. */
export function orderAlerts(alerts: readonly Alert[]): Alert[] {
  const rank = (alert: Alert): number => SEVERITIES.indexOf(severityOfAlert(alert) ?? 'medium');
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...alerts].sort(
    (a, b) =>
      Number(a.status === 'resolved') - Number(b.status === 'resolved') ||
      rank(a) - rank(b) ||
      text(a.startsAt, b.startsAt) ||
      text(a.fingerprint, b.fingerprint),
  );
}

/** The worst severity that the labels of the alerts name, or null when none does. */
export function severityOfAlerts(alerts: readonly Alert[]): Severity | null {
  return alerts
    .map(severityOfAlert)
    .reduce<Severity | null>(
      (worst, next) => (worst && next ? worseSeverity(worst, next) : (worst ?? next)),
      null,
    );
}
