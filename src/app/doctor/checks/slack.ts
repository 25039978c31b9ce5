import { lookAtChannels } from '#src/app/doctor/channels-of.ts';
import type { Check } from '#src/app/doctor/contract.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';

const MAX_BYTES = 64 * 1024;
const MEND = 'Make a new incoming webhook in Slack and set SLACK_WEBHOOK_URL.';

/**
 * Whether Slack knows the address of the webhook. A message without text is refused with 400 by
 * an address that works and with 403, 404 or 410 by one that does not, so nothing is posted.
 */
export const slack: Check = {
  id: 'slack',
  limitMs: 20_000,
  run: (parts, signal) =>
    lookAtChannels(
      'slack',
      parts,
      signal,
      { status: 'off', what: 'not configured', mend: 'Set SLACK_WEBHOOK_URL.' },
      async ({ settings: { webhookUrl, timeoutMs } }) => {
        const answer = await parts.http({
          url: webhookUrl,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
          timeoutMs,
          maxBytes: MAX_BYTES,
          signal,
        });
        const { origin } = new URL(webhookUrl);
        if (answer.status !== 400) {
          requireAccepted(answer, {
            who: 'Slack',
            url: webhookUrl,
            where: origin,
            now: parts.clock.now(),
            hints: { 403: MEND, 404: MEND, 410: MEND },
          });
        }
        return { status: 'good', what: `${origin} knows the webhook` };
      },
    ),
};
