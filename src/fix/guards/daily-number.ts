import { type Guard, NOT_ASKED } from '#src/fix/guards/contract.ts';

/** Not more pull requests in 24 hours than people can look at. */
export const dailyNumber: Guard = ({ host, settings }) => {
  if (host === null) return NOT_ASKED;
  const { maxPullRequestsPerDay: most } = settings;
  const ok = host.openedToday < most;
  const has = `${host.openedToday} of ${most} pull requests of the last 24 hours`;
  return { ok, message: ok ? has : `${has} are used up (fix.guards.maxPullRequestsPerDay)` };
};
