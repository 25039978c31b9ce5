import type { Guard } from '#src/fix/guards/contract.ts';
import { quoted, touchedPaths } from '#src/fix/guards/touched.ts';
import { matchesAny } from '#src/fix/paths/pattern.ts';

/** Only paths that are allowed; with none named, all are. */
export const allowedPaths: Guard = ({ files, settings }) => {
  const { allowedPaths: allowed } = settings;
  const outside = touchedPaths(files).filter((path) => !matchesAny(allowed, path));
  if (allowed.length === 0 || outside.length === 0) {
    return { ok: true, message: allowed.length === 0 ? 'all paths are allowed' : 'allowed paths' };
  }
  return { ok: false, message: `${quoted(outside)} not among fix.guards.allowedPaths` };
};
