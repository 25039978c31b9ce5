import type { Guard } from '#src/fix/guards/contract.ts';

/** In a cut history a commit can be blamed for what was before it. */
export const shallowRepository: Guard = ({ isShallow, settings }) =>
  !isShallow || settings.allowShallow
    ? { ok: true, message: isShallow ? 'a cut history is allowed' : 'the history is whole' }
    : {
        ok: false,
        message: 'the history is cut. Run git fetch --unshallow, or set fix.guards.allowShallow',
      };
