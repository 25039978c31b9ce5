import { asSignal } from '#src/charts/contract.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import type { Result } from '#src/domain/result.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { chart } from '#src/web/evidence/chart.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { fragmentUrl } from '#src/web/html/url.ts';
import { fold, section } from '#src/web/parts/section.ts';

const FEW = 4;
const MOST = 10;

/** Pictures of the signals that matter: those that the triage cites first, then those that shifted. */
export function signals(result: Result, book: Book): Html | null {
  const chosen = chooseSignals(result);
  if (chosen.length === 0) return null;
  const picture = (evidence: Evidence): Html =>
    html`<li>${chart(evidence, book)}<a class="quiet" href="${fragmentUrl(`e-${evidence.id}`)}">All of ${evidence.id}</a></li>`;
  const list = (some: readonly Evidence[]): Html =>
    html`<ul class="signals">${some.map(picture)}</ul>`;
  const rest = chosen.slice(FEW);
  return section(
    'signals',
    'Signals',
    html`${list(chosen.slice(0, FEW))}${rest.length > 0 && fold('signals', `${rest.length} more signals`, list(rest), 'more')}`,
  );
}

function chooseSignals({ triage, rootCause, evidence }: Result): Evidence[] {
  const statements = [...triage.indicators, ...(rootCause ? [rootCause] : []), triage];
  const cited = new Set(statements.flatMap(({ cites }) => cites.map(({ id }) => id)));
  return evidence
    .flatMap((one, index) => {
      const signal = asSignal(one);
      if (!signal) return [];
      const rank = (cited.has(one.id) ? 0 : 2) + (signal.data.onset ? 0 : 1);
      return rank < 3 ? [{ one, rank, index }] : [];
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MOST)
    .map(({ one }) => one);
}
