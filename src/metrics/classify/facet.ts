import {
  type FacetInput,
  type FacetReading,
  type Rule,
  reading,
} from '#src/metrics/classify/facet-rule.ts';
import * as health from '#src/metrics/classify/facet-rules-health.ts';
import * as load from '#src/metrics/classify/facet-rules-load.ts';
import type { SignalKind } from '#src/metrics/contract.ts';

/** In order: the first rule that knows the words wins. */
const RULES: readonly Rule[] = [
  health.moment,
  health.ownWords,
  health.info,
  health.lifecycle,
  health.upness,
  health.throttling,
  health.availability,
  health.failures,
  load.runtime,
  health.replicas,
  load.cache,
  load.staleness,
  load.queues,
  load.resources,
  load.latency,
  load.traffic,
  load.limits,
  load.throughput,
  load.events,
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
