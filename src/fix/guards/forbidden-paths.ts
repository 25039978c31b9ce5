import type { Guard } from '#src/fix/guards/contract.ts';
import { quoted, touchedPaths } from '#src/fix/guards/touched.ts';
import { matchesAny } from '#src/fix/paths/pattern.ts';

/** No workflows, lock files, secrets, migrations, generated code, or whatever else is forbidden. */
export const forbiddenPaths: Guard = ({ files, settings }) => {
  // File systems that ignore case would take `.GitHub` for `.github`.
  const patterns = settings.forbiddenPaths.map((pattern) => pattern.toLowerCase());
  const found = touchedPaths(files).filter((path) => matchesAny(patterns, path.toLowerCase()));
  return found.length === 0
    ? { ok: true, message: 'no forbidden path' }
    : { ok: false, message: `${quoted(found)} forbidden by fix.guards.forbiddenPaths` };
};
