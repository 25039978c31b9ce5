import { meaningOf, type SideLine } from '#src/changes/classify/side.ts';

/** A removed line with the added line that took its place, or one without the other. */
export type LinePair = { old: SideLine | null; new: SideLine | null };

const MIN_SIMILARITY = 0.4;
const MAX_CELLS = 40_000;

/**
 * Pairs the removed with the added lines of one block of a diff, in order, so that the pairs are
 * as alike as can be. Lines that have no counterpart stand alone.
 */
export function pairLines(removed: readonly SideLine[], added: readonly SideLine[]): LinePair[] {
  if (removed.length * added.length > MAX_CELLS) return pairByMeaning(removed, added);
  const columns = added.length;
  const width = columns + 1;
  const score = similarities(removed, added);
  const best = bestSums(score, removed.length, columns);
  const pairs: LinePair[] = [];
  let i = 0;
  let j = 0;
  while (i < removed.length && j < columns) {
    const alike = score[i * columns + j] ?? 0;
    const paired = alike + (best[(i + 1) * width + j + 1] ?? 0);
    if (alike >= MIN_SIMILARITY && best[i * width + j] === paired) {
      pairs.push({ old: removed[i++] ?? null, new: added[j++] ?? null });
    } else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) {
      pairs.push({ old: removed[i++] ?? null, new: null });
    } else pairs.push({ old: null, new: added[j++] ?? null });
  }
  for (const old of removed.slice(i)) pairs.push({ old, new: null });
  for (const now of added.slice(j)) pairs.push({ old: null, new: now });
  return pairs;
}

/** How alike each removed line is to each added one; two that mean the same go before any others. */
function similarities(removed: readonly SideLine[], added: readonly SideLine[]): Float64Array {
  const score = new Float64Array(removed.length * added.length);
  const bags = added.map(bagOf);
  const meanings = added.map(meaningOf);
  for (const [i, line] of removed.entries()) {
    const bag = bagOf(line);
    const meaning = meaningOf(line);
    for (const [j, other] of bags.entries()) {
      score[i * added.length + j] = meaning === meanings[j] ? 2 : similarity(bag, other);
    }
  }
  return score;
}

/** The largest sum of similarities that the lines from (i, j) on can have together. */
function bestSums(score: Float64Array, rows: number, columns: number): Float64Array {
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const alike = score[i * columns + j] ?? 0;
      const paired = alike >= MIN_SIMILARITY ? alike + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      best[i * width + j] = Math.max(paired, skip);
    }
  }
  return best;
}

/** For huge blocks: only lines that mean the same are paired. */
function pairByMeaning(removed: readonly SideLine[], added: readonly SideLine[]): LinePair[] {
  const waiting = new Map<string, SideLine[]>();
  for (const line of added) {
    const key = meaningOf(line);
    const same = waiting.get(key);
    if (same) same.push(line);
    else waiting.set(key, [line]);
  }
  const pairs: LinePair[] = [];
  for (const line of removed) {
    pairs.push({ old: line, new: waiting.get(meaningOf(line))?.shift() ?? null });
  }
  for (const rest of waiting.values())
    for (const line of rest) pairs.push({ old: null, new: line });
  return pairs;
}

type Bag = { counts: Map<string, number>; weight: number };

/** Tokens of a line with how often each stands there; words tell more than brackets. */
function bagOf(line: SideLine): Bag {
  const counts = new Map<string, number>();
  let weight = 0;
  for (const token of line.tokens) {
    const value = weightOf(token.type, token.text);
    counts.set(token.text, (counts.get(token.text) ?? 0) + value);
    weight += value;
  }
  return { counts, weight };
}

function weightOf(type: string, text: string): number {
  if (type === 'operator') return /^[()[\]{},;.:]$/.test(text) ? 0.15 : 0.5;
  return type === 'word' ? 1 : 0.7;
}

/** Dice's coefficient of two bags of tokens. */
function similarity(a: Bag, b: Bag): number {
  if (a.weight + b.weight === 0) return 0;
  let shared = 0;
  for (const [text, value] of a.counts) shared += Math.min(value, b.counts.get(text) ?? 0);
  return (2 * shared) / (a.weight + b.weight);
}
