import type { Alert } from '#src/domain/alert.ts';
import { serviceOfLabels } from '#src/domain/alert.ts';
import { orderAlerts, serviceOfAlert } from '#src/domain/alert-order.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import type { Service } from '#src/domain/service.ts';
import { parseTime, type Span, spanOf } from '#src/domain/time.ts';

/** What the analysis is about, read off the bundle before any evidence is weighed. */
export type Subject = {
  /** The service that was asked for or that alerts; null where the evidence must tell. */
  target: string | null;
  alerts: Alert[];
  services: Service[];
  window: Span;
  baseline: Span | null;
  /** The first alert, or when the bundle was captured; milliseconds since the epoch. */
  detectedAt: number;
};

/** @param asked the service given by the user, if any */
export function subjectOf(bundle: Bundle, asked: string | undefined): Subject {
  const { manifest } = bundle;
  const services = [...bundle.services].map(([name, entry]) => ({ name, ...entry }));
  const alerts = orderAlerts(bundle.alertGroup?.alerts ?? []);
  const window = spanOf(manifest.window) ?? { start: 0, end: 0 };
  const baseline = manifest.baseline ? spanOf(manifest.baseline) : null;
  const starts = alerts.flatMap((alert) => parseTime(alert.startsAt) ?? []);
  const captured = parseTime(manifest.capturedAt) ?? window.end;
  return {
    target: asked ?? manifest.service ?? targetOf(alerts, bundle, services),
    alerts,
    services,
    window,
    baseline,
    detectedAt: starts.length > 0 ? Math.min(...starts) : captured,
  };
}

/** Labels that say who is to be called or how bad it is, and not what is broken. */
const NO_SERVICE =
  /^(?:team|owner|owned_by|squad|severity|priority|env|environment|stage|cluster|region|tier|source|receiver|alertname)$/;

/** The service of the first alert that names one which the data know. */
function targetOf(alerts: readonly Alert[], bundle: Bundle, services: Service[]): string | null {
  const known = knownServices(bundle);
  for (const alert of alerts) {
    const byLabels = serviceOfAlert(alert, services);
    if (byLabels !== null && known.has(byLabels)) return byLabels;
    const value = Object.keys(alert.labels)
      .filter((key) => !NO_SERVICE.test(key))
      .sort()
      .map((key) => alert.labels[key] ?? '')
      .find((label) => known.has(label));
    if (value !== undefined) return value;
  }
  // The alert may call it by a shorter name than the data do.
  const [first] = alerts;
  const named = first ? serviceOfLabels(first.labels) : null;
  const alike = named === null ? [] : [...known].filter((name) => name.startsWith(named)).sort();
  return alike.length === 1 ? (alike[0] ?? named) : named;
}

/** Every service that some record of the bundle names. */
export function knownServices(bundle: Bundle): Set<string> {
  const names = new Set<string>(bundle.services.keys());
  const add = (name: string | undefined): void => {
    if (name) names.add(name);
  };
  for (const record of bundle.logs) add(record.service);
  for (const check of bundle.health) add(check.service);
  for (const span of bundle.spans) add(span.service);
  for (const deploy of bundle.changes.deploys) add(deploy.service);
  for (const series of bundle.metrics) {
    const { metric } = series;
    add(series.service ?? metric.service ?? metric.service_name ?? metric.app ?? metric.job);
  }
  return names;
}
