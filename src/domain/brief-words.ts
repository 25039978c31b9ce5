import type { IncidentBrief } from '#src/domain/brief.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';

/** A time for people in all zones: `2026-03-01 14:03 UTC`. Input is RFC 3339. */
export function clockTime(time: string): string {
  const at = parseTime(time);
  if (at === null) return time;
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A confidence in percent; nothing is ever certain. Input 0..1. */
export function percent(confidence: number): string {
  return `${Math.min(99, Math.round(Math.max(0, confidence) * 100))} %`;
}

/** Characters of the answer that a locked phone has room for. */
const MOST_ANSWER = 100;

/** The commit and what to do about it where there is one, else what is said. */
function causeInShort({
  commit,
  remediation,
  statement,
}: NonNullable<IncidentBrief['verdict']>): string {
  if (commit === null) return inShort(statement);
  const remedy = remediation && remediation !== 'none' ? `; ${remediation}` : '';
  return `commit ${commit.slice(0, 10)}${remedy}`;
}

/** The first sentence of a statement, cut at a word where it is long. */
function inShort(statement: string): string {
  const end = statement.search(/[.:;] /);
  const first = end < 0 ? statement : statement.slice(0, end);
  if (first.length <= MOST_ANSWER) return first.replace(/[.]$/, '');
  const head = first.slice(0, MOST_ANSWER);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), MOST_ANSWER / 2)).toWellFormed()}…`;
}

const VERDICT_WORDS: Record<string, string> = {
  confirmed: 'cause confirmed',
  likely: 'likely cause',
  inconclusive: 'no cause proven; best lead',
};

/** How sure the answer is, in words that promise no more than the verdict. */
export function sureness(verdict: string): string {
  return VERDICT_WORDS[verdict] ?? 'possible cause';
}

/** How long it took or takes, or null when a time is missing. */
export function lasted(from: string | null, to: string | null): string | null {
  const start = from === null ? null : parseTime(from);
  const end = to === null ? null : parseTime(to);
  return start === null || end === null || end < start ? null : formatDuration(end - start);
}

/**
 * The one line that a locked phone shows: what, where, how bad, and the answer where there is one.
 */
export function headlineOf({ event, at, what, incident, onsetAt, verdict }: IncidentBrief): string {
  const { alertname, service, severity } = incident;
  const name = `${alertname} on ${service}`;
  const since = clockTime(onsetAt ?? incident.detectedAt).slice(11);
  const answer = verdict ? `${sureness(verdict.verdict)}: ${causeInShort(verdict)}` : null;
  switch (event) {
    case 'opened':
      return `${severity.toUpperCase()}: ${name} since ${since}`;
    case 'reopened':
      return `${severity.toUpperCase()} again: ${name}`;
    case 'severity-raised':
      return `Now ${severity.toUpperCase()}: ${name}`;
    case 'flapping':
      return `Flapping: ${name}`;
    case 'merged':
      return `${name} is a part of ${incident.mergedInto ?? 'another incident'}`;
    case 'acknowledged':
      return `${name}: acknowledged by ${incident.acknowledgedBy ?? 'somebody'}`;
    case 'mitigated':
      return `Mitigated: ${name}`;
    case 'resolved': {
      const duration = lasted(onsetAt ?? incident.detectedAt, incident.resolvedAt ?? at);
      return `Resolved${duration ? ` after ${duration}` : ''}: ${name}`;
    }
    case 'investigated':
      return `${severity.toUpperCase()}: ${name}: ${answer ?? 'investigated, no answer'}`;
    case 'investigation-failed':
      return `${severity.toUpperCase()}: ${name}: the investigation was given up`;
    case 'unacknowledged': {
      const open = lasted(incident.detectedAt, at);
      return `Nobody has taken on ${name}${open ? ` for ${open}` : ''} (${severity})`;
    }
    case 'notify-requested':
      return `${name}: ${what}`;
    case 'test':
      return 'Test message: this channel works';
  }
}
