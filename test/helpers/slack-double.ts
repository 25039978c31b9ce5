import { z } from 'zod';
import { type ReceiverDouble, receiverDouble } from './receiver-double.ts';

/*
 * What Slack documents of messages by incoming webhooks and of the blocks that we use
 * (docs.slack.dev/reference/block-kit/blocks, …/composition-objects/text-object).
 */
const plain = (most: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.boolean().optional(),
  });
const text = (most: number) =>
  z.union([
    plain(most),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(most),
      verbatim: z.boolean().optional(),
    }),
  ]);
const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: z.string().max(255),
  url: z.url().max(3000).optional(),
});
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      text: text(3000).optional(),
      fields: z.array(text(2000)).min(1).max(10).optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined),
  z.strictObject({
    type: z.literal('context'),
    elements: z.array(text(2000)).min(1).max(10),
  }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button).min(1).max(25) }),
]);
const messageSchema = z.strictObject({
  text: z.string().min(1).max(40_000),
  blocks: z.array(block).min(1).max(50),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});
export type SlackMessageSeen = z.infer<typeof messageSchema>;

/** Slack's incoming webhooks: one good address, everything else refused as Slack does. */
export async function slackDouble(): Promise<
  ReceiverDouble & { webhookUrl: string; messages: SlackMessageSeen[] }
> {
  const messages: SlackMessageSeen[] = [];
  const double = await receiverDouble(({ method, path, headers, body }) => {
    if (path !== '/services/T000/B000/secret') return { status: 404, body: 'no_service' };
    if (method !== 'POST' || !headers['content-type']?.startsWith('application/json')) {
      return { status: 400, body: 'invalid_payload' };
    }
    const parsed = messageSchema.safeParse(safeJson(body));
    if (!parsed.success) return { status: 400, body: `invalid_blocks ${parsed.error.message}` };
    messages.push(parsed.data);
    return { status: 200, body: 'ok' };
  });
  return { ...double, webhookUrl: `${double.url}/services/T000/B000/secret`, messages };
}

export function safeJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
