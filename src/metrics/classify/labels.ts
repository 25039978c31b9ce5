import { snake } from '#src/metrics/classify/tokens.ts';

/** More labels than this, or longer values, are not read. */
const MAX_LABELS = 64;
const MAX_VALUE = 256;

/** Labels of one series under one spelling of their keys. */
export type LabelReading = {
  /** Key in snake case, without the prefixes that exporters put before it → value. */
  byKey: ReadonlyMap<string, string>;
};

const PREFIXES = ['exported_', 'dimension_', 'label_', 'k8s_', 'kubernetes_', 'resource_', 'tag_'];

/**
 * Reads the labels of a series. `exported_service` (which Prometheus writes where the scraped
 * page itself names a service), CloudWatch's `dimension_*` and the like lose their prefix and win
 * over the scraper's own label.
 * @param keys a memory of keys already spelt, shared by the series of one analysis
 */
export function readLabels(
  labels: Readonly<Record<string, string>>,
  keys: Map<string, { key: string; own: boolean }>,
): LabelReading {
  const byKey = new Map<string, string>();
  const own = new Set<string>();
  let seen = 0;
  for (const raw in labels) {
    if (raw === '__name__' || seen >= MAX_LABELS) continue;
    seen += 1;
    const value = labels[raw];
    if (typeof value !== 'string' || value === '' || value.length > MAX_VALUE) continue;
    let spelt = keys.get(raw);
    if (spelt === undefined) {
      spelt = spell(raw);
      if (keys.size < 10_000) keys.set(raw, spelt);
    }
    if (byKey.has(spelt.key) && (own.has(spelt.key) || !spelt.own)) continue;
    byKey.set(spelt.key, value);
    if (spelt.own) own.add(spelt.key);
  }
  return { byKey };
}

function spell(raw: string): { key: string; own: boolean } {
  const key = snake(raw);
  for (const prefix of PREFIXES) {
    if (key.startsWith(prefix) && key.length > prefix.length) {
      return { key: key.slice(prefix.length), own: true };
    }
  }
  return { key, own: false };
}
