import type { Sheet } from '#src/domain/brief-sheet.ts';
import { limited } from '#src/platform/limited.ts';

/** Limits of Block Kit (docs.slack.dev/reference/block-kit). */
export const SLACK_LIMITS = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  contextElements: 10,
  buttonText: 75,
  url: 3000,
  /** Longer fall-back texts are cut by Slack itself; this is far below. */
  text: 3000,
} as const;

type Plain = { type: 'plain_text'; text: string; emoji: false };
type Block =
  | { type: 'header'; text: Plain }
  | { type: 'section'; text: Plain }
  | { type: 'section'; fields: Plain[] }
  | { type: 'context'; elements: Plain[] }
  | {
      type: 'actions';
      elements: { type: 'button'; text: Plain; url: string; action_id: string }[];
    };

export type SlackMessage = {
  /** What notifications show. */
  text: string;
  blocks: Block[];
  unfurl_links: false;
  unfurl_media: false;
};

const plain = (text: string, most: number): Plain => ({
  type: 'plain_text',
  text: limited(text, most),
  emoji: false,
});

/**
 * A sheet as a message of Slack. All text is `plain_text`, in which nothing is markup, mention or
 * link; only the fall-back text is read as markup, and is escaped for it.
 */
export function slackMessage(sheet: Sheet): SlackMessage {
  const { headline, paragraphs, facts, lists, notes, link } = sheet;
  const blocks: Block[] = [{ type: 'header', text: plain(headline, SLACK_LIMITS.header) }];
  // A header that was cut says the rest below.
  const texts = headline.length > SLACK_LIMITS.header ? [headline, ...paragraphs] : paragraphs;
  for (const text of texts) {
    blocks.push({ type: 'section', text: plain(text, SLACK_LIMITS.section) });
  }
  for (let at = 0; at < facts.length; at += SLACK_LIMITS.fields) {
    const fields = facts
      .slice(at, at + SLACK_LIMITS.fields)
      .map(({ label, value }) => plain(`${label}: ${value}`, SLACK_LIMITS.field));
    blocks.push({ type: 'section', fields });
  }
  for (const { title, items } of lists) {
    const text = [title, ...items.map((item) => `• ${item}`)].join('\n');
    blocks.push({ type: 'section', text: plain(text, SLACK_LIMITS.section) });
  }
  if (notes.length > 0) {
    const elements = notes
      .slice(0, SLACK_LIMITS.contextElements)
      .map((note) => plain(note, SLACK_LIMITS.field));
    blocks.push({ type: 'context', elements });
  }
  if (link && link.length <= SLACK_LIMITS.url) {
    const text = plain('Open the incident', SLACK_LIMITS.buttonText);
    blocks.push({
      type: 'actions',
      elements: [{ type: 'button', text, url: link, action_id: 'open-incident' }],
    });
  }
  return {
    text: limited(escapeMrkdwn(headline), SLACK_LIMITS.text),
    blocks: blocks.slice(0, SLACK_LIMITS.blocks),
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Slack reads `<…>` as a link or mention and `&…;` as a character; everything else is text. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
