import type { Evidence } from '#src/domain/evidence.ts';
import type { Result } from '#src/domain/result.ts';
import { evidenceBody } from '#src/web/evidence/body.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { originOf } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { citesOf } from '#src/web/incident/cites-of.ts';
import { moment } from '#src/web/parts/moment.ts';
import { clipped, prose, shorten } from '#src/web/parts/prose.ts';
import { facts, fold, section } from '#src/web/parts/section.ts';

/** What nothing cites is told in a line each, so that the page stays small enough for a phone. */
const MOST_UNCITED = 200;

/** All evidence: what is cited with the bytes it rests on, the rest in a line each. */
export function evidenceList(result: Result, book: Book): Html | null {
  if (result.evidence.length === 0) return null;
  const cites = citesOf(result);
  const cited = result.evidence.filter(({ id }) => cites.has(id));
  const rest = result.evidence.filter(({ id }) => !cites.has(id));
  return section(
    'evidence',
    'Evidence',
    html`<div class="evidence">${cited.map((one) => item(one, book, cites))}</div>${
      rest.length > 0 &&
      fold(
        'evidence-rest',
        `${rest.length} more that nothing rests on`,
        html`<ul class="statements">${rest
          .slice(0, MOST_UNCITED)
          .map(
            (one) =>
              html`<li id="e-${one.id}"><strong>${one.id}</strong> ${prose(one.summary, book.reference)}</li>`,
          )}</ul>${
          rest.length > MOST_UNCITED &&
          html`<p class="quiet">and ${rest.length - MOST_UNCITED} more</p>`
        }`,
        'more',
      )
    }`,
  );
}

function item(evidence: Evidence, book: Book, cites: ReturnType<typeof citesOf>): Html {
  const { id, summary, query, window } = evidence;
  const body = html`<div id="e-${id}">${facts([
    ['from', originOf(evidence)],
    ['asked', html`<code>${shorten(query, 1000)}</code>`],
    [
      'window',
      html`${moment(window.start, book.reference)} to ${moment(window.end, book.reference)}`,
    ],
  ])}
${evidenceBody(evidence, { book, cites: cites.get(id) ?? [], isShort: false })}</div>`;
  const label = html`<span class="cite-id">${id}</span> ${prose(clipped(summary, 300), book.reference)}`;
  return fold(`e-${id}`, label, body);
}
