import type { Alert, Severity } from '#src/domain/alert.ts';
import type { IncidentStatus } from '#src/domain/incident.ts';
import type { AnalysisRequest } from '#src/domain/incident-record.ts';

/**
 * What passes between the store, which keeps incidents, and the correlation, which decides what
 * an arriving alert means. All times are milliseconds since the Unix epoch.
 */

/** An alert on its way in. */
export type Arrival = {
  alert: Alert;
  service: string;
  receivedAt: number;
  /** An incident of its own, never grouped with others: somebody asked for this very analysis. */
  solo: boolean;
  /** What its investigation is to look at, where that was asked for. */
  analysis: AnalysisRequest | null;
};

/** One time that an alert fired: alerts are known by fingerprint and start. */
export type Occurrence = {
  fingerprint: string;
  startsAt: number;
  /** Null while it fires. */
  endsAt: number | null;
  /** Null for one that was over before it was ever seen to fire. */
  incidentId: string | null;
  service: string;
  alertname: string;
};

/** All alerts of one name on one service within an incident. */
export type IncidentPart = {
  service: string;
  alertname: string;
  /** Start of the first and of the latest of them. */
  firstStart: number;
  lastStart: number;
  /** How many fire now, and how many there were. */
  firing: number;
  total: number;
};

/** An incident as far as grouping must know it. */
export type IncidentSketch = {
  id: string;
  title: string;
  status: IncidentStatus;
  severity: Severity;
  /** The likely first mover: the service that the incident is about. */
  service: string;
  detectedAt: number;
  /** When it was last opened; later than `detectedAt` for one that came back. */
  openedAt: number;
  /** When an alert of it last came, ended or fired anew. */
  activeAt: number;
  resolvedAt: number | null;
  isAcknowledged: boolean;
  isFlapping: boolean;
  isSolo: boolean;
  /** Whether there is a result. */
  isInvestigated: boolean;
  parts: IncidentPart[];
};

/** What the correlation is told: the arrivals and whatever of the past may matter to them. */
export type CorrelationInput = {
  now: number;
  arrivals: readonly Arrival[];
  /** Occurrences by fingerprint, newest first, for every fingerprint that arrives. */
  known: ReadonlyMap<string, readonly Occurrence[]>;
  /** Incidents that are not resolved, or not for long, of the services in question. */
  incidents: readonly IncidentSketch[];
};

export const INCIDENT_EVENTS = [
  'opened',
  'reopened',
  'severity-raised',
  'flapping',
  'merged',
  'acknowledged',
  'mitigated',
  'resolved',
  'investigated',
  'investigation-failed',
  'notify-requested',
] as const;
export type IncidentEventKind = (typeof INCIDENT_EVENTS)[number];

/** Something that happened to an incident: becomes a line of its timeline, and perhaps side effects. */
export type CorrelationEvent = {
  incidentId: string;
  kind: IncidentEventKind;
  at: number;
  what: string;
};

/** What the arrivals mean; the store writes all of it in one transaction. */
export type CorrelationPlan = {
  /** Incidents that are new or changed, as they are now. */
  incidents: IncidentSketch[];
  /** Occurrences that are new. */
  started: { occurrence: Occurrence; arrival: Arrival }[];
  /** Occurrences that are over. */
  ended: { fingerprint: string; startsAt: number; endsAt: number }[];
  /** Occurrences that fire again under the same start. */
  resumed: { fingerprint: string; startsAt: number }[];
  /** Deliveries of what is known already. */
  repeated: { incidentId: string | null; arrival: Arrival }[];
  /** Incidents that turned out to be one. */
  merged: { from: string; into: string }[];
  /** Incidents that need a look, or another look. */
  investigate: { incidentId: string; why: string }[];
  events: CorrelationEvent[];
};

/** Decides what alerts mean. Pure: the same input gives the same plan. */
export type Correlator = {
  serviceOf(alert: Alert): string;
  /** Services whose incidents matter to an alert of this one: itself and its neighbours. */
  related(service: string): readonly string[];
  correlate(input: CorrelationInput): CorrelationPlan;
  /** How long after its end an incident may be opened again, in milliseconds. */
  readonly reopenMs: number;
};
