import { UsageError } from '#src/domain/errors.ts';
import type { Notifier, NotifierSettings, NotifyTools } from '#src/notify/contract.ts';
import { pagerDutyEvent } from '#src/notify/pagerduty/event.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';

const MAX_BYTES = 64 * 1024;

/** PagerDuty's Events API v2. The same key sent twice is one alert there. */
export function createPagerDuty(
  settings: NotifierSettings['pagerduty'],
  tools: NotifyTools,
): Notifier {
  const { url, routingKey, timeoutMs, publicUrl } = settings;
  return {
    id: 'pagerduty',
    async send({ content }, signal) {
      if (content.type === 'digest') throw new UsageError('PagerDuty takes no digests');
      const event = pagerDutyEvent(content.brief, routingKey, publicUrl);
      if (event === null) return {};
      const answer = await tools.http({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(event),
        timeoutMs,
        maxBytes: MAX_BYTES,
        signal,
      });
      requireAccepted(answer, {
        who: 'PagerDuty',
        url,
        now: tools.now(),
        hints: {
          400: 'Check PAGERDUTY_ROUTING_KEY: an integration key of Events API v2.',
          403: 'Check PAGERDUTY_ROUTING_KEY: an integration key of Events API v2.',
        },
      });
      return { receipt: event.dedup_key };
    },
  };
}
