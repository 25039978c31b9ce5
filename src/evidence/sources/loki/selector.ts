import { type Alert, SERVICE_LABELS } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import { ENVIRONMENT_LABELS } from '#src/evidence/shared-labels.ts';
import type { LokiClient } from '#src/evidence/sources/loki/client.ts';
import { compareText } from '#src/platform/compare.ts';

/** What is asked of labels: one value, or one of several. */
export type LogMatchers = Readonly<Record<string, string | readonly string[]>>;

const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MORE_LABELS = ['compose_service', 'container_name', 'filename', 'pod', 'unit'];
/** Labels by which an alert may name a stream, the narrowest first. */
const ALERT_LABELS = ['pod', 'container', 'instance', 'host', 'app', 'job'];
/** Values of one label that are taken together. */
const MOST_VALUES = 20;

/** `{label="value",…}` with everything escaped. */
export function logSelector(matchers: LogMatchers): string {
  const parts = Object.entries(matchers)
    .filter(([label]) => PLAIN_LABEL.test(label))
    .map(([label, value]) => {
      if (typeof value === 'string') return `${label}=${quoteLog(value)}`;
      const [only, ...more] = value;
      if (only !== undefined && more.length === 0) return `${label}=${quoteLog(only)}`;
      return `${label}=~${quoteLog(value.map(escapeRegex).join('|'))}`;
    });
  return `{${parts.join(',')}}`;
}

/** A text as a LogQL string literal, which is one of Go. */
export function quoteLog(text: string): string {
  // Go knows no escape for half a character.
  return JSON.stringify(text.toWellFormed());
}

/** A text that matches itself inside a regular expression of RE2. */
function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * How Loki labels a service: the registry's matchers; else the label, among those that the server
 * has, under which the service's name stands, or names that hold it as a word; else what the
 * alert and the logs have in common.
 * @param start nanoseconds since the epoch
 * @returns null when the server knows nothing of the service
 */
export async function findSelector(
  client: LokiClient,
  service: Service,
  alerts: readonly Alert[],
  start: bigint,
  end: bigint,
): Promise<LogMatchers | null> {
  const given = service.selectors?.loki;
  if (given && Object.keys(given).length > 0) return given;
  const present = new Set(await client.labelNames(start, end));
  const alert = alerts[0]?.labels ?? {};
  let near: LogMatchers | null = null;
  for (const label of [...SERVICE_LABELS, ...MORE_LABELS]) {
    if (!present.has(label)) continue;
    const values = await client.labelValues(label, start, end);
    if (values.includes(service.name)) return narrowed({ [label]: service.name }, alert, present);
    const holding = values.filter((value) => holdsWord(value, service.name)).sort(compareText);
    if (!near && holding.length > 0) near = { [label]: holding.slice(0, MOST_VALUES) };
  }
  return near ?? (await byAlert(client, alert, present, start, end));
}

/** Whether a name stands in a text with nothing at its sides that could belong to a name. */
function holdsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    if (!/[\w-]/.test(before) && !/\w/.test(after)) return true;
  }
  return false;
}

async function byAlert(
  client: LokiClient,
  alert: Readonly<Record<string, string>>,
  present: ReadonlySet<string>,
  start: bigint,
  end: bigint,
): Promise<LogMatchers | null> {
  for (const label of ALERT_LABELS) {
    const value = alert[label];
    if (!value || !present.has(label)) continue;
    const values = await client.labelValues(label, start, end);
    if (values.includes(value)) return narrowed({ [label]: value }, alert, present);
  }
  return null;
}

/** Adds what alert and logs have in common, so that another environment's logs stay out. */
function narrowed(
  matchers: Record<string, string>,
  alert: Readonly<Record<string, string>>,
  present: ReadonlySet<string>,
): LogMatchers {
  const shared = ENVIRONMENT_LABELS.filter((label) => present.has(label) && alert[label]);
  return {
    ...matchers,
    ...Object.fromEntries(shared.map((label) => [label, alert[label] ?? ''])),
  };
}
