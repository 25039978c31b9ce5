/**
 * Which of the explanations an answer means. Prompts call them X1, X2 …, since H is the letter of
 * health checks; results call them H1, H2 …
 * @returns the place from 0, or -1
 */
export function placeOf(said: string): number {
  return Number(/^[XH](\d{1,2})\b/i.exec(said.trim())?.[1] ?? 0) - 1;
}
