import type { HealthCheck } from '#src/domain/bundle.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { clock } from '#src/web/parts/moment.ts';
import { shorten } from '#src/web/parts/prose.ts';

const FEW = 6;
const MANY = 60;

/** The newest health checks, those that failed told apart by a word. */
export function checkBody(checks: readonly HealthCheck[], { book, isShort }: BodyOptions): Html {
  const shown = checks.slice(-(isShort ? FEW : MANY));
  const hidden = checks.length - shown.length;
  return html`${hidden > 0 && html`<p class="quiet">the last ${shown.length} of ${checks.length} checks, times in UTC</p>`}
<ul class="rows">${shown.map(
    ({ timestamp, status, error, latencyMs }) =>
      html`<li>${clock(timestamp, book.reference)} <span>${
        error === undefined ? `HTTP ${status ?? '?'}` : `failed: ${shorten(error, 300)}`
      }${latencyMs === undefined ? '' : `, ${Math.round(latencyMs)} ms`}</span></li>`,
  )}</ul>`;
}
