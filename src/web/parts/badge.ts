import type { Severity } from '#src/domain/alert.ts';
import type { IncidentStatus } from '#src/domain/incident.ts';
import { type Html, html } from '#src/web/html/html.ts';

const STATUS_WORDS: Record<IncidentStatus, string> = {
  open: 'Open',
  investigating: 'Investigating',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
};

export function severityBadge(severity: Severity): Html {
  return html`<span class="badge severity-${severity}">${severity}</span>`;
}

export function statusBadge(status: IncidentStatus): Html {
  return html`<span class="badge status-${status}">${STATUS_WORDS[status]}</span>`;
}

/** How sure the verdict is: a word, a number, and the same as a bar. */
export function confidence(value: number): Html {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return html`<span class="confidence"><meter min="0" max="100" value="${percent}" aria-hidden="true"></meter>
    <span>confidence ${percent} %</span></span>`;
}
