import type { Severity } from '#src/domain/alert.ts';
import type { BriefEvent, IncidentBrief } from '#src/domain/brief.ts';
import { linkTo, sheetOf } from '#src/domain/brief-sheet.ts';
import { limited } from '#src/platform/limited.ts';

/** Limits of the Events API v2 (developer.pagerduty.com/docs/events-api-v2). */
export const PAGERDUTY_LIMITS = { summary: 1024, dedupKey: 255, bytes: 512 * 1024 } as const;

const SEVERITIES: Record<Severity, 'critical' | 'error' | 'warning' | 'info'> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
};

export type PagerDutyEvent = {
  routing_key: string;
  event_action: 'trigger' | 'acknowledge' | 'resolve';
  dedup_key: string;
  payload?: {
    summary: string;
    source: string;
    severity: 'critical' | 'error' | 'warning' | 'info';
    timestamp: string;
    component: string;
    class: string;
    custom_details: Record<string, unknown>;
  };
  client?: string;
  client_url?: string;
  links?: { href: string; text: string }[];
};

/** What happens at PagerDuty when something happens to an incident; nothing where not named. */
const ACTIONS: Partial<Record<BriefEvent, PagerDutyEvent['event_action']>> = {
  opened: 'trigger',
  reopened: 'trigger',
  'severity-raised': 'trigger',
  unacknowledged: 'trigger',
  investigated: 'trigger',
  'investigation-failed': 'trigger',
  'notify-requested': 'trigger',
  test: 'trigger',
  acknowledged: 'acknowledge',
  resolved: 'resolve',
  merged: 'resolve',
};

/**
 * A brief as an event. One incident is one alert there, by its `dedup_key`.
 * @returns null when there is nothing to tell: an alert that is over must not be opened anew
 */
export function pagerDutyEvent(
  brief: IncidentBrief,
  routingKey: string,
  publicUrl: string | undefined,
): PagerDutyEvent | null {
  const { event, incident } = brief;
  const action = ACTIONS[event];
  if (action === undefined) return null;
  if (action === 'trigger' && (incident.status === 'resolved' || incident.mergedInto !== null)) {
    return null;
  }
  const common = {
    routing_key: routingKey,
    event_action: action,
    dedup_key: limited(`incident/${incident.id}`, PAGERDUTY_LIMITS.dedupKey),
  };
  if (action !== 'trigger') return common;
  const link = linkTo(incident.id, publicUrl);
  return {
    ...common,
    payload: {
      ...payloadOf(brief, publicUrl),
      timestamp: brief.at,
      source: incident.service,
      component: incident.service,
      class: incident.alertname,
      severity: SEVERITIES[incident.severity],
    },
    client: 'incident',
    ...(link ? { client_url: link, links: [{ href: link, text: 'Open the incident' }] } : {}),
  };
}

function payloadOf(
  brief: IncidentBrief,
  publicUrl: string | undefined,
): { summary: string; custom_details: Record<string, unknown> } {
  const { headline, paragraphs, facts, lists, notes } = sheetOf(brief, publicUrl);
  return {
    summary: limited(headline, PAGERDUTY_LIMITS.summary),
    custom_details: {
      ...(paragraphs.length > 0 ? { what: paragraphs.join(' ') } : {}),
      ...Object.fromEntries(facts.map(({ label, value }) => [label.toLowerCase(), value])),
      ...Object.fromEntries(lists.map(({ title, items }) => [title.toLowerCase(), items])),
      ...(notes.length > 0 ? { notes } : {}),
    },
  };
}
