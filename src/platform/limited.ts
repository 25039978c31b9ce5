/** At most so many UTF-16 units, with an ellipsis where something was cut, never half a character. */
export function limited(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}
