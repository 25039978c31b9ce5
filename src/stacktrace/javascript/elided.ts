import type { ParsedFrame } from '#src/stacktrace/contract.ts';

/** `... n lines matching cause stack trace ...`: so many frames are left out before frame `at`. */
export type Elision = { at: number; count: number };

/**
 * Puts back the frames that util.inspect leaves out of an error because they stand in its cause, too.
 * It keeps the first and the last line of the common run (Node.js, lib/internal/util/inspect.js,
 * `getStackFrames`), so the run begins in the cause at the frame before the gap.
 */
export function fillElisions(
  frames: readonly ParsedFrame[],
  elisions: readonly Elision[],
  cause: readonly ParsedFrame[] | undefined,
): ParsedFrame[] {
  const full = [...frames];
  for (const { at, count } of [...elisions].reverse()) {
    const before = full[at - 1];
    if (!cause || !before) continue;
    const start = cause.findIndex((frame, index) => {
      const after = full[at];
      const end = cause[index + count + 1];
      return (
        isSame(frame, before) && (after === undefined || end === undefined || isSame(end, after))
      );
    });
    if (start >= 0) full.splice(at, 0, ...cause.slice(start + 1, start + 1 + count));
  }
  return full;
}

function isSame(a: ParsedFrame, b: ParsedFrame): boolean {
  return (
    a.file === b.file && a.line === b.line && a.column === b.column && a.function === b.function
  );
}
