import type { IncidentView } from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';
import { formatDuration } from '#src/domain/time.ts';
import { alertBody } from '#src/web/evidence/alert.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { count, shorten } from '#src/web/parts/prose.ts';
import { facts, fold, section } from '#src/web/parts/section.ts';

const MOST_GAPS = 30;
const MOST_ALERTS = 50;

/** What was sought and could not be had: it lowers the confidence. */
export function gaps({ gaps: all }: Result): Html | null {
  if (all.length === 0) return null;
  return section(
    'gaps',
    'Not seen',
    html`<ul class="statements">${all
      .slice(0, MOST_GAPS)
      .map(
        ({ source, why, hint }) =>
          html`<li><strong>${source}</strong>: ${shorten(why, 600)}${hint !== undefined && html`. ${shorten(hint, 400)}`}</li>`,
      )}</ul>${all.length > MOST_GAPS && html`<p class="quiet">and ${all.length - MOST_GAPS} more</p>`}`,
  );
}

/** The alerts as they came. */
export function alerts({ incident, summary }: IncidentView, book: Book): Html | null {
  const all = incident.alerts;
  if (all.length === 0) return null;
  const { total } = summary.alerts;
  return section(
    'alerts',
    'Alerts',
    html`${all
      .slice(0, MOST_ALERTS)
      .map((alert) =>
        fold(
          `alert-${alert.fingerprint}-${alert.startsAt}`,
          html`${alert.status === 'firing' ? 'Fires' : 'Over'}: ${shorten(alert.labels.alertname ?? 'alert', 200)} ${
            alert.annotations.summary !== undefined &&
            html`<span class="quiet">${shorten(alert.annotations.summary, 200)}</span>`
          }`,
          alertBody(alert, { book, cites: [], isShort: false }),
        ),
      )}${total > MOST_ALERTS && html`<p class="quiet">${count(total, 'alert')} in all</p>`}`,
  );
}

/** How the answer was made. */
export function about({ model, timings, evidence }: Result): Html | null {
  return section(
    'about',
    'About this answer',
    facts([
      ['evidence', count(evidence.length, 'observation')],
      [
        'model',
        model
          ? `${model.provider} ${model.name}, ${count(model.calls, 'call')}`
          : 'none; by rules alone',
      ],
      [
        'dropped',
        model && model.droppedStatements > 0
          ? `${count(model.droppedStatements, 'statement')} of the model whose citation did not hold`
          : null,
      ],
      ['took', formatDuration(timings.totalMs)],
    ]),
  );
}
