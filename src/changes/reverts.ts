import type { Commit } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { shortHash } from '#src/platform/hash.ts';

const MAX_DIFF = 200_000;
const NAMES_SHA = /\b(?:reverts?|undo(?:es)?|rolls? back)\b[^\n]{0,60}?\b([0-9a-f]{7,64})\b/i;
const IS_REVERT = /^\s*(?:revert|roll ?back|undo)\b/i;

/**
 * Finds the commits that take others back: by git's own words in the message (`This reverts commit
 * <sha>`), by a subject `Revert "…"`, or by a diff that is another one turned around.
 * @returns for each sha that was taken back, the later commits that did so
 */
export function undoingCommits(commits: readonly Commit[]): Map<string, Commit[]> {
  const byDiff = new Map<string, Commit[]>();
  for (const commit of commits) {
    const key = signatureOf(commit.diff, '-', '+');
    if (key !== null) byDiff.set(key, [...(byDiff.get(key) ?? []), commit]);
  }
  const reverts = commits.filter(
    ({ message }) => IS_REVERT.test(message) || NAMES_SHA.test(message),
  );
  const found = new Map<string, Commit[]>();
  for (const commit of commits) {
    const key = signatureOf(commit.diff, '+', '-');
    const undoing = [
      ...reverts.filter((other) => isNamedBy(commit, other)),
      ...(key === null ? [] : (byDiff.get(key) ?? [])),
    ].filter((other) => other !== commit && timeOf(other) >= timeOf(commit));
    if (undoing.length > 0) found.set(commit.sha, [...new Set(undoing)]);
  }
  return found;
}

function timeOf(commit: Commit): number {
  return parseTime(commit.timestamp) ?? 0;
}

function isNamedBy(commit: Commit, other: Commit): boolean {
  const sha = NAMES_SHA.exec(other.message)?.[1];
  if (sha !== undefined && commit.sha.startsWith(sha.toLowerCase())) return true;
  const subject = (commit.message.split('\n', 1)[0] ?? '').trim();
  return subject.length >= 8 && IS_REVERT.test(other.message) && other.message.includes(subject);
}

/** A hash of what a diff takes and gives, with the signs in the order asked for. */
function signatureOf(diff: string | null, first: '+' | '-', second: '+' | '-'): string | null {
  if (!diff || diff.length > MAX_DIFF) return null;
  const lines: Record<'+' | '-', string[]> = { '+': [], '-': [] };
  for (const line of diff.split('\n')) {
    const sign = line[0];
    if ((sign !== '+' && sign !== '-') || /^(?:\+\+\+|---) /.test(line)) continue;
    const text = line.slice(1).trim();
    if (text !== '') lines[sign].push(text);
  }
  if (lines['+'].length + lines['-'].length === 0) return null;
  return shortHash([lines[first].join('\n'), lines[second].join('\n')], 32);
}
