import type { Quantity } from '#src/changes/classify/quantity.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

/**
 * Where two texts differ in one number only (`-Xmx512m`, `?pool=5&timeout=30`): those numbers, and
 * the words before them, which name it.
 */
export function differingPart(
  before: string,
  after: string,
): { before: string; after: string; words: string[] } | null {
  const numbers = /\d[\d_.]*(?:[a-zA-Z%]{1,3})?/g;
  if (before.slice(0, 400).replace(numbers, '#') !== after.slice(0, 400).replace(numbers, '#')) {
    return null;
  }
  const [old, now] = [
    [...before.slice(0, 400).matchAll(numbers)],
    [...after.slice(0, 400).matchAll(numbers)],
  ];
  const at = now.findIndex((match, index) => match[0] !== old[index]?.[0]);
  const [from, to] = [old[at], now[at]];
  if (!from || !to) return null;
  const words = wordsOf(after.slice(0, to.index)).slice(-3);
  return { before: from[0], after: to[0], words };
}

/** Both amounts, where there are two and they differ. */
export function pairOf(
  before: Quantity | null,
  after: Quantity | null,
): { before: Quantity; after: Quantity } | null {
  return before && after && before.value !== after.value ? { before, after } : null;
}

/** Whether two amounts are one, however they are written. */
export function isSameAmount(before: Quantity | null, after: Quantity | null): boolean {
  return (
    before !== null && after !== null && before.value === after.value && before.unit === after.unit
  );
}
