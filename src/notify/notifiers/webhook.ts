import { linkTo } from '#src/domain/brief-sheet.ts';
import { headlineOf } from '#src/domain/brief-words.ts';
import type { Content, Notifier, NotifierSettings, NotifyTools } from '#src/notify/contract.ts';
import { signedHeaders } from '#src/notify/webhook/signature.ts';
import { shortHash } from '#src/platform/hash.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';

const MAX_BYTES = 64 * 1024;

/** Any program: a signed POST of `incident-notification/v1` (docs/notifications.md). */
export function createWebhook(settings: NotifierSettings['webhook'], tools: NotifyTools): Notifier {
  const { url, secret, timeoutMs, publicUrl } = settings;
  return {
    id: 'webhook',
    async send({ key, content }, signal) {
      const body = JSON.stringify(documentOf(content, key, publicUrl));
      // Keys hold names from configuration and service; a header takes only some characters.
      const id = `msg_${shortHash(['webhook', key], 32)}`;
      const answer = await tools.http({
        url,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...signedHeaders(body, { id, secret, now: tools.now() }),
        },
        body,
        timeoutMs,
        maxBytes: MAX_BYTES,
        signal,
      });
      requireAccepted(answer, { who: 'the webhook', url, now: tools.now() });
      return { receipt: id };
    },
  };
}

function documentOf(content: Content, key: string, publicUrl: string | undefined): unknown {
  const schema = 'incident-notification/v1';
  if (content.type === 'digest') {
    const { briefs, more } = content;
    const timestamp = briefs.at(-1)?.at ?? null;
    return { schema, key, type: 'incident.digest', timestamp, data: { briefs, more } };
  }
  const { brief } = content;
  const { event, at, incident } = brief;
  const data = { ...brief, headline: headlineOf(brief), link: linkTo(incident.id, publicUrl) };
  return { schema, key, type: `incident.${event}`, timestamp: at, data };
}
