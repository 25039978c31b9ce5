import { type Guard, NOT_ASKED } from '#src/fix/guards/contract.ts';

/** A pull request needs a place to go. */
export const knownRepository: Guard = ({ goal, repository }) => {
  if (goal !== 'open-pr') return NOT_ASKED;
  return repository === null
    ? { ok: false, message: 'the service has no repository ("owner/name") in the registry' }
    : { ok: true, message: `goes to ${repository}` };
};
