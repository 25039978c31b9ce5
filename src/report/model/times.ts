import type { Result } from '#src/domain/result.ts';
import { formatDuration, formatTime, parseTime } from '#src/domain/time.ts';

/** When an incident began, was noticed and ended, as far as it is known; milliseconds. */
export type IncidentTimes = {
  onset: number | null;
  detected: number | null;
  /** When the last alert ended; null while one fires or where there is none. */
  ended: number | null;
};

export function timesOf({ incident, triage }: Result): IncidentTimes {
  const ends = incident.alerts.map(({ endsAt }) => (endsAt === null ? null : parseTime(endsAt)));
  const known = ends.filter((end) => end !== null);
  return {
    onset: triage.onsetAt === null ? null : parseTime(triage.onsetAt),
    detected: parseTime(incident.detectedAt),
    ended: known.length > 0 && known.length === ends.length ? Math.max(...known) : null,
  };
}

/** How long it lasted, in words. */
export function durationOf({ onset, detected, ended }: IncidentTimes): string {
  const start = onset ?? detected;
  if (start === null) return 'not known';
  if (ended === null) return 'not over when this was written';
  return formatDuration(Math.max(0, ended - start));
}

/** The last moment that a result tells of, RFC 3339. */
export function lastMoment(results: readonly Result[]): string {
  const moments = results.flatMap(({ evidence, incident }) => [
    ...evidence.map(({ window }) => window.end),
    ...incident.timeline.map(({ at }) => at),
    incident.detectedAt,
  ]);
  const last = moments.reduce((most, time) => Math.max(most, parseTime(time) ?? 0), 0);
  return formatTime(last);
}
