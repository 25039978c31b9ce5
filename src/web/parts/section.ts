import { type Html, html, type Part } from '#src/web/html/html.ts';

/** A part of a page with a heading, or nothing when there is nothing in it. */
export function section(id: string, title: string, content: Part): Html | null {
  const isEmpty = content === null || content === undefined || content === false;
  if (isEmpty || (Array.isArray(content) && content.length === 0)) return null;
  return html`<section class="panel" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}

/** Something that unfolds. @param key names it among the others, so that it stays open when the page renews itself */
export function fold(key: string, summary: Part, content: Part, kind = 'fold'): Html {
  return html`<details class="${kind}" data-key="${key}"><summary>${summary}</summary>
<div class="folded">${content}</div></details>`;
}

/** The first few of a list, the rest unfolding. */
export function firstFew(
  key: string,
  items: readonly Html[],
  few: number,
  list: (items: readonly Html[]) => Html,
): Html {
  if (items.length <= few + 1) return list(items);
  const rest = items.slice(few);
  return html`${list(items.slice(0, few))}${fold(key, `${rest.length} more`, list(rest), 'more')}`;
}

/** Names with values; those without a value are left out. */
export function facts(pairs: readonly (readonly [name: string, value: Part])[]): Html | null {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (known.length === 0) return null;
  return html`<dl class="facts">${known.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}
