import type { Guard } from '#src/fix/guards/contract.ts';

/** What the cause rests on must still stand at the base branch. */
export const citedLines: Guard = ({ changedLines }) =>
  changedLines.length === 0
    ? { ok: true, message: 'the cited lines stand as they did' }
    : {
        ok: false,
        message: `changed at the base branch since: ${changedLines.slice(0, 3).join(', ')}. Investigate again`,
      };
