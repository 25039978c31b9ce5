/** How alerts become incidents. Durations in milliseconds. */
export type CorrelationSettings = {
  /** An alert joins an incident of its own service that had one this near in time. */
  groupMs: number;
  /** An alert joins an incident of a service that it calls, or that calls it, this near in time. */
  cascadeMs: number;
  /** Neighbours no longer join an incident that was opened longer ago than this. */
  spanMs: number;
  /** An incident that ended less long ago than this is opened again under its id. */
  reopenMs: number;
  /** So many starts of one alert within `flapMs` are flapping. */
  flapStarts: number;
  flapMs: number;
};

/**
 * A notice that an alert fires, under a start whose end is known, is a late delivery when it comes
 * this soon after that end; later it means that the alert fires again, its rule state having
 * survived a restart of Prometheus.
 */
export const LATE_MS = 120_000;

/** Alerts start late by the rule's `for` and the scrape interval: starts this near count as one. */
export const START_BLUR_MS = 120_000;

/** Different alerts of different services that one incident tells apart; more are lumped together. */
export const MOST_PARTS = 2000;
