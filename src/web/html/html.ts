import { neutralize } from '#src/platform/sanitize.ts';
import { type Place, placesOf } from '#src/web/html/places.ts';
import { Url } from '#src/web/html/url.ts';

/** Markup that is safe to send. Only {@link html} and {@link ownMarkup} make it. */
export class Html {
  readonly #markup: string;

  /** Not for use outside this file. */
  constructor(key: typeof MAKER, markup: string) {
    if (key !== MAKER) throw new TypeError('use the html template');
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

const MAKER = Symbol('html');

/** What may stand in a `${}` of the template; null, undefined and false stand for nothing. */
export type Part = Html | Url | string | number | null | undefined | false | readonly Part[];

const PLACES = new WeakMap<TemplateStringsArray, readonly Place[]>();

/**
 * HTML in which everything that is filled in is inert. Texts are escaped and lose control, bidi
 * and invisible characters. Where a value would be more than text is decided by the template:
 * addresses take a {@link Url} only; in event handlers, style attributes, comments, names, tags,
 * scripts and styles, and in attributes without double quotes, nothing can be filled in at all.
 * @throws TypeError for such a template, with the first use of it
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let places = PLACES.get(strings);
  if (!places) {
    places = placesOf(strings);
    PLACES.set(strings, places);
  }
  let markup = strings[0] ?? '';
  for (const [index, part] of parts.entries()) {
    markup += fill(part, places[index] ?? 'text') + (strings[index + 1] ?? '');
  }
  return new Html(MAKER, markup);
}

/**
 * Markup of this program's own making, such as a chart: it must have escaped what it was given.
 * Never for anything that came from outside.
 */
export function ownMarkup(markup: string): Html {
  return new Html(MAKER, markup);
}

/** Joins parts with something between them. */
export function join(parts: readonly Part[], between: Part): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;
}

function fill(part: Part, place: Place): string {
  if (part === null || part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map((one: Part) => fill(one, place)).join('');
  if (part instanceof Url) return escaped(part.toString());
  if (place === 'url') throw new TypeError('an address in a template must be a Url');
  if (part instanceof Html) {
    if (place === 'attribute') throw new TypeError('markup cannot stand in an attribute');
    return part.toString();
  }
  return escaped(String(part));
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  return neutralize(text)
    .toWellFormed()
    .replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? '');
}
