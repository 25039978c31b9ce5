import type { Check } from '#src/app/doctor/contract.ts';
import { configuredTracker, missingForTickets } from '#src/app/ticket-parts.ts';

/** Whether the tracker takes the login and knows the project; no ticket is made. */
export const tickets: Check = {
  id: 'tickets',
  limitMs: 20_000,
  run: async ({ loaded: { config }, services, http, clock }, signal) => {
    const { tracker: name } = config.tickets;
    if (name === undefined) {
      const mend = 'Set tickets.tracker to "github-issues", "jira" or "linear".';
      return [{ status: 'off', what: 'not configured', mend }];
    }
    const tracker = configuredTracker(config, services, { http, now: clock.now });
    if (tracker === null) {
      const missing = missingForTickets(config).join(', ');
      const what = `${name}: ${missing} missing, so no tickets are kept`;
      return [{ status: 'bad', what, mend: `Set ${missing}.` }];
    }
    return [{ status: 'good', what: `${name}: ${await tracker.check(signal)}` }];
  },
};
