import type { Guard } from '#src/fix/guards/contract.ts';
import { quoted } from '#src/fix/guards/touched.ts';

/** Somebody may be at work on the same files, and what runs may not be what is committed. */
export const dirtyRepository: Guard = ({ dirtyFiles, settings }) => {
  if (settings.allowDirty) return { ok: true, message: 'changes in the working tree are allowed' };
  if (dirtyFiles === null) {
    return { ok: false, message: 'whether the working tree is clean cannot be told' };
  }
  return dirtyFiles.length === 0
    ? { ok: true, message: 'the working tree is clean' }
    : {
        ok: false,
        message: `${quoted(dirtyFiles)} changed and not committed. Commit or stash, or set fix.guards.allowDirty`,
      };
};
