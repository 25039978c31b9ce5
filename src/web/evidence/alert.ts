import type { Alert } from '#src/domain/alert.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { outsideUrl } from '#src/web/html/url.ts';
import { moment } from '#src/web/parts/moment.ts';
import { shorten } from '#src/web/parts/prose.ts';
import { facts } from '#src/web/parts/section.ts';

const MOST_VALUE = 1000;
const MOST_PAIRS = 40;

export function alertBody(alert: Alert, { book, isShort }: BodyOptions): Html {
  const url = alert.generatorURL ? outsideUrl(alert.generatorURL) : null;
  const pairs = (of: Record<string, string>): [string, string][] =>
    Object.entries(of)
      .slice(0, MOST_PAIRS)
      .map(([name, value]) => [name, shorten(value, MOST_VALUE)]);
  return html`${facts([
    ['fires since', moment(alert.startsAt, book.reference)],
    ['over at', alert.endsAt ? moment(alert.endsAt, book.reference) : null],
    ...pairs(alert.annotations),
    ...(isShort ? [] : pairs(alert.labels)),
  ])}${url && html`<p><a href="${url}" rel="noreferrer">Where the alert was made</a></p>`}`;
}
