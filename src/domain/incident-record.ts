import type { Severity } from '#src/domain/alert.ts';
import type { Incident, IncidentStatus } from '#src/domain/incident.ts';
import type { Result } from '#src/domain/result.ts';

/** A line of the list of incidents. Times are RFC 3339. */
export type IncidentSummary = {
  id: string;
  title: string;
  status: IncidentStatus;
  severity: Severity;
  /** The likely first mover. */
  service: string;
  /** All services with alerts, the first mover first. */
  services: string[];
  alerts: { firing: number; total: number };
  detectedAt: string;
  updatedAt: string;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  resolvedAt: string | null;
  isFlapping: boolean;
  /** Where it went when it turned out to be a part of another incident. */
  mergedInto: string | null;
  /** Grows with every change of any incident. */
  revision: number;
  verdict: { verdict: string; confidence: number; category: string; statement: string } | null;
};

/** What an analysis that was asked for is to look at, beside what the registry says. */
export type AnalysisRequest = { logPaths?: string[]; repoPath?: string };

/** How an investigation of an incident stands. */
export type JobState = {
  state: 'queued' | 'running' | 'done' | 'dead';
  /** Investigations that gave a result. */
  runs: number;
  /** Attempts of the present one that failed. */
  attempts: number;
  /** When it is due, for one that waits. */
  dueAt: string | null;
  lastError: string | null;
};

/** A side effect as the incident page shows it. */
export type EffectState = {
  id: number;
  key: string;
  kind: string;
  target: string;
  state: 'waiting' | 'running' | 'done' | 'dead' | 'cancelled';
  attempts: number;
  decidedAt: string;
  settledAt: string | null;
  receipt: string | null;
  lastError: string | null;
};

/** An incident that was like this one; what they have in common, in words. */
export type SimilarIncident = {
  id: string;
  title: string;
  at: string;
  score: number;
  why: string[];
};

/** Everything about one incident. */
export type IncidentView = {
  summary: IncidentSummary;
  /** The incident with its timeline and alerts (the worst two hundred). */
  incident: Incident;
  /** The newest result, with the incident as it is now. */
  result: Result | null;
  job: JobState | null;
  effects: EffectState[];
  similar: SimilarIncident[];
};

/** A side effect that was given up, with the incident that it was for. */
export type DeadEffect = EffectState & { incidentId: string | null };

/** The list of incidents as its page shows it. */
export type IncidentList = {
  incidents: readonly IncidentSummary[];
  /** What it was asked for. */
  filter: { open: boolean; failed: boolean; service: string | null };
  /** There are more than were asked for. */
  isCut: boolean;
  /** Side effects that were given up, the newest first. */
  deadEffects: readonly DeadEffect[];
};

/** Who looks at a page. */
export type Viewer = {
  /** Whether what they do is taken without the token being typed in once more. */
  isSignedIn: boolean;
  /** The name that they gave, if they did. */
  name: string | null;
};
