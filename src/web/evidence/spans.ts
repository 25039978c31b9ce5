import type { SpanRecord } from '#src/domain/bundle.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { clock } from '#src/web/parts/moment.ts';

const FEW = 6;
const MANY = 60;

export function spansBody(spans: readonly SpanRecord[], { book, isShort }: BodyOptions): Html {
  const shown = spans.slice(0, isShort ? FEW : MANY);
  const hidden = spans.length - shown.length;
  return html`<ul class="rows">${shown.map(
    ({ service, name, start, durationMs, status }) =>
      html`<li>${clock(start, book.reference)} <span>${service}: ${name}, ${Math.round(durationMs)} ms${
        status === 'ERROR' && html` <strong>error</strong>`
      }</span></li>`,
  )}</ul>${hidden > 0 && html`<p class="quiet">and ${hidden} more</p>`}`;
}
