import type { NameReading } from '#src/metrics/classify/name-reading.ts';
import * as vocabulary from '#src/metrics/classify/vocabulary.ts';
import type { Facet, Harm, SignalKind, Unit } from '#src/metrics/contract.ts';

/** What a rule may look at to tell what a series measures. */
export type FacetInput = {
  name: NameReading;
  unit: Unit;
  counter: boolean;
  /** Part of a histogram or a summary. */
  distribution: boolean;
  /** Raw values: the smallest and largest, and whether all are 0 or 1. */
  min: number;
  max: number;
  binary: boolean;
  hasPeer: boolean;
};

export type FacetReading = { facet: Facet; signal: SignalKind; harm: Harm };

const reading = (facet: Facet, signal: SignalKind, harm: Harm): FacetReading => ({
  facet,
  signal,
  harm,
});

type Rule = (
  input: FacetInput,
  has: (words: ReadonlySet<string>) => boolean,
) => FacetReading | null;

/** Moments told as epoch seconds: start times, last successes, expiries. */
const moment: Rule = ({ name, unit }) => {
  if (unit !== 'timestamp') return null;
  const { stems } = name;
  const any = (...list: string[]) => list.some((word) => stems.has(word));
  if (any('expiry', 'expire', 'expiration', 'after', 'notafter', 'valid')) {
    return reading('expiry', 'other', 'down');
  }
  if (any('start', 'started', 'boot', 'created', 'starttime')) {
    return reading('restart', 'other', 'none');
  }
  return reading('freshness', 'other', 'up');
};

const info: Rule = ({ name, min, max }) =>
  name.words.at(-1) === 'info' || (name.stems.has('build') && min === 1 && max === 1)
    ? reading('info', 'other', 'none')
    : null;

const upness: Rule = ({ name, binary, hasPeer, unit }, has) => {
  const { stems } = name;
  const probe = stems.has('probe') && stems.has('success');
  const last = name.words.at(-1) ?? '';
  const speaks = probe || vocabulary.UP_WORDS.has(last) || (binary && has(vocabulary.UP_WORDS));
  if (!speaks || (unit !== 'none' && unit !== 'ratio')) return null;
  if (!binary && last !== 'up' && !probe) return null;
  const ofDependency = hasPeer || has(vocabulary.CLIENT_WORDS) || stems.has('connected');
  if (ofDependency && !probe) return reading('dependency-up', 'dependency', 'down');
  return reading('up', 'up', 'down');
};

const replicas: Rule = ({ name, counter, distribution }, has) => {
  const { stems } = name;
  if (counter || distribution || !has(vocabulary.REPLICA_WORDS)) return null;
  if (stems.has('unavailable') || stems.has('unhealthy') || stems.has('down')) {
    return reading('replicas', 'up', 'up');
  }
  const counted = stems.has('available') || stems.has('ready') || has(vocabulary.UP_WORDS);
  if (counted && !has(vocabulary.MEMORY_WORDS) && !has(vocabulary.CPU_WORDS)) {
    return reading('replicas', 'up', 'down');
  }
  return stems.has('replica') ? reading('limit', 'other', 'none') : null;
};

const lifecycle: Rule = ({ name, distribution }, has) => {
  if (distribution) return null;
  if (name.stems.has('uptime') && !name.stems.has('ratio')) {
    return reading('restart', 'other', 'none');
  }
  return has(vocabulary.RESTART_WORDS) ? reading('restart', 'saturation', 'up') : null;
};

const throttling: Rule = (_, has) =>
  has(vocabulary.THROTTLE_WORDS) ? reading('throttling', 'saturation', 'up') : null;

/** Shares of requests that went well: availability, success rate. */
const availability: Rule = ({ name, unit, counter, min, max }, has) => {
  if (counter || !has(vocabulary.AVAILABILITY_WORDS) || has(vocabulary.ERROR_WORDS)) return null;
  const { stems } = name;
  const isShare = unit === 'ratio' || has(vocabulary.SHARE_WORDS);
  const isNamed = stems.has('availability') || stems.has('sli');
  return (isShare || isNamed) && min >= 0 && max <= 100
    ? reading('error-ratio', 'errors', 'down')
    : null;
};

