import { oneLine } from '#src/platform/sanitize.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Outside text for XML, in elements and in attribute values: one line, inert, and only characters
 * that XML 1.0 allows (section 2.2).
 */
export function xmlText(text: string): string {
  return oneLine(text)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** An element with attributes; numbers have at most one place after the point. `inner` is markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  inner?: string,
): string {
  const list = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? pixels(value) : value}"`)
    .join('');
  return inner === undefined ? `<${name}${list}/>` : `<${name}${list}>${inner}</${name}>`;
}

function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}
