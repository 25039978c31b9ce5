import type { Severity } from '#src/domain/alert.ts';
import { INCIDENT_EVENTS } from '#src/domain/correlation.ts';
import type { IncidentStatus } from '#src/domain/incident.ts';
import type { Category, Remediation, Result, Verdict } from '#src/domain/result.ts';
import type { IncidentEvent } from '#src/domain/side-effect.ts';
import { formatTime } from '#src/domain/time.ts';

/** What a message may be about: what happened to an incident, that nobody took it on, or a trial. */
export const BRIEF_EVENTS = [...INCIDENT_EVENTS, 'unacknowledged', 'test'] as const;
export type BriefEvent = (typeof BRIEF_EVENTS)[number];

/**
 * What of an incident leaves the machine: bounded, clean and complete, so that whatever is made of
 * it (a mail, a chat message, a ticket) needs nothing else. Times are RFC 3339.
 */
export type IncidentBrief = {
  event: BriefEvent;
  at: string;
  /** What happened, in words. */
  what: string;
  incident: {
    id: string;
    alertname: string;
    service: string;
    /** Others with alerts. */
    others: string[];
    severity: Severity;
    status: IncidentStatus;
    detectedAt: string;
    resolvedAt: string | null;
    acknowledgedBy: string | null;
    /** The incident that it turned out to be a part of. */
    mergedInto: string | null;
    firing: number;
    alerts: number;
  };
  onsetAt: string | null;
  /** What is failing. */
  summary: string | null;
  /** What the sender of `POST /notify` says beside its summary, by lines. */
  details: string[];
  verdict: {
    verdict: Verdict | string;
    /** 0..1 */
    confidence: number;
    category: Category | string;
    statement: string;
    remediation: Remediation | null;
    /** A full sha. */
    commit: string | null;
    /** `file:line` */
    location: string | null;
  } | null;
  /** Other services that suffer. */
  blastRadius: string[];
  /** What to do next. */
  steps: string[];
  /** What the verdict rests on. */
  evidence: { id: string; summary: string }[];
  /** How much was sought in vain. */
  gaps: number;
};

/** Makes outside text fit to leave: secrets out, one line, at most so many characters. */
export type Clean = (text: string, most: number) => string;

const MOST = { lines: 30, services: 10, steps: 3, evidence: 5 } as const;

/** Reduces an event of an incident to what may leave. Pure; every outside text goes through `clean`. */
export function briefOf(event: IncidentEvent, clean: Clean, as?: BriefEvent): IncidentBrief {
  const { incident, result, request } = event;
  const { service } = incident;
  const names = (all: readonly string[]): string[] =>
    all
      .filter((name) => name !== service)
      .slice(0, MOST.services)
      .map((name) => clean(name, 80));
  const summary = result?.triage.summary;
  return {
    event: as ?? event.kind,
    at: formatTime(event.at),
    what: clean(event.what, 300),
    incident: {
      id: incident.id,
      alertname: clean(alertnameOf(incident.title, service), 120) || 'alert',
      service: clean(service, 120) || 'unknown service',
      others: names(incident.services),
      severity: incident.severity,
      status: incident.status,
      detectedAt: incident.detectedAt,
      resolvedAt: incident.resolvedAt,
      acknowledgedBy: incident.acknowledgedBy === null ? null : clean(incident.acknowledgedBy, 100),
      mergedInto: incident.mergedInto,
      firing: incident.alerts.firing,
      alerts: incident.alerts.total,
    },
    onsetAt: result?.triage.onsetAt ?? null,
    summary: summary ? clean(summary, 600) : null,
    details: detailsOf(request?.analysis ?? '', clean),
    verdict: verdictOf(event, clean),
    blastRadius: names(result?.triage.blastRadius ?? []),
    steps: (result?.rootCause?.nextSteps ?? result?.triage.nextChecks ?? [])
      .slice(0, MOST.steps)
      .map(({ text }) => clean(text, 300)),
    evidence: result ? evidenceOf(result, clean) : [],
    gaps: result?.gaps.length ?? 0,
  };
}

function detailsOf(text: string, clean: Clean): string[] {
  const lines = text
    .split('\n', MOST.lines * 4)
    .map((line) => clean(line, 600))
    .filter((line) => line !== '');
  return lines.length <= MOST.lines ? lines : [...lines.slice(0, MOST.lines - 1), '…'];
}

/** Titles are made as `<alert> on <service>`, perhaps with more behind it. */
function alertnameOf(title: string, service: string): string {
  const at = title.lastIndexOf(` on ${service}`);
  return at > 0 ? title.slice(0, at) : title;
}

function verdictOf({ incident, result }: IncidentEvent, clean: Clean): IncidentBrief['verdict'] {
  const found = result?.rootCause ?? incident.verdict;
  if (!found) return null;
  const cause = result?.rootCause ?? null;
  const location = cause?.location;
  return {
    verdict: found.verdict,
    confidence: found.confidence,
    category: found.category,
    statement: clean(found.statement, 600),
    remediation: cause?.remediation ?? null,
    commit: cause?.commit ? clean(cause.commit, 64) : null,
    location: location ? clean(`${location.file}:${location.line}`, 200) : null,
  };
}

function evidenceOf(
  { rootCause, triage, evidence }: Result,
  clean: Clean,
): IncidentBrief['evidence'] {
  const byId = new Map(evidence.map((item) => [item.id, item]));
  const cited = [...(rootCause?.cites ?? []), ...triage.cites].map(({ id }) => id);
  return [...new Set(cited)]
    .flatMap((id) => byId.get(id) ?? [])
    .slice(0, MOST.evidence)
    .map(({ id, summary }) => ({ id, summary: clean(summary, 240) }));
}
