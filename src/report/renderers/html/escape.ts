const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, in elements and in quoted attributes. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** An anchor: letters, digits, `-` and `_` only. */
export function anchor(key: string, id: string): string {
  return `${key}${id.replace(/[^\w-]/g, '_')}`;
}
