import type { Severity } from '#src/domain/alert.ts';
import type { IncidentStatus } from '#src/domain/incident.ts';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import { formatTime } from '#src/domain/time.ts';
import type { IncidentFilter } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { readHeadline } from '#src/store/sqlite/results.ts';
import { readParts } from '#src/store/sqlite/sketches.ts';

type IncidentRow = {
  id: string;
  title: string;
  status: IncidentStatus;
  severity: Severity;
  service: string;
  detected_at: number;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  resolved_at: number | null;
  is_flapping: number;
  merged_into: string | null;
  updated_at: number;
  revision: number;
};

/** Services named in a summary at the most; the parts of the incident page have them all. */
const MOST_SERVICES = 50;

export function readSummary(db: Connection, id: string): IncidentSummary | null {
  const row = db.get<IncidentRow>('SELECT * FROM incident WHERE id = :id', { id });
  return row ? toSummary(db, row) : null;
}

/** Newest first; after a revision the oldest change first, merged ones included. */
export function listSummaries(db: Connection, filter: IncidentFilter): IncidentSummary[] {
  const { open, service, failed, sinceRevision, limit } = filter;
  const conditions = [
    sinceRevision === undefined ? 'merged_into IS NULL' : 'revision > :sinceRevision',
    ...(open ? ["status <> 'resolved'"] : []),
    ...(service === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM part p WHERE p.incident_id = incident.id AND p.service = :service)`,
        ]),
    ...(failed
      ? [`EXISTS (SELECT 1 FROM job j WHERE j.incident_id = incident.id AND j.state = 'dead')`]
      : []),
  ];
  const order = sinceRevision === undefined ? 'detected_at DESC, id' : 'revision';
  const rows = db.all<IncidentRow>(
    `SELECT * FROM incident WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT :limit`,
    {
      limit,
      ...(service === undefined ? {} : { service }),
      ...(sinceRevision === undefined ? {} : { sinceRevision }),
    },
  );
  return rows.map((row) => toSummary(db, row));
}

function toSummary(db: Connection, row: IncidentRow): IncidentSummary {
  const parts = readParts(db, row.id);
  const services = [...new Set([row.service, ...parts.map((part) => part.service)])];
  const headline = readHeadline(db, row.id);
  const sum = (pick: 'firing' | 'total'): number =>
    parts.reduce((total, part) => total + part[pick], 0);
  return {
    id: row.id,
    title: row.title,
    status: row.status,
    severity: row.severity,
    service: row.service,
    services: services.slice(0, MOST_SERVICES),
    alerts: { firing: sum('firing'), total: sum('total') },
    detectedAt: formatTime(row.detected_at),
    updatedAt: formatTime(row.updated_at),
    acknowledgedAt: timeOrNull(row.acknowledged_at),
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: timeOrNull(row.resolved_at),
    isFlapping: row.is_flapping === 1,
    mergedInto: row.merged_into,
    revision: row.revision,
    verdict: headline
      ? {
          verdict: headline.verdict,
          confidence: headline.confidence,
          category: headline.category,
          statement: headline.statement,
        }
      : null,
  };
}

export function timeOrNull(millis: number | null): string | null {
  return millis === null ? null : formatTime(millis);
}
