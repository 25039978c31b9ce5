import type { CauseSign, DerivedSignal, ServiceHarm } from '#src/metrics/contract.ts';

/** What else is known of a service when one of its harms is weighed. */
export type DoubtContext = {
  causes: readonly CauseSign[];
  /** What the signals behind its harms measure. */
  facets: ReadonlyMap<string, DerivedSignal['facet']>;
  /** The last sample at which it was seen to serve requests, milliseconds since the epoch. */
  lastServed: number;
};

/** What is left of "down" while requests go on being served, wholly and by some of the processes. */
const ALL_SERVED = 0.1;
const PARTLY_DOWN = 0.3;
/** What is left of refused requests that came on top of the usual ones. */
const ON_TOP = 0.2;

/**
 * Takes back what other signals contradict. A scrape that fails is no outage while another exporter
 * (or the other processes) go on counting requests served. Refused requests that came on top of
 * the usual ones are somebody trying doors, not users turned away.
 */
export function doubted(harm: ServiceHarm, known: DoubtContext): ServiceHarm {
  const facet = known.facets.get(harm.signalId);
  if (harm.shift === null) return harm;
  const { onset, onsetAfter, level } = harm.shift;
  const step = onset - onsetAfter;
  if (facet === 'up' || facet === 'presence') {
    if (known.lastServed <= onset + 2 * step) return harm;
    const left = level > 0 ? PARTLY_DOWN : ALL_SERVED;
    return { ...harm, strength: harm.strength * left, failing: false };
  }
  if (facet !== 'client-error-ratio') return harm;
  const surged = known.causes.some(
    (sign) => sign.kind === 'traffic-surge' && Math.abs(sign.onset - onset) <= 2 * step,
  );
  return surged ? { ...harm, strength: harm.strength * ON_TOP } : harm;
}
