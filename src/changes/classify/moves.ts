import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import type { Language } from '#src/changes/classify/language.ts';
import { meaningOf, type SideLine } from '#src/changes/classify/side.ts';

/** Lines so plain that finding them twice says nothing. */
function isTelling(line: SideLine, language: Language): boolean {
  const telling = line.tokens.filter(({ type }) => type !== 'operator');
  return (
    telling.length >= 2 || (language.family === 'config' && (telling[0]?.text.length ?? 0) >= 3)
  );
}

/**
 * Finds lines that left one place and came up in another one, within a file or between files: what
 * refactorings do, and what SZZ must not take for a change (Neto et al., SANER 2018).
 */
export function matchMoves(files: readonly FileChange[]): void {
  const gone = linesGone(files);
  if (gone.size === 0) return;
  const taken = new Set<LineChange>();
  for (const change of files.flatMap(({ lines }) => lines)) {
    if (change.kind !== 'added' || !change.new) continue;
    const origin = gone.get(meaningOf(change.new))?.shift();
    if (!origin) continue;
    const { old } = origin;
    if (origin.kind === 'removed') taken.add(origin);
    else Object.assign(origin, { kind: 'added', old: null });
    change.kind = 'moved';
    change.old = old;
    change.from = { file: origin.file, hunk: origin.hunk };
  }
  for (const file of files) file.lines = file.lines.filter((change) => !taken.has(change));
}

/** Lines that are not where they were, by what they mean. */
function linesGone(files: readonly FileChange[]): Map<string, LineChange[]> {
  const gone = new Map<string, LineChange[]>();
  for (const change of files.flatMap(({ lines }) => lines)) {
    // A line that was paired with one that is only alike may stand elsewhere word for word.
    if (change.kind !== 'removed' && change.kind !== 'modified') continue;
    if (!change.old || !isTelling(change.old, change.file.language)) continue;
    const key = meaningOf(change.old);
    const same = gone.get(key);
    if (same) same.push(change);
    else gone.set(key, [change]);
  }
  return gone;
}
