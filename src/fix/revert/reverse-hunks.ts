import type { Hunk } from '#src/changes/diff-hunk.ts';

/** Lines that a commit changed together, with what stood around them. */
export type ChangeGroup = {
  /** Lines around and of the change as the commit left them; `from`..`to` is the change itself. */
  now: string[];
  from: number;
  to: number;
  /** The lines that stood there before. */
  was: string[];
  /** Where the change began after the commit, from 1. */
  line: number;
};

/** What came of undoing groups in a text. */
export type Reversed = { text: string; undone: ChangeGroup[]; missed: ChangeGroup[] };

/** Lines of context that are asked for at first, and then ever fewer. */
const CONTEXT = [3, 2, 1];

/** Takes hunks apart into groups, so that each can be undone without its neighbours. */
export function changeGroups(hunks: readonly Hunk[]): ChangeGroup[] {
  return hunks.flatMap((hunk) => {
    const groups: ChangeGroup[] = [];
    const { lines } = hunk;
    for (let at = 0; at < lines.length; ) {
      if (lines[at]?.kind === 'context') {
        at++;
        continue;
      }
      let end = at;
      while (end < lines.length && lines[end]?.kind !== 'context') end++;
      groups.push(groupOf(hunk, at, end));
      at = end;
    }
    return groups;
  });
}

function groupOf({ lines, newStart }: Hunk, start: number, end: number): ChangeGroup {
  const after = (from: number, to: number): string[] =>
    lines
      .slice(Math.max(0, from), to)
      .flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text]));
  const most = CONTEXT[0] ?? 0;
  const before = after(0, start).slice(-most);
  const own = after(start, end);
  const behind = after(end, lines.length).slice(0, most);
  return {
    now: [...before, ...own, ...behind],
    from: before.length,
    to: before.length + own.length,
    was: lines.slice(start, end).flatMap(({ kind, text }) => (kind === 'removed' ? [text] : [])),
    line: newStart + after(0, start).length,
  };
}

/**
 * Undoes groups in a text that may have changed since: the lines that a group left must be there
 * exactly once with their context, or with less of it; then they become what was before.
 */
export function reverseGroups(text: string, groups: readonly ChangeGroup[]): Reversed {
  let lines = text.split('\n');
  const undone: ChangeGroup[] = [];
  const missed: ChangeGroup[] = [];
  for (const group of groups) {
    const next = reverseGroup(lines, group);
    if (next) {
      lines = next;
      undone.push(group);
    } else missed.push(group);
  }
  return { text: lines.join('\n'), undone, missed };
}

function reverseGroup(lines: readonly string[], group: ChangeGroup): string[] | null {
  for (const context of CONTEXT) {
    const start = Math.max(0, group.from - context);
    const wanted = group.now.slice(start, group.to + context);
    if (wanted.length === 0) return null;
    const at = onlyPlace(lines, wanted);
    if (at === null) continue;
    const from = at + group.from - start;
    const to = from + group.to - group.from;
    return [...lines.slice(0, from), ...group.was, ...lines.slice(to)];
  }
  return null;
}

/** Where a run of lines stands, if it stands in exactly one place (Knuth, Morris and Pratt, 1977). */
export function onlyPlace(lines: readonly string[], wanted: readonly string[]): number | null {
  const back: number[] = [0];
  for (let i = 1, k = 0; i < wanted.length; i++) {
    while (k > 0 && wanted[i] !== wanted[k]) k = back[k - 1] ?? 0;
    if (wanted[i] === wanted[k]) k++;
    back.push(k);
  }
  let found: number | null = null;
  for (let at = 0, k = 0; at < lines.length; at++) {
    while (k > 0 && lines[at] !== wanted[k]) k = back[k - 1] ?? 0;
    if (lines[at] === wanted[k]) k++;
    if (k < wanted.length) continue;
    if (found !== null) return null;
    found = at - wanted.length + 1;
    k = back[k - 1] ?? 0;
  }
  return found;
}
