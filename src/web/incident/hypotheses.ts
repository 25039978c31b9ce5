import type { Hypothesis, Result } from '#src/domain/result.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { citations } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { prose } from '#src/web/parts/prose.ts';
import { firstFew, section } from '#src/web/parts/section.ts';

const FEW = 4;
const MOST = 20;
const WORDS: Record<Hypothesis['status'], string> = {
  supported: 'Supported',
  refuted: 'Refuted',
  untested: 'Untested',
};

/** The explanations that were weighed against each other. */
export function hypotheses({ investigation }: Result, book: Book): Html | null {
  const all = investigation?.hypotheses ?? [];
  if (all.length === 0) return null;
  const item = ({ statement, status, score, supports, contradicts, test }: Hypothesis): Html => {
    return html`<li class="hypothesis-${status}"><p><strong>${WORDS[status]}</strong> <span class="quiet">weight ${Math.round(score * 100)} %</span></p>
<p>${prose(statement, book.reference)}</p>
${supports.length > 0 && html`<div class="for">For ${citations(supports, book)}</div>`}
${contradicts.length > 0 && html`<div class="against">Against ${citations(contradicts, book)}</div>`}
${test !== '' && html`<p class="quiet">What would settle it: ${prose(test, book.reference)}</p>`}</li>`;
  };
  const list = (items: readonly Html[]): Html => html`<ul class="cards">${items}</ul>`;
  return section(
    'hypotheses',
    'Explanations weighed',
    firstFew('hypotheses', all.slice(0, MOST).map(item), FEW, list),
  );
}
