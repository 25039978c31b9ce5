import type { Evidence, EvidenceData } from '#src/domain/evidence.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { chart } from '#src/web/evidence/chart.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { moment } from '#src/web/parts/moment.ts';
import { shorten } from '#src/web/parts/prose.ts';
import { facts } from '#src/web/parts/section.ts';

type Series = Extract<EvidenceData, { type: 'series' }>;

const MOST_LABELS = 30;

/** A signal: its picture, then the numbers that matter. */
export function seriesBody(evidence: Evidence, data: Series, { book, isShort }: BodyOptions): Html {
  const labels = Object.entries(data.metric).slice(0, MOST_LABELS);
  const isDrawn = !isShort || book.isFirst(evidence.id);
  return html`${isDrawn && chart(evidence, book)}${
    !isShort &&
    facts([
      ...seriesFacts(data, book.reference),
      ['samples', String(data.points.length)],
      ...labels.map(([name, value]) => [name, shorten(value, 300)] as const),
    ])
  }`;
}

/** Normal, extreme, newest, and when it left the normal. */
export function seriesFacts(data: Series, reference: string): [string, Html | string | null][] {
  const last = data.points.at(-1)?.[1] ?? null;
  const quantity = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : formatQuantity(value, data.unit);
  return [
    ['normal', quantity(data.baseline)],
    ['at worst', quantity(data.peak)],
    ['last', quantity(last)],
    ['onset', data.onset ? moment(data.onset, reference) : null],
  ];
}
