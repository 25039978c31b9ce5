import type { Sheet } from '#src/domain/brief-sheet.ts';

/** A sheet as plain text; the headline first, since phones show the beginning only. */
export function plainText({ headline, paragraphs, facts, lists, notes, link }: Sheet): string {
  const width = Math.max(0, ...facts.map(({ label }) => label.length)) + 2;
  const blocks = [
    headline,
    ...paragraphs,
    facts.map(({ label, value }) => `${`${label}:`.padEnd(width)}${value}`).join('\n'),
    ...lists.map(({ title, items }) => [title, ...items.map((item) => `- ${item}`)].join('\n')),
    notes.join('\n'),
    link ?? '',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
