import type { Category, Remediation } from '#src/domain/result.ts';

/** A text that was observed: a log template with its sample, an exception, an event. */
export type ObservedText = {
  /** The index by which the caller knows where it came from. */
  ref: number;
  kind: 'log' | 'stack' | 'health' | 'span';
  service: string | null;
  text: string;
  /** First seen in the incident, milliseconds since the epoch, or null. */
  at: number | null;
  /** Occurrences in the incident window. */
  count: number;
  /** 0..1: how much it belongs to the incident (new or surging) and not to everyday noise. */
  weight: number;
};

/** A shifted signal that was observed. */
export type ObservedSignal = {
  ref: number;
  service: string | null;
  peer: string | null;
  /** What it measures, in the words of metrics/contract.ts (`cpu`, `disk`, `latency`, …). */
  facet: string;
  /** Name of the metric, lower case. */
  name: string;
  direction: 'up' | 'down';
  /** Milliseconds since the epoch. */
  at: number;
  /** 0..1 */
  strength: number;
};

export type Observations = { texts: readonly ObservedText[]; signals: readonly ObservedSignal[] };

/** Words in a text that speak for a class of failure. */
export type Phrase = {
  /** Applied to lower-cased text; linear. A group `peer` names the other side. */
  pattern: RegExp;
  /** 0..1: how well it tells this class from others. */
  weight: number;
};

/** A shift that speaks for a class of failure. */
export type SignalMatcher = {
  facets?: readonly string[];
  /** Applied to the metric's name. */
  name?: RegExp;
  direction?: 'up' | 'down';
  weight: number;
};

/** Where the cause lies, seen from the service that shows it. */
export type Culprit = 'self' | 'peer' | 'outside';

/**
 * A class of failure that no commit did, as data: what it looks like, what it predicts elsewhere,
 * what to check next.
 */
export type Signature = {
  id: string;
  /** A noun phrase: "expired TLS certificate". */
  title: string;
  category: Category;
  remediation: Remediation;
  culprit: Culprit;
  phrases: readonly Phrase[];
  signals: readonly SignalMatcher[];
  /** Phrases looked for in outside events only (cluster events, notices, maintenance). */
  events?: readonly Phrase[];
  /** Shifts that this class brings with it; seen ones support it, their lack weakens it. */
  predicts?: readonly { text: string; signal: Omit<SignalMatcher, 'weight'> }[];
  /** Data that came in shortly before the trouble speaks for it. */
  comesWithData?: true;
  /** A job that was started beside the service can be who takes it. */
  takenByNeighbour?: true;
  /** Without a name of who failed it says only where it hurts. */
  needsName?: true;
  /** A way in which many causes show, rarely the cause itself: other explanations come first. */
  isSymptom: boolean;
  /**
   * Errors of this class say that the world around a call is broken, not the code that makes it:
   * the line that a stack trace points to is then only where the trouble was met.
   */
  isEnvironmental: boolean;
  nextChecks: readonly string[];
  /** Where the class is described. */
  reference: string;
};

/** A signature that fits what was observed in one service. */
export type SignatureMatch = {
  signature: Signature;
  /** The service that shows it; null where nothing names one. */
  service: string | null;
  /** The other side, where the culprit is a peer. */
  peer: string | null;
  /** 0..1 */
  score: number;
  /** Refs of the observed texts and signals that fit, best first. */
  texts: number[];
  signals: number[];
  /** Predictions that were seen, and those that were not. */
  seen: string[];
  unseen: string[];
  /** When it first showed, milliseconds since the epoch, or null. */
  at: number | null;
};
