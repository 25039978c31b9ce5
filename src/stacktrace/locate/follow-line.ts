/** Lines around one that are compared to tell it from others with the same text. */
const AROUND = 6;

/**
 * Where a line of one version of a file stands in another one: the line with the same text whose
 * surroundings agree most, the nearest of several. A line that was changed is found between its
 * nearest unchanged neighbours.
 * @param line 1-based
 * @returns 1-based; null when nothing of its surroundings is left
 */
export function followLine(
  from: readonly string[],
  to: readonly string[],
  line: number,
): number | null {
  const text = from[line - 1]?.trim();
  if (text === undefined) return null;
  if (to[line - 1]?.trim() === text && isUnchangedAround(from, to, line)) return line;
  const same = text === '' ? null : bestOf(from, to, line, text);
  if (same !== null) return same;
  // The line itself is gone: keep its distance to a neighbour that is still there.
  for (let step = 1; step <= AROUND * 2; step += 1) {
    for (const neighbour of [line - step, line + step]) {
      const near = from[neighbour - 1]?.trim();
      if (!near || near.length < 3) continue;
      const found = bestOf(from, to, neighbour, near);
      if (found !== null)
        return Math.min(Math.max(1, found + (line - neighbour)), Math.max(1, to.length));
    }
  }
  return null;
}

function isUnchangedAround(from: readonly string[], to: readonly string[], line: number): boolean {
  return [-1, 1].every((step) => from[line - 1 + step]?.trim() === to[line - 1 + step]?.trim());
}

function bestOf(
  from: readonly string[],
  to: readonly string[],
  line: number,
  text: string,
): number | null {
  let best: number | null = null;
  let bestLikeness = -1;
  for (const [at, candidate] of to.entries()) {
    if (candidate.trim() !== text) continue;
    const likeness =
      agreement(from, to, line - 1, at) - Math.abs(at + 1 - line) / (10 * (to.length + 1));
    if (likeness > bestLikeness) {
      best = at + 1;
      bestLikeness = likeness;
    }
  }
  // A bracket or `return` without any neighbour in common is some other one.
  return bestLikeness < 1 && text.length < 8 ? null : best;
}

function agreement(from: readonly string[], to: readonly string[], a: number, b: number): number {
  let count = 0;
  for (let step = 1; step <= AROUND; step += 1) {
    if (isSame(from[a - step], to[b - step])) count += 1;
    if (isSame(from[a + step], to[b + step])) count += 1;
  }
  return count;
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  const text = a?.trim();
  return text !== undefined && text !== '' && text === b?.trim();
}
