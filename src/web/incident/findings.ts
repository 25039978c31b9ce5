import type { Result } from '#src/domain/result.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { cited } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { firstFew, section } from '#src/web/parts/section.ts';

const FEW = 6;
const MOST_SERVICES = 30;

/** What is seen. */
export function findings({ triage }: Result, book: Book): Html | null {
  const items = triage.indicators.map((one) => html`<li>${cited(one, book)}</li>`);
  const list = (some: readonly Html[]): Html => html`<ul class="statements">${some}</ul>`;
  return items.length === 0
    ? null
    : section('seen', 'What is seen', firstFew('seen', items, FEW, list));
}

/** Who broke first, and who suffers from it. */
export function reach({ triage }: Result): Html | null {
  const { firstFailingService: first, blastRadius, service } = triage;
  const isElsewhere = first !== null && first !== service;
  if (!isElsewhere && blastRadius.length === 0) return null;
  return section(
    'reach',
    'Who else',
    html`<ul>${isElsewhere && html`<li><strong>${first}</strong> broke first, by its own signals.</li>`}${
      blastRadius.length > 0 &&
      html`<li>Harmed: ${blastRadius.slice(0, MOST_SERVICES).join(', ')}${
        blastRadius.length > MOST_SERVICES && ` and ${blastRadius.length - MOST_SERVICES} more`
      }.</li>`
    }</ul>`,
  );
}
