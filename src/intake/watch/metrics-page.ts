import type { Finding, PageSample } from '#src/intake/watch/contract.ts';

/** A page as it was at a time; milliseconds since the epoch. */
export type PageAt = { at: number; samples: readonly PageSample[] };

const STATUS_LABELS = [
  'status',
  'code',
  'status_code',
  'http_status',
  'http_status_code',
  'http_response_status_code',
  'response_code',
  'status_class',
];
const SERVER_ERROR = /^5(?:\d\d|xx)$/i;
/** A counter of requests; buckets and sums of histograms count the same ones again. */
const COUNTER = /_(?:total|count)$/;
/** A gauge that is 1 while something can be had, with the thing's name before it. */
const REACHABLE =
  /^(?:(?<of>[a-z0-9_:]{1,100})_)?(?:up|healthy|connected|reachable|available|connection_up|connection_status)$/i;
const NAME_LABELS = [
  'dependency',
  'upstream',
  'backend',
  'target',
  'peer',
  'peer_service',
  'database',
  'db',
];
const GENERIC = /^(?:dependency|upstream|backend|target|peer|health|service|app|process)$/i;

/**
 * The 5xx answers a second that a service's counters tell of, over the pages' time.
 * @param pages oldest first @returns null when nothing counts them or there are less than two pages
 */
export function serverErrorRate(pages: readonly PageAt[]): number | null {
  const first = pages[0];
  const last = pages.at(-1);
  if (!first || !last || last.at <= first.at) return null;
  const counted = pages.map(({ samples }) => statusCounters(samples));
  if (counted.every(({ isCounted }) => !isCounted)) return null;
  const before = new Map<string, number>();
  let errors = 0;
  for (const [index, { failed }] of counted.entries()) {
    for (const [key, now] of failed) {
      // A series that appears later counts from nothing, and so does a lower value: a restart.
      const then = before.get(key) ?? (index === 0 ? now : 0);
      errors += now >= then ? now - then : now;
      before.set(key, now);
    }
  }
  return errors / ((last.at - first.at) / 1000);
}

/** The counters of 5xx answers by series, and whether there are any counters by status. */
function statusCounters(samples: readonly PageSample[]): {
  isCounted: boolean;
  failed: Map<string, number>;
} {
  const failed = new Map<string, number>();
  let isCounted = false;
  for (const { name, labels, value } of samples) {
    const status = COUNTER.test(name) ? statusOf(labels) : undefined;
    if (status === undefined) continue;
    isCounted = true;
    const count = Number(value);
    if (SERVER_ERROR.test(status) && Number.isFinite(count)) failed.set(keyOf(name, labels), count);
  }
  return { isCounted, failed };
}

/** Dependencies that a page says cannot be reached, sorted. */
export function unreachable(samples: readonly PageSample[]): string[] {
  const found = new Set<string>();
  for (const { name, labels, value } of samples) {
    const match = REACHABLE.exec(name);
    if (!match || Number(value) !== 0) continue;
    const label = NAME_LABELS.map((key) => labels[key]).find(Boolean);
    const prefix = match.groups?.of;
    const dependency = label ?? (prefix && !GENERIC.test(prefix) ? prefix : undefined);
    // `up` alone is about whole targets.
    if (dependency) found.add(dependency.slice(0, 80));
  }
  return [...found].sort();
}

/** What a page tells of trouble. @param pages of the last minute or so, oldest first */
export function findingsOfPages(
  service: string,
  pages: readonly PageAt[],
): { findings: Finding[]; isRateKnown: boolean } {
  const rate = serverErrorRate(pages);
  const findings: Finding[] = unreachable(pages.at(-1)?.samples ?? []).map((dependency) => ({
    alertname: 'DependencyDown',
    service,
    severity: 'critical',
    dependency,
    summary: `${service} cannot reach ${dependency}`,
    description: `The metrics page of ${service} says that ${dependency} cannot be reached.`,
  }));
  if (rate !== null && rate > 0) {
    findings.push({
      alertname: 'Service5xxErrors',
      service,
      severity: 'high',
      summary: `${service} answers with 5xx`,
      description: `${rate >= 10 ? Math.round(rate) : rate.toPrecision(2)} requests a second of ${service} fail.`,
    });
  }
  return { findings, isRateKnown: rate !== null };
}

function statusOf(labels: PageSample['labels']): string | undefined {
  for (const key of STATUS_LABELS) if (labels[key]) return labels[key];
  return undefined;
}

function keyOf(name: string, labels: PageSample['labels']): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => `${key}\u0001${labels[key]}`);
  return [name, ...pairs].join('\u0002');
}
