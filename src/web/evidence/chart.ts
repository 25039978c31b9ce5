import { chartSvg } from '#src/charts/chart-svg.ts';
import { asSignal } from '#src/charts/contract.ts';
import { marksFor } from '#src/charts/marks.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { type Html, html, ownMarkup } from '#src/web/html/html.ts';

/** Narrow, so that its words can be read on a phone; wider screens show it larger. Pixels. */
const WIDTH = 400;
const HEIGHT = 190;
/** Each mark may take a row of its own above the picture. */
const MARK_HEIGHT = 16;

/** The picture of a signal with its onset and what was changed around it, or null where there is none to draw. */
export function chart(evidence: Evidence, { evidence: all }: Pick<Book, 'evidence'>): Html | null {
  const signal = asSignal(evidence);
  if (!signal) return null;
  const marks = marksFor(signal, all);
  const height = HEIGHT + marks.length * MARK_HEIGHT;
  const svg = chartSvg(signal, marks, { width: WIDTH, height });
  return html`<figure class="signal">${ownMarkup(svg)}</figure>`;
}
