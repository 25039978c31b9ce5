const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};
/** Elements whose content is no text. */
const HIDDEN = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head']);
const BREAKS = new Set(['p', 'div', 'br', 'tr', 'ul', 'ol', 'pre', 'table', 'section', 'article']);

/**
 * The text of an HTML page as rough markdown: headings and list items keep their marks, so that
 * sections can be found. Reads from left to right once; never runs or loads anything.
 */
export function htmlToText(page: string): string {
  const lower = page.toLowerCase();
  let out = '';
  let at = 0;
  while (at < page.length) {
    const start = page.indexOf('<', at);
    if (start < 0) {
      out += page.slice(at);
      break;
    }
    out += page.slice(at, start);
    const end = page.indexOf('>', start);
    if (end < 0) break;
    const name = /^<(\/?[a-z][a-z0-9]{0,20})/.exec(lower.slice(start, start + 24))?.[1] ?? '';
    at = end + 1;
    if (HIDDEN.has(name)) {
      const close = lower.indexOf(`</${name}`, at);
      if (close < 0) break;
      at = close;
    }
    out += markOf(name);
  }
  return out
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, entity: string) => ENTITIES[entity] ?? '')
    .replace(/[ \t]{1,40}\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function markOf(name: string): string {
  const heading = /^h([1-6])$/.exec(name)?.[1];
  if (heading) return `\n\n${'#'.repeat(Number(heading))} `;
  if (name === 'li') return '\n- ';
  if (/^\/h[1-6]$/.test(name)) return '\n\n';
  return BREAKS.has(name.replace('/', '')) ? '\n' : '';
}
