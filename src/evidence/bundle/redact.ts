import type { Bundle } from '#src/domain/bundle.ts';
import type { Redactor } from '#src/platform/redact/redactor.ts';

/** Keys whose values are ids, times or enumerations of the format: never text from people. */
const FORMAT_KEYS = new Set([
  'timestamp',
  'startsAt',
  'endsAt',
  'fingerprint',
  'sha',
  'commit',
  'traceId',
  'spanId',
  'parentId',
  'status',
  'signal',
  'type',
  'schema',
  'capturedAt',
]);

/** Texts of so many characters, and so many of them, are redacted once. */
const LONGEST_KEPT = 200;
const MOST_KEPT = 10_000;

/**
 * A bundle without secrets: everything that an analysis, a report or a model will see went
 * through here. Sample values, times and ids are left as they are.
 */
export function redactBundle(bundle: Bundle, redactor: Redactor): Bundle {
  const redacted = new Map<string, string>();
  // The same labels stand on hundreds of series. What a text becomes does not change.
  const text = (value: string): string => {
    if (value.length > LONGEST_KEPT) return redactor.redact(value);
    const known = redacted.get(value) ?? redactor.redact(value);
    if (redacted.size < MOST_KEPT) redacted.set(value, known);
    return known;
  };
  return {
    ...bundle,
    alertGroup: deep(bundle.alertGroup, text),
    rules: deep(bundle.rules, text),
    gaps: deep(bundle.gaps, text),
    services: new Map([...bundle.services].map(([name, entry]) => [name, deep(entry, text)])),
    metrics: bundle.metrics.map((series) => {
      const clean = { ...series, metric: deep(series.metric, text) };
      if (series.query !== undefined) clean.query = text(series.query);
      return clean;
    }),
    logs: bundle.logs.map((record) => {
      const clean = { ...record, line: text(record.line) };
      if (record.labels) clean.labels = deep(record.labels, text);
      return clean;
    }),
    health: deep(bundle.health, text),
    changes: deep(bundle.changes, text),
    spans: deep(bundle.spans, text),
    events: deep(bundle.events, text),
    runbooks: deep(bundle.runbooks, text),
    past: deep(bundle.past, text),
  };
}

/** Every text of a JSON-like value redacted. */
function deep<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => deep(item, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      FORMAT_KEYS.has(key) ? inner : deep(inner as unknown, redact),
    ]),
  ) as T;
}
