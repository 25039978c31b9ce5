import type { Cite, Evidence } from '#src/domain/evidence.ts';

/** One sentence of a model with what it rests on. */
export type Claim = { text: string; cites: readonly Cite[] };

/** A change as code has judged it. */
export type JudgedChange = {
  /** Sha, version or name, as the evidence has it. */
  id: string;
  /** When it took effect, milliseconds since the epoch; null where that is not known. */
  liveAt: number | null;
  /** Why it cannot have been; null while it can. */
  acquitted: string | null;
};

/** What claims are checked against. */
export type CheckContext = {
  evidence: ReadonlyMap<string, Evidence>;
  /** Names that may be used without standing in the cited evidence: services, alerts. */
  names: ReadonlySet<string>;
  /** Since when there is harm, milliseconds since the epoch; null where that is not known. */
  onset: number | null;
  changes: readonly JudgedChange[];
  /** What the statement is for. */
  use: 'triage' | 'cause' | 'step';
  /** Shas, versions and flags that the statement may speak of as the cause. */
  accusable: ReadonlySet<string>;
};

/** @returns why the claim does not hold, in plain words, or null where it does */
export type Check = (claim: Claim, context: CheckContext) => string | null;
