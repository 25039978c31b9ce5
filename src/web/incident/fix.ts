import type { FixProposal } from '#src/domain/fix.ts';
import { diff } from '#src/web/evidence/diff.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { outsideUrl } from '#src/web/html/url.ts';
import { count, shorten } from '#src/web/parts/prose.ts';
import { facts, fold, section } from '#src/web/parts/section.ts';

const MOST_LINES = 400;
const DECISIONS: Record<FixProposal['decision'], string> = {
  'open-pr': 'To be proposed as a pull request',
  'show-only': 'Shown only; nothing was opened',
  none: 'No fix is proposed',
};
const STRATEGIES = { revert: 'reverts the change', patch: 'patches the code' } as const;

/** The proposed change, the proof that it works, and what stood against it. */
export function fix(proposal: FixProposal | null): Html | null {
  if (!proposal) return null;
  const { decision, strategy, why, risk, files, pullRequest, proof, guards } = proposal;
  const url = pullRequest ? outsideUrl(pullRequest.url) : null;
  const refused = guards.filter(({ ok }) => !ok);
  return section(
    'fix',
    'Fix',
    html`<p><strong>${DECISIONS[decision]}.</strong> ${shorten(why, 2000)}</p>
${facts([
  ['how', strategy === null ? null : STRATEGIES[strategy]],
  ['risk', risk],
  [
    'changes',
    files.length === 0 ? null : `${count(files.length, 'file')}: ${shorten(files.join(', '), 600)}`,
  ],
  [
    'pull request',
    pullRequest &&
      html`${url ? html`<a href="${url}" rel="noreferrer">#${pullRequest.number}</a>` : `#${pullRequest.number}`}${pullRequest.draft && ' (draft)'} <code>${pullRequest.branch}</code>`,
  ],
])}
${refused.map(({ id, message }) => html`<p class="notice bad">Refused by the guard ${id}: ${shorten(message, 500)}</p>`)}
${proof.length > 0 && html`<h3>Proof</h3><ul class="statements">${proof.map(proofStep)}</ul>`}
${proposal.diff !== null && fold('fix-diff', 'Diff', diff(proposal.diff, MOST_LINES))}`,
  );
}

function proofStep({ step, ok, before, after, seconds }: FixProposal['proof'][number]): Html {
  return html`<li><strong>${ok ? 'Holds' : 'Does not hold'}</strong>: ${shorten(step, 300)} <span class="quiet">${seconds.toFixed(1)} s</span>${
    before !== null && html`<pre class="log">before: ${shorten(before, 1000)}</pre>`
  }${after !== null && html`<pre class="log">after: ${shorten(after, 1000)}</pre>`}</li>`;
}
