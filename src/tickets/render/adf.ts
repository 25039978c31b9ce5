import type { Sheet } from '#src/domain/brief-sheet.ts';

/**
 * The parts of the Atlassian Document Format that are used
 * (developer.atlassian.com/cloud/jira/platform/apis/document/structure). Text nodes are text,
 * whatever they hold; they must not be empty.
 */
type TextNode = {
  type: 'text';
  text: string;
  marks?: ({ type: 'strong' } | { type: 'link'; attrs: { href: string } })[];
};
type Paragraph = { type: 'paragraph'; content: TextNode[] };
type Block =
  | Paragraph
  | { type: 'heading'; attrs: { level: number }; content: TextNode[] }
  | { type: 'bulletList'; content: { type: 'listItem'; content: Paragraph[] }[] };
export type AdfDocument = { type: 'doc'; version: 1; content: Block[] };

const text = (value: string, marks?: TextNode['marks']): TextNode => ({
  type: 'text',
  text: value || ' ',
  ...(marks ? { marks } : {}),
});
const paragraph = (...content: TextNode[]): Paragraph => ({ type: 'paragraph', content });
const bullets = (items: readonly TextNode[][]): Block => ({
  type: 'bulletList',
  content: items.map((content) => ({ type: 'listItem', content: [paragraph(...content)] })),
});

/** A sheet as a document of Jira Cloud; the marker is its last line. */
export function toAdf(sheet: Sheet, marker: string): AdfDocument {
  const { headline, paragraphs, facts, lists, notes, link } = sheet;
  return {
    type: 'doc',
    version: 1,
    content: [
      paragraph(text(headline, [{ type: 'strong' }])),
      ...paragraphs.map((each) => paragraph(text(each))),
      ...(facts.length > 0
        ? [
            bullets(
              facts.map(({ label, value }) => [
                text(`${label}: `, [{ type: 'strong' }]),
                text(value),
              ]),
            ),
          ]
        : []),
      ...lists.flatMap(({ title, items }): Block[] => [
        { type: 'heading', attrs: { level: 3 }, content: [text(title)] },
        bullets(items.map((item) => [text(item)])),
      ]),
      ...notes.map((note) => paragraph(text(note))),
      ...(link
        ? [paragraph(text('Open the incident', [{ type: 'link', attrs: { href: link } }]))]
        : []),
      paragraph(text(marker)),
    ],
  };
}
