import type { Commit } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';

const MAX_DIFF = 200_000;

/**
 * Whether a commit takes another one back: git's own words in its message (`This reverts commit
 * <sha>`), a subject `Revert "…"`, or a diff that is the other one turned around.
 */
export function isUndoing(later: Commit, earlier: Commit): boolean {
  if ((parseTime(later.timestamp) ?? 0) < (parseTime(earlier.timestamp) ?? 0)) return false;
  const sha = /\b(?:reverts?|undo(?:es)?|rolls? back)\b[^\n]{0,60}?\b([0-9a-f]{7,64})\b/i.exec(
    later.message,
  )?.[1];
  if (sha !== undefined && earlier.sha.startsWith(sha.toLowerCase())) return true;
  const subject = (earlier.message.split('\n', 1)[0] ?? '').trim();
  if (
    subject.length >= 8 &&
    /^\s*(?:revert|roll ?back|undo)\b/i.test(later.message) &&
    later.message.includes(subject)
  )
    return true;
  return isReverse(later.diff, earlier.diff);
}

function isReverse(a: string | null, b: string | null): boolean {
  if (!a || !b || a.length > MAX_DIFF || b.length > MAX_DIFF) return false;
  const [x, y] = [signed(a), signed(b)];
  if (x.added.length + x.removed.length === 0) return false;
  return x.added === y.removed && x.removed === y.added;
}

/** Added and removed lines of a diff as texts. */
function signed(diff: string): { added: string; removed: string } {
  const lines = diff.split('\n');
  const pick = (sign: string, header: string): string =>
    lines
      .filter((line) => line.startsWith(sign) && !line.startsWith(header))
      .map((line) => line.slice(1).trim())
      .filter((line) => line !== '')
      .join('\n');
  return { added: pick('+', '+++ '), removed: pick('-', '--- ') };
}
