import type { Guard } from '#src/fix/guards/contract.ts';

/** Not too many lines. */
export const lineCount: Guard = ({ files, settings }) => {
  const lines = files.reduce((sum, { added, removed }) => sum + added.length + removed.length, 0);
  const ok = lines <= settings.maxLines;
  const has = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  return {
    ok,
    message: ok
      ? has
      : `${has}; at most ${settings.maxLines} are let through (fix.guards.maxLines)`,
  };
};
