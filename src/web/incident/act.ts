import type { IncidentView, Viewer } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { tokenField } from '#src/web/parts/fields.ts';
import { fold, section } from '#src/web/parts/section.ts';

/**
 * What a person does with the incident: one form, a button for each deed. Whoever is not signed in
 * types the token in; nothing is done by following a link.
 */
export function act(view: IncidentView, viewer: Viewer): Html | null {
  if (viewer.isSignedIn) return section('act', 'Act', form(view, viewer));
  const signIn = localUrl(['sign-in'], { next: `/incidents/${view.summary.id}` });
  return section(
    'act',
    'Act',
    html`<p><a class="button" href="${signIn}">Sign in to act</a></p>
${fold('act', 'Or show the token for one deed', form(view, viewer), 'more')}`,
  );
}

/** The first button is what Enter does in a field: nothing that closes the incident. */
function form({ summary, job }: IncidentView, { isSignedIn, name }: Viewer): Html {
  const { id, acknowledgedAt, status } = summary;
  const to = (deed: string) => localUrl(['incidents', id, deed]);
  const button = (deed: string, words: string, kind: string): Html =>
    html`<button class="${kind}" formaction="${to(deed)}">${words}</button>`;
  const isOver = status === 'resolved';
  const isIdle = job === null || job.state === 'dead' || job.state === 'done';
  return html`<form method="post" action="${to('note')}">
<p class="field"><label for="note">Note</label>
<textarea id="note" name="note" rows="2" maxlength="2000"></textarea></p>
${
  isSignedIn && name !== null
    ? html`<input type="hidden" name="by" value="${name}"><p class="quiet">As ${name}</p>`
    : html`<p class="field"><label for="by">Your name</label>
<input id="by" name="by" maxlength="100" autocomplete="name"></p>`
}
${!isSignedIn && tokenField()}
<p class="buttons">${!isOver && acknowledgedAt === null && button('acknowledge', 'Acknowledge', 'primary')}
<button class="plain">Add note</button>
${!isOver && status !== 'mitigated' && button('mitigate', 'Mitigated', 'plain')}
${!isOver && button('resolve', 'Resolve', 'plain')}
${isIdle && button('retry', 'Investigate again', 'plain')}</p>
</form>`;
}
