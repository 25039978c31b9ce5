import type { NameReading } from '#src/metrics/classify/name-reading.ts';
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
  /** One quantile of a summary. */
  quantile: boolean;
};

export type FacetReading = { facet: Facet; signal: SignalKind; harm: Harm };

/** Writes a reading. */
export const reading = (facet: Facet, signal: SignalKind, harm: Harm): FacetReading => ({
  facet,
  signal,
  harm,
});

/** Tells what a series measures if it knows the words, else null; `has` asks for any of a set. */
export type Rule = (
  input: FacetInput,
  has: (words: ReadonlySet<string>) => boolean,
) => FacetReading | null;
