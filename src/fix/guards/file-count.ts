import type { Guard } from '#src/fix/guards/contract.ts';

/** Not too many files. */
export const fileCount: Guard = ({ files, settings }) => {
  const ok = files.length <= settings.maxFiles;
  const has = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return {
    ok,
    message: ok
      ? has
      : `${has}; at most ${settings.maxFiles} are let through (fix.guards.maxFiles)`,
  };
};
