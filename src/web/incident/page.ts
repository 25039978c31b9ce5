import type { IncidentView, Viewer } from '#src/domain/incident-record.ts';
import { openBook } from '#src/web/evidence/book.ts';
import { html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
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

/** An incident from what must be known at once to what it all rests on. */
export function incidentPage(view: IncidentView, viewer: Viewer): Page {
  const { summary, result, incident } = view;
  const book = openBook(view);
  const onsetAt = result?.triage.onsetAt ?? null;
  return page({
    title: `${summary.severity}: ${summary.title} (${summary.service})`,
    viewer,
    events: localUrl(['events'], { incident: summary.id }),
    body: html`<div class="incident">
<div data-live="top" class="top">
${headline(view)}
${progress(view)}
${result?.rootCause && verdict(result.rootCause, book)}
${result && next(result, book)}
</div>
<div data-live="act" class="aside">${act(view, viewer)}</div>
<div data-live="rest" class="rest">
${result && signals(result, book)}
${timeline(incident, book, onsetAt)}
${result && findings(result, book)}
${result && reach(result)}
${result && fix(result.fix)}
${result && suspects(result, book)}
${result && acquitted(result, book)}
${result && hypotheses(result, book)}
${effects(view)}
${past(view)}
${result && gaps(result)}
${result && evidenceList(result, book)}
${alerts(view, book)}
${result && about(result)}
<p class="quiet">${summary.id}</p>
</div>
</div>`,
  });
}
