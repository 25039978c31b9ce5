import type { Sheet } from '#src/domain/brief-sheet.ts';
import { withoutReferences } from '#src/tickets/render/inert.ts';

/** Text that is read as it stands: no markup, HTML, link, mention or reference. */
export function escapeMarkdown(text: string): string {
  return withoutReferences(
    text
      .replace(/[\\`*_{}[\]()#+\-.!|~>=$^:]/g, '\\$&')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;'),
  );
}

/**
 * A sheet as GitHub-flavoured markdown. The marker stands in a comment, which nobody sees.
 * @param marker letters, digits, `-`, `/` and `:` only
 */
export function toMarkdown(sheet: Sheet, marker: string): string {
  const { headline, paragraphs, facts, lists, notes, link } = sheet;
  const rows = facts.map(
    ({ label, value }) => `| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`,
  );
  const blocks = [
    `**${escapeMarkdown(headline)}**`,
    ...paragraphs.map(escapeMarkdown),
    rows.length > 0 ? ['| | |', '|---|---|', ...rows].join('\n') : '',
    ...lists.map(({ title, items }) =>
      [
        `### ${escapeMarkdown(title)}`,
        '',
        ...items.map((item) => `- ${escapeMarkdown(item)}`),
      ].join('\n'),
    ),
    ...notes.map(escapeMarkdown),
    link ? `[Open the incident](<${link}>)` : '',
    `<!-- ${marker} -->`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
