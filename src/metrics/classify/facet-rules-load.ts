import { type Rule, reading } from '#src/metrics/classify/facet-rule.ts';
import * as vocabulary from '#src/metrics/classify/vocabulary.ts';
import type { Facet } from '#src/metrics/contract.ts';

export const runtime: Rule = ({ name, unit, distribution }, has) => {
  if (has(vocabulary.LOOP_WORDS)) return reading('event-loop', 'saturation', 'up');
  if (!has(vocabulary.GC_WORDS)) return null;
  if (unit === 'bytes' || name.stems.has('percent')) return reading('value', 'other', 'none');
  return distribution || unit === 'seconds' || name.counterSuffix
    ? reading('gc', 'saturation', 'up')
    : reading('value', 'other', 'none');
};

/** How old the newest data are: `data_age_seconds`, `replication_delay`, `time_since_last_run`. */
export const staleness: Rule = ({ name, unit, counter, distribution }, has) => {
  if (counter || distribution || unit !== 'seconds' || has(vocabulary.QUEUE_WORDS)) return null;
  const { stems } = name;
  const isAge = stems.has('age') || stems.has('since') || stems.has('staleness');
  return isAge ? reading('freshness', 'other', 'up') : null;
};

export const queues: Rule = ({ name, unit, counter }, has) => {
  if (counter || !has(vocabulary.QUEUE_WORDS)) return null;
  if (has(vocabulary.LIMIT_WORDS) && !name.stems.has('lag')) return null;
  return unit === 'none' || unit === 'seconds' || unit === 'count'
    ? reading('queue', 'saturation', 'up')
    : null;
};

const RESOURCES: readonly (readonly [Facet, ReadonlySet<string>])[] = [
  ['cpu', vocabulary.CPU_WORDS],
  ['file-descriptors', vocabulary.FD_WORDS],
  ['memory', vocabulary.MEMORY_WORDS],
  ['disk', vocabulary.DISK_WORDS],
  ['network', vocabulary.NETWORK_WORDS],
  ['connections', vocabulary.CONNECTION_WORDS],
  ['threads', vocabulary.THREAD_WORDS],
];

/** The resource that words speak of, or null. */
export function resourceOf(stems: ReadonlySet<string>): Facet | null {
  for (const [facet, words] of RESOURCES) {
    for (const word of words) if (stems.has(word)) return facet;
  }
  return null;
}

export const resources: Rule = ({ name, unit, counter, distribution }, has) => {
  if (distribution && !has(vocabulary.CPU_WORDS)) return null;
  const facet = resourceOf(name.stems);
  if (facet === null) return null;
  const isLatency = has(vocabulary.LATENCY_WORDS) && facet !== 'cpu';
  const isRequests = counter && has(vocabulary.REQUEST_WORDS) && facet !== 'cpu';
  if (isLatency || isRequests) return null;
  if (counter && unit === 'none' && (facet === 'connections' || facet === 'threads')) return null;
  if (has(vocabulary.LIMIT_WORDS) && !name.stems.has('utilization')) {
    return reading('limit', 'other', 'none');
  }
  // Throughput tells of load, not of a resource that runs out.
  const isThroughput = counter && unit === 'bytes' && facet !== 'memory';
  if (isThroughput) return reading(facet, 'other', 'none');
  return reading(facet, 'saturation', has(vocabulary.FREE_WORDS) ? 'down' : 'up');
};

export const limits: Rule = ({ counter, distribution }, has) =>
  !counter && !distribution && has(vocabulary.LIMIT_WORDS)
    ? reading('limit', 'other', 'none')
    : null;

export const latency: Rule = ({ name, unit, distribution, counter, quantile }, has) => {
  // A total of seconds grows with traffic and is no latency by itself.
  if (counter && !distribution && unit === 'seconds') return null;
  const isTimer = ['time', 'timer', 'timing'].some((word) => name.stems.has(word));
  if (name.statistic !== null && isTimer) return reading('latency', 'latency', 'up');
  if (quantile && unit !== 'bytes' && has(vocabulary.REQUEST_WORDS)) {
    return reading('latency', 'latency', 'up');
  }
  if (has(vocabulary.LATENCY_WORDS)) return reading('latency', 'latency', 'up');
  if (unit !== 'seconds') return null;
  if (distribution) return reading('latency', 'latency', 'up');
  return has(vocabulary.TIMED_WORDS) && !counter ? reading('latency', 'latency', 'up') : null;
};

export const cache: Rule = ({ name, unit, counter }, has) => {
  if (!name.stems.has('cache') && !name.stems.has('keyspace')) return null;
  if (unit === 'bytes' || unit === 'seconds') return null;
  const isShare = unit === 'ratio' || (!counter && has(vocabulary.SHARE_WORDS));
  if (name.stems.has('hit')) return reading('cache', 'other', isShare ? 'down' : 'none');
  if (name.stems.has('miss') || name.stems.has('eviction')) return reading('cache', 'other', 'up');
  return counter ? reading('cache', 'other', 'none') : null;
};

export const traffic: Rule = ({ unit, counter, distribution, name }, has) => {
  if (unit === 'bytes' || unit === 'seconds' || unit === 'ratio') return null;
  if (has(vocabulary.REQUEST_WORDS)) return reading('request-rate', 'traffic', 'both');
  if (has(vocabulary.EVENT_WORDS) && (counter || distribution || name.ratedName)) {
    return reading('event-rate', 'traffic', 'both');
  }
  return null;
};

/** Counters of things that nobody listed; a runtime's own counters are no business of users. */
const RUNTIME =
  /^(?:go|process|jvm|nodejs|python|dotnet|ruby|erlang|beam|promhttp|prometheus|scrape|node|container|kube)$/;

export const events: Rule = ({ name, counter, unit, distribution }) =>
  counter && !distribution && unit === 'none' && !RUNTIME.test(name.words[0] ?? '')
    ? reading('event-rate', 'traffic', 'both')
    : null;

export const throughput: Rule = ({ unit, counter }) =>
  unit === 'bytes' && counter ? reading('network', 'other', 'none') : null;
