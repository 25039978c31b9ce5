import type { Alert } from '#src/domain/alert.ts';
import { SERVICE_LABELS } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import type { LokiClient } from '#src/evidence/sources/loki/client.ts';

const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MORE_LABELS = ['compose_service', 'container_name', 'filename', 'pod', 'unit'];
/** Labels of an alert that logs often share. */
const SHARED_LABELS = ['namespace', 'cluster', 'env', 'environment', 'stage'];

/** `{label="value",…}` with everything escaped as Go strings are. */
export function logSelector(matchers: Readonly<Record<string, string>>): string {
  const parts = Object.entries(matchers)
    .filter(([label]) => PLAIN_LABEL.test(label))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `{${parts.join(',')}}`;
}

/**
 * How Loki labels a service: the registry's matchers; else the label, among those that the server
 * has, under which the service's name (or a name that holds it) stands.
 * @returns null when the server knows nothing of the service
 */
export async function findSelector(
  client: LokiClient,
  service: Service,
  alerts: readonly Alert[],
  start: bigint,
  end: bigint,
): Promise<Record<string, string> | null> {
  const given = service.selectors?.loki;
  if (given && Object.keys(given).length > 0) return given;
  const present = new Set(await client.labelNames(start, end));
  const candidates = [...SERVICE_LABELS, ...MORE_LABELS].filter((label) => present.has(label));
  let near: Record<string, string> | null = null;
  for (const label of candidates) {
    const values = await client.labelValues(label, start, end);
    if (values.includes(service.name)) return narrowed({ [label]: service.name }, alerts, present);
    const holding = values.filter((value) => value.includes(service.name)).sort();
    if (!near && holding[0] !== undefined) near = { [label]: holding[0] };
  }
  return near;
}

/** Adds what alert and logs have in common, so that another environment's logs stay out. */
function narrowed(
  matchers: Record<string, string>,
  alerts: readonly Alert[],
  present: ReadonlySet<string>,
): Record<string, string> {
  const labels = alerts[0]?.labels ?? {};
  const shared = SHARED_LABELS.filter((label) => present.has(label) && labels[label]);
  return {
    ...matchers,
    ...Object.fromEntries(shared.map((label) => [label, labels[label] ?? ''])),
  };
}
