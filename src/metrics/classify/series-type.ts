import type { NameReading } from '#src/metrics/classify/name-reading.ts';
import * as vocabulary from '#src/metrics/classify/vocabulary.ts';
import type { SampleProfile } from '#src/metrics/samples/profile.ts';

/** Words of things that are held rather than counted up, so that a rise alone makes no counter. */
const HELD = [
  vocabulary.MEMORY_WORDS,
  vocabulary.QUEUE_WORDS,
  vocabulary.CONNECTION_WORDS,
  vocabulary.THREAD_WORDS,
  vocabulary.FD_WORDS,
  vocabulary.LIMIT_WORDS,
  vocabulary.SHARE_WORDS,
  vocabulary.LATENCY_WORDS,
  vocabulary.USED_WORDS,
  vocabulary.FREE_WORDS,
];

const COUNTED = [vocabulary.ERROR_WORDS, vocabulary.REQUEST_WORDS, vocabulary.EVENT_WORDS];

/** A counter, and whether its values are already rates. */
export type TypeReading = { counter: boolean; rated: boolean };

/**
 * Tells counters from gauges. The name or type field proposes, the behaviour decides: a counter
 * falls only when it starts again from near zero. What is named a counter but falls often was
 * rated before it was stored.
 * @param hasSibling the other parts of the same histogram or summary are there too
 */
export function typeOf(
  field: 'counter' | 'gauge' | 'histogram' | undefined,
  name: NameReading,
  profile: SampleProfile,
  ratedQuery: boolean,
  hasSibling: boolean,
): TypeReading {
  if (ratedQuery || name.ratedName) return { counter: false, rated: true };
  const has = (words: ReadonlySet<string>) => {
    for (const word of name.stems) if (words.has(word)) return true;
    return false;
  };
  const monotone = behavesAsCounter(profile);
  const counted = name.stems.has('offset') || (COUNTED.some(has) && !HELD.some(has));
  // `pg_stat_activity_count` is a gauge; `…_count` beside `…_sum` is part of a histogram.
  const suffixed = name.counterSuffix && (name.part !== 'count' || hasSibling || counted);
  const named = field === 'counter' || field === 'histogram' || suffixed;
  if (named && field !== 'gauge') {
    if (monotone) return { counter: true, rated: false };
    return { counter: false, rated: true };
  }
  if (field === 'gauge') return { counter: false, rated: false };
  const climbs = monotone && profile.count >= 4 && profile.rises >= 2 && profile.integers;
  if (counted && climbs && profile.min >= 0) return { counter: true, rated: false };
  return { counter: false, rated: counted };
}

/**
 * No fall, or falls that are few and go (nearly) to zero. Resets of a sum over several processes
 * fall less deep, but rarely.
 */
function behavesAsCounter(profile: SampleProfile): boolean {
  if (profile.min < 0) return false;
  if (profile.falls === 0) return true;
  const moves = profile.falls + profile.rises;
  if (profile.deepFalls === profile.falls) return profile.falls <= Math.max(1, moves * 0.25);
  return profile.falls <= Math.max(1, moves * 0.04);
}
