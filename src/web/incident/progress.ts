import type { IncidentView } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { moment } from '#src/web/parts/moment.ts';
import { shorten } from '#src/web/parts/prose.ts';

/** How the investigation stands, where there is something to tell. */
export function progress({ job, result, summary }: IncidentView): Html | null {
  if (!job) return null;
  const { state, attempts, dueAt, lastError } = job;
  const failed =
    lastError !== null && html` The last attempt failed: <q>${shorten(lastError, 1000)}</q>.`;
  if (state === 'running') {
    return html`<p class="notice">The investigation is running${result && ' once more'}.${failed}</p>`;
  }
  if (state === 'queued') {
    return html`<p class="notice">The investigation waits for its turn${
      dueAt !== null && html`, due at ${moment(dueAt, summary.detectedAt)}`
    }.${failed}</p>`;
  }
  if (state !== 'dead') return null;
  return html`<div class="notice bad"><p><strong>The investigation was given up</strong> after ${attempts} failed ${
    attempts === 1 ? 'attempt' : 'attempts'
  }.${failed}</p><p>Start it again below, or with <code>incident retry ${summary.id}</code>.</p></div>`;
}
