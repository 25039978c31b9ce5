import type { IncidentEventKind } from '#src/domain/correlation.ts';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';

/** What may give rise to side effects. */
export type IncidentEvent = {
  kind: IncidentEventKind;
  /** Milliseconds since the epoch. */
  at: number;
  /** What happened, in words. */
  what: string;
  /** The incident as it is after the event. */
  incident: IncidentSummary;
  /** The newest result, where there is one. */
  result: Result | null;
  /** What a caller of `POST /notify` asked for. */
  request?: NotifyRequest;
};

/** The body of `POST /notify`. */
export type NotifyRequest = {
  service: string;
  alertname: string;
  summary: string;
  analysis: string;
};

/** What is to be done outside, as decided: written in the same transaction as what gave rise to it. */
export type EffectDraft = {
  /**
   * The idempotency key: the same decision always has the same key, and a key is written once.
   * Receivers that honour it see the effect once.
   */
  key: string;
  /** `notify`, `ticket`, `pull-request`… */
  kind: string;
  /** Which notifier, tracker or host. */
  target: string;
  /** Effects of one lane are sent one after another, in the order of their decision. */
  lane: string;
  /** Whatever the sender needs; kept as JSON. */
  payload: unknown;
  /** Not before this time, in milliseconds since the epoch. */
  notBefore?: number;
  /** Events of the incident that make the effect needless, if it was not sent by then. */
  cancelOn?: IncidentEventKind[];
  /** Lets it become a part of another effect when there are many. */
  fold?: EffectFold;
};

/**
 * When more than `most` effects of one target were decided within `withinMs`, what is decided then
 * goes into one common effect. Its payload is `{ folded: [{ key, payload }], more }`, oldest first;
 * `more` counts those beyond the hundred that are kept.
 */
export type EffectFold = {
  most: number;
  withinMs: number;
  /** The common effect; one that was sent already takes in nothing more. */
  into: { key: string; lane: string; notBefore: number };
};

/** Decides what an event gives rise to. Pure; called while a transaction is open, so it must be quick. */
export type EffectPlanner = (event: IncidentEvent) => EffectDraft[];

/** A side effect that is to be carried out now. */
export type SideEffect = {
  id: number;
  key: string;
  kind: string;
  target: string;
  incidentId: string | null;
  payload: unknown;
  /** From 1; a higher number says that an earlier attempt may have arrived. */
  attempt: number;
  /** What earlier effects of the lane were answered, oldest first: message ids, ticket numbers. */
  earlier: { key: string; kind: string; receipt: string }[];
};

/** Carries out side effects. */
export type SideEffectSender = {
  /**
   * Resolves when the receiver has accepted, with what it answered where that is of use later.
   * @throws UpstreamError, retried when `isRetryable`; any other IncidentError is final; anything
   * else is retried
   */
  send(effect: SideEffect, signal: AbortSignal): Promise<{ receipt?: string }>;
};
