import type { IncidentSummary } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { confidence, severityBadge, statusBadge } from '#src/web/parts/badge.ts';
import { livelyMoment } from '#src/web/parts/moment.ts';
import { clipped, count, prose, shorten } from '#src/web/parts/prose.ts';

const MOST_STATEMENT = 240;

/** An incident in a few lines: how bad, what, since when, who has it, and what is thought to have done it. */
export function incidentItem(summary: IncidentSummary): Html {
  const { id, title, status, severity, service, services, alerts, verdict } = summary;
  const others = services.length - 1;
  return html`<li class="incident-item"><p class="badges">${severityBadge(severity)} ${statusBadge(status)}${
    summary.isFlapping && html` <span class="badge">Flapping</span>`
  }</p>
<h3><a href="${localUrl(['incidents', id])}">${title.trim() === '' ? id : shorten(title, 300)}</a></h3>
<p><strong>${service}</strong>${others > 0 && ` and ${count(others, 'other service')}`}, since ${livelyMoment(summary.detectedAt)}</p>
<p class="quiet">${count(alerts.total, 'alert')}, ${alerts.firing} firing. ${ownerWords(summary)}</p>
${verdict && html`<p class="cause"><strong>${verdict.verdict}</strong> ${confidence(verdict.confidence)} ${prose(clipped(verdict.statement, MOST_STATEMENT), summary.detectedAt)}</p>`}</li>`;
}

function ownerWords({ acknowledgedAt, acknowledgedBy, status }: IncidentSummary): string {
  if (acknowledgedAt !== null) return `${acknowledgedBy ?? 'Somebody'} has it.`;
  return status === 'resolved' ? '' : 'Nobody has it.';
}
