import { MANY, WILD } from './marks.ts';

const NO_BLANK_BEFORE = new Set([',', ';', ':', '.', ')', ']', '}', '!', '?', '...']);
const NO_BLANK_AFTER = new Set(['(', '[', '{']);

/** A template as people read it: signs close to the words they belong to, every value `<*>`. */
export function renderTemplate(tokens: readonly string[]): string {
  let text = '';
  let glue = true;
  for (const token of tokens) {
    const shown = token.replace(MANY, WILD);
    text += glue || NO_BLANK_BEFORE.has(token) ? shown : ` ${shown}`;
    glue = NO_BLANK_AFTER.has(token);
  }
  return text;
}
