import type { OutsideEvent } from '#src/domain/bundle.ts';
import type { EvidenceData } from '#src/domain/evidence.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { moment } from '#src/web/parts/moment.ts';
import { shorten } from '#src/web/parts/prose.ts';

const SHORT = 600;
const LONG = 20_000;

/** A runbook or a past incident, as it is written: nothing in it is followed. */
export function textBody(
  { title, text }: Extract<EvidenceData, { type: 'text' }>,
  { isShort }: BodyOptions,
): Html {
  return html`<p><strong>${shorten(title, 300)}</strong></p>
<pre class="text">${shorten(text, isShort ? SHORT : LONG)}</pre>`;
}

export function eventBody(event: OutsideEvent, { book, isShort }: BodyOptions): Html {
  return html`<p><strong>${shorten(event.title, 500)}</strong>, ${moment(event.timestamp, book.reference)}</p>
${event.body !== undefined && html`<pre class="text">${shorten(event.body, isShort ? SHORT : LONG)}</pre>`}`;
}
