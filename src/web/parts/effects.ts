import type { DeadEffect, EffectState, Viewer } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { localUrl, outsideUrl } from '#src/web/html/url.ts';
import { moment } from '#src/web/parts/moment.ts';
import { count, shorten } from '#src/web/parts/prose.ts';

const STATES: Record<EffectState['state'], string> = {
  waiting: 'Waits',
  running: 'Being sent',
  done: 'Sent',
  dead: 'Given up',
  cancelled: 'Not needed any more',
};

export type EffectOptions = {
  viewer: Viewer;
  /** The page that it is on, to come back to. */
  page: string;
  /** Times on its day are written without the day. */
  reference?: string;
};

/** One thing that was decided to be sent, and what became of it. */
export function effectItem(effect: EffectState | DeadEffect, options: EffectOptions): Html {
  const { reference } = options;
  const { kind, target, state, attempts, decidedAt, settledAt, receipt, lastError, id } = effect;
  const incident = 'incidentId' in effect ? effect.incidentId : null;
  const url = receipt === null ? null : outsideUrl(receipt);
  return html`<li class="effect-${state}"><p><strong>${STATES[state]}</strong>: ${kind} to ${target}${
    incident !== null && html`, for <a href="${localUrl(['incidents', incident])}">${incident}</a>`
  }</p>
<p class="quiet">decided ${moment(decidedAt, reference)}${
    settledAt !== null &&
    html`, ${state === 'done' ? 'sent' : 'ended'} ${moment(settledAt, reference)}`
  }, ${count(attempts, 'attempt')}</p>
${receipt !== null && html`<p class="quiet">answered: ${url ? html`<a href="${url}" rel="noreferrer">${shorten(receipt, 300)}</a>` : shorten(receipt, 300)}</p>`}
${lastError !== null && html`<p>${shorten(lastError, 1000)}</p>`}
${state === 'dead' && sendAgain(id, options)}</li>`;
}

/** Whoever is signed in presses a button; to the others the command is told. */
function sendAgain(id: number, { viewer, page }: EffectOptions): Html {
  if (!viewer.isSignedIn) return html`<p>Send it again: <code>incident retry ${id}</code></p>`;
  return html`<form method="post" action="${localUrl(['effects', String(id), 'retry'])}">
<input type="hidden" name="next" value="${page}"><button class="plain">Send again</button></form>`;
}