const failures: Rule = ({ name, unit, counter, distribution, min, max }, has) => {
  const { stems } = name;
  const isAmount = unit === 'seconds' || unit === 'bytes';
  if (distribution && isAmount) return null;
  if (stems.has('budget')) return reading('value', 'other', 'down');
  if (stems.has('retry') || stems.has('retried')) return reading('value', 'other', 'up');
  if (has(vocabulary.CLIENT_ERROR_WORDS)) return reading('client-error-ratio', 'errors', 'up');
  if (!has(vocabulary.ERROR_WORDS)) return null;
  const isSetting = unit === 'seconds' || has(vocabulary.LIMIT_WORDS);
  if (stems.has('timeout') && !counter && isSetting) return reading('limit', 'other', 'none');
  if (has(vocabulary.NETWORK_WORDS)) return reading('network', 'saturation', 'up');
  if (isAmount) return null;
  const isShare = unit === 'ratio' || (!counter && has(vocabulary.SHARE_WORDS));
  const bounded = unit === 'ratio' || (min >= 0 && max <= 1);
  return isShare && bounded
    ? reading('error-ratio', 'errors', 'up')
    : reading('error-rate', 'errors', 'up');
};

const runtime: Rule = ({ name, unit, distribution }, has) => {
  if (has(vocabulary.LOOP_WORDS)) return reading('event-loop', 'saturation', 'up');
  if (!has(vocabulary.GC_WORDS)) return null;
  if (unit === 'bytes' || name.stems.has('percent')) return reading('value', 'other', 'none');
  return distribution || unit === 'seconds' || name.counterSuffix
    ? reading('gc', 'saturation', 'up')
    : reading('value', 'other', 'none');
};

const queues: Rule = ({ name, unit, counter }, has) => {
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

const resources: Rule = ({ name, unit, counter, distribution }, has) => {
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

const limits: Rule = ({ counter, distribution }, has) =>
  !counter && !distribution && has(vocabulary.LIMIT_WORDS)
    ? reading('limit', 'other', 'none')
    : null;

const latency: Rule = ({ unit, distribution, counter }, has) => {
  if (has(vocabulary.LATENCY_WORDS)) return reading('latency', 'latency', 'up');
  if (unit !== 'seconds') return null;
  if (distribution) return reading('latency', 'latency', 'up');
  return has(vocabulary.TIMED_WORDS) && !counter ? reading('latency', 'latency', 'up') : null;
};

const cache: Rule = ({ name, unit, counter }, has) => {
  if (!name.stems.has('cache') && !name.stems.has('keyspace')) return null;
  const isShare = unit === 'ratio' || (!counter && has(vocabulary.SHARE_WORDS));
  if (name.stems.has('hit')) return reading('cache', 'other', isShare ? 'down' : 'none');
  if (name.stems.has('miss') || name.stems.has('eviction')) return reading('cache', 'other', 'up');
  return null;
};

const traffic: Rule = ({ unit, counter, distribution, name }, has) => {
  if (unit === 'bytes' || unit === 'seconds' || unit === 'ratio') return null;
  if (has(vocabulary.REQUEST_WORDS)) return reading('request-rate', 'traffic', 'both');
  if (has(vocabulary.EVENT_WORDS) && (counter || distribution || name.ratedName)) {
    return reading('event-rate', 'traffic', 'both');
  }
  return null;
};

const throughput: Rule = ({ unit, counter }) =>
  unit === 'bytes' && counter ? reading('network', 'other', 'none') : null;

/** In order: the first rule that knows the words wins. */
const RULES: readonly Rule[] = [
  moment,
  info,
  lifecycle,
  upness,
  throttling,
  availability,
  failures,
  runtime,
  replicas,
  cache,
  queues,
  resources,
  latency,
  traffic,
  limits,
  throughput,
];

/** What a series measures and which movement of it hurts, by its words, unit and behaviour. */
export function facetOf(input: FacetInput): FacetReading {
  const { stems } = input.name;
  const has = (words: ReadonlySet<string>): boolean => {
    for (const word of stems) if (words.has(word)) return true;
    return false;
  };
  for (const rule of RULES) {
    const found = rule(input, has);
    if (found !== null) return found;
  }
  return reading('value', 'other', 'none');
}

/** The facet and harm that fit a signal which the series' source has named. */
export function facetOfSignal(signal: SignalKind, guess: FacetReading): FacetReading {
  if (guess.signal === signal || signal === 'other') return guess;
  switch (signal) {
    case 'traffic':
      return reading('request-rate', 'traffic', 'both');
    case 'latency':
      return reading('latency', 'latency', 'up');
    case 'errors':
      return guess.harm === 'down' && guess.facet === 'up'
        ? reading('error-ratio', 'errors', 'down')
        : reading('error-rate', 'errors', 'up');
    case 'up':
      return reading('up', 'up', 'down');
    case 'dependency':
      return reading('dependency-up', 'dependency', guess.facet === 'error-rate' ? 'up' : 'down');
    case 'saturation':
      return reading(
        guess.facet === 'value' ? 'value' : guess.facet,
        'saturation',
        guess.harm === 'down' ? 'down' : 'up',
      );
  }
}
