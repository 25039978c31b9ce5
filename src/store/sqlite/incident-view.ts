import type { Alert } from '#src/domain/alert.ts';
import type { TimelineEntry } from '#src/domain/incident.ts';
import type { IncidentView, JobState } from '#src/domain/incident-record.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';
import { featuresOfAlerts } from '#src/store/features.ts';
import { readAlerts } from '#src/store/sqlite/alerts.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { effectsOfIncident } from '#src/store/sqlite/outbox.ts';
import { readResult } from '#src/store/sqlite/results.ts';
import { findSimilar, readFeatures } from '#src/store/sqlite/similar.ts';
import { readSummary, timeOrNull } from '#src/store/sqlite/summaries.ts';
import { readTimeline, type TimelineRow } from '#src/store/sqlite/timeline.ts';

/** Lines about single alerts in a timeline at the most. */
const MOST_ALERT_LINES = 50;
const MOST_SIMILAR = 5;
const LEAST_PREFIX = 5;

/** The full id for an id or the beginning of one, following merges; null when it is not unique. */
export function resolveId(db: Connection, id: string): string | null {
  const exact = db.get<{ id: string; merged_into: string | null }>(
    'SELECT id, merged_into FROM incident WHERE id = :id',
    { id },
  );
  if (exact) return exact.merged_into ?? exact.id;
  if (id.length < LEAST_PREFIX) return null;
  const found = db.all<{ id: string; merged_into: string | null }>(
    'SELECT id, merged_into FROM incident WHERE id >= :id AND id < :end ORDER BY id LIMIT 2',
    { id, end: `${id}\u{10ffff}` },
  );
  const [only] = found;
  return only && found.length === 1 ? (only.merged_into ?? only.id) : null;
}

/** Everything about an incident. @param redact takes secrets out of an alert */
export function readIncident(
  db: Connection,
  idOrPrefix: string,
  redact: (alert: Alert) => Alert,
): IncidentView | null {
  const id = resolveId(db, idOrPrefix);
  const summary = id === null ? null : readSummary(db, id);
  if (!id || !summary) return null;
  const { alerts, moreAlerts } = readAlerts(db, id);
  const result = readResult(db, id);
  const shown = alerts.map(redact);
  const incident = {
    id,
    title: summary.title,
    status: summary.status,
    severity: summary.severity,
    service: summary.service,
    alerts: shown,
    detectedAt: summary.detectedAt,
    acknowledgedAt: summary.acknowledgedAt,
    timeline: timelineOf(
      [...readTimeline(db, id).map(toEntry), ...(result?.incident.timeline ?? [])],
      shown,
      moreAlerts,
    ),
  };
  const own = readFeatures(db, id);
  const features = own.length > 0 ? own : featuresOfAlerts(summary.service, alerts);
  return {
    summary,
    incident,
    result: result ? { ...result, incident } : null,
    job: readJobState(db, id),
    effects: effectsOfIncident(db, id),
    similar: findSimilar(db, features, id, MOST_SIMILAR),
  };
}

function toEntry(row: TimelineRow): TimelineEntry {
  const times = row.count > 1 ? ` (${row.count} times, last at ${formatTime(row.last_at)})` : '';
  return { at: formatTime(row.at), what: `${row.what}${times}`, cites: [] };
}

/** What was told, and the beginning and end of each alert, in order of time. */
function timelineOf(
  told: readonly TimelineEntry[],
  alerts: readonly Alert[],
  moreAlerts: number,
): TimelineEntry[] {
  const lines: TimelineEntry[] = alerts.flatMap((alert) => {
    const name = alert.labels.alertname ?? 'alert';
    const began = { at: alert.startsAt, what: `${name} fires`, cites: [] };
    return alert.endsAt
      ? [began, { at: alert.endsAt, what: `${name} is over`, cites: [] }]
      : [began];
  });
  lines.sort(byTime);
  const hidden = Math.max(0, lines.length - MOST_ALERT_LINES);
  const shown = lines.slice(0, MOST_ALERT_LINES);
  const last = shown.at(-1);
  if (last && (hidden > 0 || moreAlerts > 0)) {
    shown.push({ at: last.at, what: `${hidden + moreAlerts} more lines about alerts`, cites: [] });
  }
  const all = [...told, ...shown].sort(byTime);
  // The analysis tells of alerts too; the same line twice is one.
  return all.filter((entry, at) => {
    const before = all[at - 1];
    return !before || before.at !== entry.at || before.what !== entry.what;
  });
}

function byTime(a: TimelineEntry, b: TimelineEntry): number {
  return (parseTime(a.at) ?? 0) - (parseTime(b.at) ?? 0) || compareText(a.what, b.what);
}

function readJobState(db: Connection, incidentId: string): JobState | null {
  const row = db.get<{
    state: JobState['state'];
    runs: number;
    attempts: number;
    due_at: number;
    last_error: string | null;
  }>('SELECT state, runs, attempts, due_at, last_error FROM job WHERE incident_id = :incidentId', {
    incidentId,
  });
  if (!row) return null;
  return {
    state: row.state,
    runs: row.runs,
    attempts: row.attempts,
    dueAt: row.state === 'queued' ? timeOrNull(row.due_at) : null,
    lastError: row.last_error,
  };
}
