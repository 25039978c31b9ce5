import type { Incident, TimelineEntry } from '#src/domain/incident.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { citations } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { clock } from '#src/web/parts/moment.ts';
import { prose } from '#src/web/parts/prose.ts';
import { fold, section } from '#src/web/parts/section.ts';

const MANY = 24;
const KEPT = 8;

/** What happened, in order. Of a long one the middle unfolds: the beginning and the end are read. */
export function timeline(
  { timeline: entries }: Pick<Incident, 'timeline'>,
  book: Book,
  onsetAt: string | null,
): Html | null {
  if (entries.length === 0) return null;
  const { reference } = book;
  const line = ({ at, what, cites }: TimelineEntry): Html =>
    html`<li class="${at === onsetAt ? 'onset' : 'event'}"><span class="when">${clock(at, reference)}</span> <div>${prose(what, reference)}${citations(cites, book)}</div></li>`;
  const list = (some: readonly TimelineEntry[]): Html =>
    html`<ol class="timeline">${some.map(line)}</ol>`;
  const isLong = entries.length > MANY;
  const middle = entries.slice(KEPT, -KEPT);
  return section(
    'timeline',
    'Timeline',
    html`<p class="quiet">Times in UTC</p>${
      isLong
        ? [
            list(entries.slice(0, KEPT)),
            fold('timeline', `${middle.length} more in between`, list(middle), 'more'),
            list(entries.slice(-KEPT)),
          ]
        : list(entries)
    }`,
  );
}
