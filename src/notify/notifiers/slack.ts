import type { Notifier, NotifierSettings, NotifyTools } from '#src/notify/contract.ts';
import { sheetOfContent } from '#src/notify/sheet-of-content.ts';
import { slackMessage } from '#src/notify/slack/blocks.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';

const MAX_BYTES = 64 * 1024;
const GONE = 'Make a new incoming webhook in Slack and set SLACK_WEBHOOK_URL.';

/** An incoming webhook of Slack: its address decides the channel, and nothing else can. */
export function createSlack(settings: NotifierSettings['slack'], tools: NotifyTools): Notifier {
  const { webhookUrl, timeoutMs, publicUrl } = settings;
  return {
    id: 'slack',
    async send({ content }, signal) {
      const answer = await tools.http({
        url: webhookUrl,
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(slackMessage(sheetOfContent(content, publicUrl))),
        timeoutMs,
        maxBytes: MAX_BYTES,
        signal,
      });
      requireAccepted(answer, {
        who: 'Slack',
        url: webhookUrl,
        // The path of the address is the secret.
        where: new URL(webhookUrl).origin,
        now: tools.now(),
        hints: { 403: GONE, 404: GONE, 410: GONE },
      });
      return { receipt: 'ok' };
    },
  };
}
