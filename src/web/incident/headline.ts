import type { IncidentView } from '#src/domain/incident-record.ts';
import type { Condition } from '#src/domain/result.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { severityBadge, statusBadge } from '#src/web/parts/badge.ts';
import { livelyMoment, moment } from '#src/web/parts/moment.ts';
import { count, prose } from '#src/web/parts/prose.ts';

const WORDS: Record<Condition, string> = {
  failing: 'is failing',
  degraded: 'is degraded',
  healthy: 'is healthy',
  unknown: 'could not be judged',
};

/** What is read first and may be all that is read: how bad, what, since when, who has it. */
export function headline({ summary, result }: IncidentView): Html {
  const { severity, status, service, title, isFlapping, detectedAt } = summary;
  const triage = result?.triage;
  return html`<header class="headline">
<p class="badges">${severityBadge(severity)} ${statusBadge(status)}${
    isFlapping && html` <span class="badge">Flapping</span>`
  }</p>
<h1>${triage ? `${triage.service} ${WORDS[triage.condition]}` : service}</h1>
<p class="title">${title}</p>
${triage && html`<p>${prose(triage.summary, triage.onsetAt ?? detectedAt)}</p>`}
<p class="since">${sinceWords(summary, triage?.onsetAt ?? null)}</p>
${whoElse(summary)}${ownership(summary)}
</header>`;
}

function sinceWords({ detectedAt, alerts }: IncidentView['summary'], onsetAt: string | null): Html {
  const told = html`${count(alerts.total, 'alert')}, ${alerts.firing} firing`;
  if (onsetAt === null) return html`Alerted ${livelyMoment(detectedAt)}. ${told}.`;
  const lead = (parseTime(detectedAt) ?? 0) - (parseTime(onsetAt) ?? 0);
  const words =
    Math.abs(lead) < 1000
      ? 'as the alert says'
      : `${formatDuration(lead)} ${lead > 0 ? 'before' : 'after'} the first alert`;
  return html`Began ${livelyMoment(onsetAt)}, ${words}. ${told}.`;
}

function whoElse({ service, services }: IncidentView['summary']): Html | null {
  const others = services.filter((one) => one !== service);
  if (others.length === 0) return null;
  return html`<p>Also alerting: ${others
    .slice(0, 12)
    .map(
      (one, index) =>
        html`${index > 0 && ', '}<a href="${localUrl(['incidents'], { service: one })}">${one}</a>`,
    )}${others.length > 12 && ` and ${others.length - 12} more`}.</p>`;
}

function ownership({
  acknowledgedBy,
  acknowledgedAt,
  resolvedAt,
  detectedAt,
}: IncidentView['summary']): Html {
  const taken =
    acknowledgedAt === null
      ? html`Nobody has acknowledged it.`
      : html`${acknowledgedBy ?? 'somebody'} has it, since ${moment(acknowledgedAt, detectedAt)}.`;
  return html`<p>${resolvedAt === null ? taken : html`Resolved at ${moment(resolvedAt, detectedAt)}. ${acknowledgedAt !== null && taken}`}</p>`;
}
