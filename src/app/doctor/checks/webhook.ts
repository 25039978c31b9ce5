import { lookAtChannels } from '#src/app/doctor/channels-of.ts';
import type { Check } from '#src/app/doctor/contract.ts';
import { withoutSecrets } from '#src/platform/http.ts';

const MAX_BYTES = 1024 * 1024;

/** Whether somebody listens where the webhook goes; what it does is asked with GET, so nothing. */
export const webhook: Check = {
  id: 'webhook',
  limitMs: 20_000,
  run: (parts, signal) =>
    lookAtChannels(
      'webhook',
      parts,
      signal,
      { status: 'off', what: 'not configured', mend: 'Set NOTIFY_WEBHOOK_URL.' },
      async ({ settings: { url, secret, timeoutMs } }) => {
        const { status } = await parts.http({ url, timeoutMs, maxBytes: MAX_BYTES, signal });
        const shown = withoutSecrets(url);
        if (status === 404 || status === 410 || status >= 500) {
          const mend = 'Correct NOTIFY_WEBHOOK_URL or mend the receiver.';
          return { status: 'bad', what: `${shown} answers ${status}`, mend };
        }
        return secret === undefined
          ? {
              status: 'note',
              what: `${shown} is reached, unsigned`,
              mend: 'Set NOTIFY_WEBHOOK_SECRET, so that the receiver can tell who calls.',
            }
          : { status: 'good', what: `${shown} is reached, signed` };
      },
    ),
};
