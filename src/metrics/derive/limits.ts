import { resourceOf } from '#src/metrics/classify/facet-rules-load.ts';
import { stem } from '#src/metrics/classify/tokens.ts';
import * as vocabulary from '#src/metrics/classify/vocabulary.ts';
import type { Facet } from '#src/metrics/contract.ts';
import { INSTANCE_KEY_SET, type PreparedSeries } from '#src/metrics/derive/prepare.ts';

/** So many limits of one service and resource are tried for a series. */
const MAX_TRIED = 64;

/** What part of a resource a gauge tells. */
type Role = 'used' | 'free' | 'limit';

/** A gauge read as part of a resource. */
export type ResourceReading = {
  resource: Facet;
  role: Role;
  /** What is left of the name without role and filler words: which pool, which memory. */
  subject: ReadonlySet<string>;
};

/** Reads a gauge's name (and `resource`, `state` labels) as part of a resource, or null. */
export function readResource({ cls, labels }: PreparedSeries): ResourceReading | null {
  const list = cls.family.split('_').map(stem);
  const stems = new Set(list);
  const labelled = labels.resource;
  if (labelled !== undefined) stems.add(stem(labelled.toLowerCase()));
  const resource = cls.facet === 'limit' ? resourceOf(stems) : cls.facet;
  if (resource === null || !isLimitable(resource)) return null;
  const has = (words: ReadonlySet<string>) => list.some((word) => words.has(word));
  const isTotal =
    (resource === 'memory' || resource === 'disk') &&
    (stems.has('total') || stems.has('size') || stems.has('memtotal')) &&
    !has(vocabulary.USED_WORDS) &&
    !stems.has('heap');
  let role: Role = 'used';
  if (cls.facet === 'limit' || isTotal) role = 'limit';
  else if (cls.harm === 'down') role = 'free';
  const subject = new Set(
    list.filter(
      (word) =>
        !vocabulary.LIMIT_WORDS.has(word) &&
        !vocabulary.USED_WORDS.has(word) &&
        !vocabulary.FREE_WORDS.has(word) &&
        !vocabulary.FILLER_WORDS.has(word),
    ),
  );
  return { resource, role, subject };
}

const LIMITABLE: ReadonlySet<Facet> = new Set([
  'cpu',
  'memory',
  'disk',
  'file-descriptors',
  'connections',
  'threads',
  'queue',
]);

function isLimitable(facet: Facet): boolean {
  return LIMITABLE.has(facet);
}

/** Finds the limit that belongs to a gauge. */
export type LimitIndex = (
  series: PreparedSeries,
  reading: ResourceReading,
) => PreparedSeries | null;

/**
 * Limits by service and resource. A limit belongs to a gauge when no label contradicts and their
 * names speak of the same thing (`hikaricp_connections_active` and `…_max`); across exporters
 * (`container_memory_working_set_bytes` and `kube_pod_container_resource_limits`) when they share
 * the container, pod or instance.
 */
export function indexLimits(
  limits: readonly { series: PreparedSeries; reading: ResourceReading }[],
): LimitIndex {
  const index = new Map<string, { series: PreparedSeries; reading: ResourceReading }[]>();
  const keyOf = (series: PreparedSeries, reading: ResourceReading, place: string) =>
    `${series.cls.service ?? ''}\n${reading.resource}\n${place}`;
  for (const entry of limits) {
    for (const place of [series(entry.series), '']) {
      const key = keyOf(entry.series, entry.reading, place);
      const list = index.get(key);
      if (list === undefined) index.set(key, [entry]);
      else if (list.length < MAX_TRIED) list.push(entry);
    }
  }
  return (gauge, reading) => {
    const candidates = [
      ...(index.get(keyOf(gauge, reading, series(gauge))) ?? []),
      ...(index.get(keyOf(gauge, reading, '')) ?? []),
    ];
    let best: PreparedSeries | null = null;
    let bestScore = 0;
    for (const candidate of candidates) {
      if (!compatible(gauge.labels, candidate.series.labels)) continue;
      const alike = similarity(reading.subject, candidate.reading.subject);
      const here = series(gauge) !== '' && series(gauge) === series(candidate.series);
      const score = alike + (here ? 0.5 : 0);
      if ((alike >= 0.5 || here) && score > bestScore) {
        best = candidate.series;
        bestScore = score;
      }
    }
    return best;
  };
  /** Where a series was taken: container and pod, or instance. */
  function series(one: PreparedSeries): string {
    const { labels } = one;
    const pod = labels.pod ?? labels.pod_name;
    if (pod !== undefined) return `${pod}/${labels.container ?? labels.container_name ?? ''}`;
    return one.instance ?? '';
  }
}

/** No label that both carry differs, but for those that name the process that was asked. */
function compatible(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const collectors = a.job !== b.job;
  for (const key in b) {
    if (key === '__name__' || key === 'job' || key === 'resource' || key === 'unit') continue;
    const other = a[key];
    if (other === undefined || other === b[key] || key === 'state') continue;
    if (collectors && (key === 'instance' || key === 'service')) continue;
    if (INSTANCE_KEY_SET.has(key) && collectors && key !== 'pod' && key !== 'node') continue;
    return false;
  }
  return true;
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / Math.max(1, a.size + b.size - shared);
}
