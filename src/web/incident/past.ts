import type { IncidentView } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { moment } from '#src/web/parts/moment.ts';
import { shorten } from '#src/web/parts/prose.ts';
import { section } from '#src/web/parts/section.ts';

/** Incidents like this one. */
export function past({ similar }: IncidentView): Html | null {
  if (similar.length === 0) return null;
  return section(
    'past',
    'Was it like this before?',
    html`<ul class="statements">${similar.map(
      ({ id, title, at, why }) =>
        html`<li><a href="${localUrl(['incidents', id])}">${title === '' ? id : shorten(title, 300)}</a>, ${moment(at)}${
          why.length > 0 && html`<br><span class="quiet">${shorten(why.join('; '), 600)}</span>`
        }</li>`,
    )}</ul>`,
  );
}
