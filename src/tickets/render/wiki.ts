import type { Sheet } from '#src/domain/brief-sheet.ts';
import { withoutReferences } from '#src/tickets/render/inert.ts';

/** Text that Jira's wiki markup reads as it stands. */
export function escapeWiki(text: string): string {
  const escaped = text.replace(/[\\{}[\]*_\-+^~?!|#]/g, '\\$&');
  // `h1. ` and `bq. ` are markup at the beginning of a line only.
  return withoutReferences(escaped.replace(/^(h[1-6]|bq)\./, '$1\\.'));
}

/** A sheet as wiki markup of Jira Data Center; the marker is its last line. */
export function toWiki(sheet: Sheet, marker: string): string {
  const { headline, paragraphs, facts, lists, notes, link } = sheet;
  const blocks = [
    `*${escapeWiki(headline)}*`,
    ...paragraphs.map(escapeWiki),
    facts.map(({ label, value }) => `* *${escapeWiki(label)}:* ${escapeWiki(value)}`).join('\n'),
    ...lists.map(({ title, items }) =>
      [`h3. ${escapeWiki(title)}`, ...items.map((item) => `* ${escapeWiki(item)}`)].join('\n'),
    ),
    ...notes.map(escapeWiki),
    link ? `[Open the incident|${link.replace(/[|\]]/g, encodeURIComponent)}]` : '',
    `{{${marker}}}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
