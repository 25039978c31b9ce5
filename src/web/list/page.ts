import { SEVERITIES } from '#src/domain/alert.ts';
import type { IncidentList, IncidentSummary, Viewer } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { type Page, page } from '#src/web/layout.ts';
import { incidentItem } from '#src/web/list/item.ts';
import { effectItem } from '#src/web/parts/effects.ts';
import { count } from '#src/web/parts/prose.ts';
import { section } from '#src/web/parts/section.ts';

/** The list: what is open by how bad it is, then what is over, the newest first; and what was given up. */
export function listPage(list: IncidentList, viewer: Viewer): Page {
  const { incidents, filter, isCut, deadEffects } = list;
  const open = incidents.filter(({ status }) => status !== 'resolved').sort(byWeight);
  const over = incidents.filter(({ status }) => status === 'resolved');
  const worst = open[0];
  return page({
    title: worst ? `${count(open.length, 'incident')} open, ${worst.severity}` : 'Incidents',
    viewer,
    events: localUrl(['events']),
    body: html`<div data-live="list" class="list">
<h1>Incidents${filter.service !== null && ` of ${filter.service}`}</h1>
${filters(list)}
${incidents.length === 0 && html`<p class="notice">${emptyWords(filter)}</p>`}
${section('open', `Open (${open.length})`, items(open))}
${section('over', `Resolved (${over.length})`, items(over))}
${isCut && html`<p class="quiet">There are more; these are the newest ${incidents.length}.</p>`}
${section(
  'given-up',
  `Could not be sent (${deadEffects.length})`,
  deadEffects.length > 0 &&
    html`<ul class="cards">${deadEffects.map((effect) => effectItem(effect, { viewer, page: '/incidents' }))}</ul>`,
)}
</div>`,
  });
}

function items(incidents: readonly IncidentSummary[]): Html | null {
  return incidents.length === 0
    ? null
    : html`<ul class="incidents">${incidents.map(incidentItem)}</ul>`;
}

/** Worst first, then newest; ids settle the rest. */
function byWeight(a: IncidentSummary, b: IncidentSummary): number {
  const weight = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (weight !== 0) return weight;
  if (a.detectedAt !== b.detectedAt) return a.detectedAt > b.detectedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function filters({ filter }: IncidentList): Html {
  const service = filter.service ?? undefined;
  const choices = [
    { words: 'All', query: { service }, isOn: !filter.open && !filter.failed },
    { words: 'Open', query: { service, open: '1' }, isOn: filter.open },
    { words: 'Given up', query: { service, failed: '1' }, isOn: filter.failed },
  ];
  return html`<nav class="filters" aria-label="Which incidents"><ul>${choices.map(
    ({ words, query, isOn }) =>
      html`<li>${
        isOn
          ? html`<a href="${localUrl(['incidents'], query)}" aria-current="page">${words}</a>`
          : html`<a href="${localUrl(['incidents'], query)}">${words}</a>`
      }</li>`,
  )}${filter.service !== null && html`<li><a href="${localUrl(['incidents'])}">All services</a></li>`}</ul></nav>`;
}

function emptyWords({ open, failed, service }: IncidentList['filter']): string {
  const of = service === null ? '' : ` of ${service}`;
  if (failed) return `No investigation${of} was given up.`;
  return open ? `No incident${of} is open.` : `There are no incidents${of} yet.`;
}
