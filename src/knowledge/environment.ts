import { CATALOGUE } from '#src/knowledge/catalogue.ts';

const LONGEST_TEXT = 2000;

/**
 * How much an error speaks of the world around the code (a refused connection, a full disk) rather
 * than of the code that reports it, 0..1.
 */
export function environmentShare(text: string): number {
  const lower = text.slice(0, LONGEST_TEXT).toLowerCase();
  let most = 0;
  for (const { isEnvironmental, phrases } of CATALOGUE) {
    if (!isEnvironmental) continue;
    for (const { pattern, weight } of phrases) {
      if (weight > most && pattern.test(lower)) most = weight;
    }
  }
  return most;
}
