import type { Token } from '#src/changes/classify/lexer.ts';

/** A run of tokens that differs between two lines, with where it stands on each side. */
export type TokenChange = {
  before: readonly Token[];
  after: readonly Token[];
  oldIndex: number;
  newIndex: number;
};

const MAX_TOKENS = 160;

/** The runs in which two lines differ, by their longest common subsequence of tokens. */
export function alignTokens(old: readonly Token[], now: readonly Token[]): TokenChange[] {
  const before = old.slice(0, MAX_TOKENS);
  const after = now.slice(0, MAX_TOKENS);
  const isSame = (i: number, j: number): boolean =>
    before[i]?.type === after[j]?.type && before[i]?.text === after[j]?.text;
  let head = 0;
  while (head < before.length && head < after.length && isSame(head, head)) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    isSame(before.length - 1 - tail, after.length - 1 - tail)
  ) {
    tail++;
  }
  const rows = before.length - tail;
  const columns = after.length - tail;
  const width = columns - head + 1;
  const length = new Uint16Array((rows - head + 1) * width);
  const at = (i: number, j: number): number => length[(i - head) * width + (j - head)] ?? 0;
  for (let i = rows - 1; i >= head; i--) {
    for (let j = columns - 1; j >= head; j--) {
      length[(i - head) * width + (j - head)] = isSame(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: TokenChange[] = [];
  let i = head;
  let j = head;
  let start = { i, j };
  const flush = (): void => {
    if (i > start.i || j > start.j) {
      changes.push({
        before: before.slice(start.i, i),
        after: after.slice(start.j, j),
        oldIndex: start.i,
        newIndex: start.j,
      });
    }
  };
  while (i < rows || j < columns) {
    if (i < rows && j < columns && isSame(i, j)) {
      flush();
      i++;
      j++;
      start = { i, j };
    } else if (j >= columns || (i < rows && at(i + 1, j) >= at(i, j + 1))) i++;
    else j++;
  }
  flush();
  return changes;
}
