import { lookAtChannels } from '#src/app/doctor/channels-of.ts';
import type { Check } from '#src/app/doctor/contract.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';

const MAX_BYTES = 64 * 1024;
const MEND = 'Set PAGERDUTY_ROUTING_KEY to an integration key of Events API v2.';

/** Whether PagerDuty takes the key: the end of an alert that never was does nothing there. */
export const pagerduty: Check = {
  id: 'pagerduty',
  limitMs: 20_000,
  run: (parts, signal) =>
    lookAtChannels(
      'pagerduty',
      parts,
      signal,
      { status: 'off', what: 'not configured', mend: 'Set PAGERDUTY_ROUTING_KEY.' },
      async ({ settings: { url, routingKey, timeoutMs } }) => {
        const answer = await parts.http({
          url,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            routing_key: routingKey,
            event_action: 'resolve',
            dedup_key: 'incident/doctor-never-triggered',
          }),
          timeoutMs,
          maxBytes: MAX_BYTES,
          signal,
        });
        const hints = { 400: MEND, 401: MEND, 403: MEND };
        requireAccepted(answer, { who: 'PagerDuty', url, now: parts.clock.now(), hints });
        return { status: 'good', what: `${withoutSecrets(url)} takes events under the key` };
      },
    ),
};
