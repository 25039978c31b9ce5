import type { Remediation, RootCause, Verdict } from '#src/domain/result.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { citations } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { confidence } from '#src/web/parts/badge.ts';
import { prose } from '#src/web/parts/prose.ts';
import { facts, section } from '#src/web/parts/section.ts';

const VERDICT_WORDS: Record<Verdict, string> = {
  confirmed: 'Confirmed',
  likely: 'Likely',
  inconclusive: 'Inconclusive',
};

const REMEDIATION_WORDS: Record<Remediation, string | null> = {
  rollback: 'Roll back',
  'roll-forward': 'Roll forward with a fix',
  'config-revert': 'Revert the configuration',
  'feature-flag-disable': 'Switch the feature flag off',
  scale: 'Scale',
  failover: 'Fail over',
  'rotate-certificate': 'Rotate the certificate',
  'fix-data': 'Repair the data',
  'wait-upstream': 'Wait for the upstream, and tell them',
  restart: 'Restart',
  none: null,
};

/** What did it, and how sure that is. */
export function verdict(rootCause: RootCause, book: Book): Html | null {
  const { statement, cites, category, commit, location, service, remediation } = rootCause;
  const isFine = category === 'none';
  return section(
    'cause',
    'Cause',
    html`<p class="verdict verdict-${rootCause.verdict}"><strong>${
      isFine ? 'Nothing is wrong' : VERDICT_WORDS[rootCause.verdict]
    }</strong> ${confidence(rootCause.confidence)}</p>
<div class="statement"><p>${prose(statement, book.reference)}</p>${citations(cites, book)}</div>
${facts([
  ['kind', isFine ? null : category],
  ['where', service],
  ['commit', commit && html`<code class="sha">${commit}</code>`],
  ['code', location && html`<code>${location.file}:${location.line}</code>`],
  ['remedy', REMEDIATION_WORDS[remediation]],
])}`,
  );
}
