const FILE_START = /^(?=diff --(?:git|cc|combined) )/m;

/**
 * Cuts a git diff to a size, file by file, so that one huge file does not hide the others: every
 * file's part keeps at most `maxFile` characters, and the largest parts give up what the whole
 * has too much. Cuts fall between lines; the last hunk of a cut part may be shorter than it says.
 */
export function boundDiff(diff: string, maxFile: number, maxAll: number): string {
  if (diff.length <= Math.min(maxFile, maxAll)) return diff;
  const parts = diff.split(FILE_START);
  const cap = Math.min(
    maxFile,
    fairShare(
      parts.map(({ length }) => Math.min(length, maxFile)),
      maxAll,
    ),
  );
  return parts.map((part) => cutLines(part, cap)).join('');
}

/** The largest cap under which parts of these sizes fit in `room` together. */
function fairShare(sizes: readonly number[], room: number): number {
  const ascending = [...sizes].sort((a, b) => a - b);
  let left = room;
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

function cutLines(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, text.lastIndexOf('\n', most) + 1);
}
