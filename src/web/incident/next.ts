import type { Result } from '#src/domain/result.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { cited } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { prose, shorten } from '#src/web/parts/prose.ts';
import { firstFew, section } from '#src/web/parts/section.ts';

const FEW = 6;

/** What to check or undo next. */
export function next({ triage, rootCause }: Result, book: Book): Html | null {
  const steps =
    rootCause && rootCause.nextSteps.length > 0 ? rootCause.nextSteps : triage.nextChecks;
  const query = rootCause?.nextQuery ?? null;
  const ways = rootCause?.alternatives ?? [];
  if (steps.length === 0 && query === null && ways.length === 0) return null;
  const list = (items: readonly Html[]): Html => html`<ol class="steps">${items}</ol>`;
  const items = steps.map((step) => html`<li>${cited(step, book)}</li>`);
  return section(
    'next',
    'What to do next',
    html`${items.length > 0 && firstFew('next', items, FEW, list)}
${query !== null && html`<p>The query that would tell more:</p><pre class="code">${shorten(query, 2000)}</pre>`}
${ways.length > 0 && html`<p>Ways forward:</p><ul>${ways.slice(0, 10).map((way) => html`<li>${prose(way, book.reference)}</li>`)}</ul>`}`,
  );
}
