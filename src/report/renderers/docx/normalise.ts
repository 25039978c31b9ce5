import { readZip, writeZip } from '#src/report/renderers/docx/zip.ts';

/**
 * Takes chance and time out of a Word package: dates become the report's own, and ids that the
 * library counts through all documents of a process begin anew. Only tags are touched, never text.
 * @param asOf RFC 3339
 */
export function normalisedPackage(zip: Buffer, asOf: string): Buffer {
  return writeZip(
    readZip(zip).map(({ name, bytes }) => {
      if (name === 'docProps/core.xml') {
        return { name, bytes: Buffer.from(dated(bytes.toString('utf8'), asOf)) };
      }
      if (name !== 'word/document.xml') return { name, bytes };
      return { name, bytes: Buffer.from(numbered(bytes.toString('utf8'))) };
    }),
  );
}

function dated(text: string, asOf: string): string {
  return text.replace(/(<dcterms:(?:created|modified)[^>]{0,80}>)[^<]{0,40}/g, `$1${asOf}`);
}

/** Tags that carry ids of bookmarks or drawings, and the instruction that names a bookmark. */
const TAG =
  /<(?:w:bookmarkStart|w:bookmarkEnd|w:hyperlink|wp:docPr)\b[^>]*>|<w:instrText[^>]*>PAGEREF _Toc\d{1,9}/g;
const ID = /(_Toc| w:id="|<wp:docPr id=")(\d{1,9})/g;

function numbered(text: string): string {
  const maps = {
    _Toc: new Map<string, number>(),
    mark: new Map<string, number>(),
    drawing: new Map<string, number>(),
  };
  return text.replace(TAG, (tag) =>
    // Descriptions are people's words: what stands in their quotes is left alone.
    tag.replace(/^<wp:docPr id="\d{1,9}"|^(?!<wp:docPr).*/s, (part) =>
      part.replace(ID, (_, lead: string, id: string) => {
        const map = lead === '_Toc' ? maps._Toc : lead.startsWith(' ') ? maps.mark : maps.drawing;
        const known = map.get(id) ?? map.size + 1;
        map.set(id, known);
        return `${lead}${known}`;
      }),
    ),
  );
}
