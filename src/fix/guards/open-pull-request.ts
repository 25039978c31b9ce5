import { type Guard, NOT_ASKED } from '#src/fix/guards/contract.ts';

/** One proposal for an incident at a time. */
export const openPullRequest: Guard = ({ host }) => {
  if (host === null) return NOT_ASKED;
  const [other] = host.otherOpen;
  return other === undefined
    ? { ok: true, message: 'no other pull request for this incident is open' }
    : { ok: false, message: `another pull request for this incident is open: ${other.url}` };
};
