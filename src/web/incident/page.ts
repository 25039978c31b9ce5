import type { IncidentView, Viewer } from '#src/domain/incident-record.ts';
import { openBook } from '#src/web/evidence/book.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { fragmentUrl, localUrl } from '#src/web/html/url.ts';
import { about, alerts, gaps } from '#src/web/incident/about.ts';
import { act } from '#src/web/incident/act.ts';
import { effects } from '#src/web/incident/effects.ts';
import { evidenceList } from '#src/web/incident/evidence-list.ts';
import { findings, reach } from '#src/web/incident/findings.ts';
import { fix } from '#src/web/incident/fix.ts';
import { headline } from '#src/web/incident/headline.ts';
import { hypotheses } from '#src/web/incident/hypotheses.ts';
import { next } from '#src/web/incident/next.ts';
import { past } from '#src/web/incident/past.ts';
import { progress } from '#src/web/incident/progress.ts';
import { signals } from '#src/web/incident/signals.ts';
import { acquitted, suspects } from '#src/web/incident/suspects.ts';
import { timeline } from '#src/web/incident/timeline.ts';
import { verdict } from '#src/web/incident/verdict.ts';
import { type Page, page } from '#src/web/layout.ts';

/** A part of the page: its id, a word for the links to it, and itself where there is anything to tell. */
type Chapter = readonly [id: string, words: string, part: Html | null];

/** An incident from what must be known at once to what it all rests on. */
export function incidentPage(view: IncidentView, viewer: Viewer): Page {
  const { summary, result, incident } = view;
  const book = openBook(view);
  const cause = result?.rootCause && verdict(result.rootCause, book);
  const steps = result && next(result, book);
  const rest: Chapter[] = [
    ['signals', 'Signals', result && signals(result, book)],
    ['timeline', 'Timeline', timeline(incident, book, result?.triage.onsetAt ?? null)],
    ['seen', 'Seen', result && findings(result, book)],
    ['reach', 'Who else', result && reach(result)],
    ['fix', 'Fix', result && fix(result.fix)],
    ['suspects', 'Suspects', result && suspects(result, book)],
    ['acquitted', 'Acquitted', result && acquitted(result, book)],
    ['hypotheses', 'Explanations', result && hypotheses(result, book)],
    ['sent', 'Sent', effects(view, viewer)],
    ['past', 'Before', past(view)],
    ['gaps', 'Not seen', result && gaps(result)],
    ['evidence', 'Evidence', result && evidenceList(result, book)],
    ['alerts', 'Alerts', alerts(view, book)],
    ['about', 'About', result && about(result)],
  ];
  return page({
    title: `${summary.severity}: ${summary.title} (${summary.service})`,
    viewer,
    events: localUrl(['events'], { incident: summary.id }),
    body: html`<div class="incident">
<div data-live="top" class="top">
${headline(view)}
${progress(view)}
${cause}
${steps}
</div>
<div data-live="act" class="aside">${act(view, viewer)}
${contents(rest)}</div>
<div data-live="rest" class="rest">
${rest.map(([, , part]) => part)}
<p class="quiet">${summary.id}</p>
</div>
</div>`,
  });
}

/** Links to the parts that are there: the page is long on a phone. */
function contents(chapters: readonly Chapter[]): Html {
  const there = chapters.filter(([, , part]) => part !== null);
  return html`<nav class="contents" aria-label="On this page"><ul>${there.map(
    ([id, words]) => html`<li><a href="${fragmentUrl(id)}">${words}</a></li>`,
  )}</ul></nav>`;
}
