import type { PageNumberEstimator } from 'docx';
import { estimatePageNumbersWith } from 'docx/layout';

/** Paragraphs and tables that are laid out at the most: laying out takes longer than all the rest. */
const MOST = 1200;
// A character of a log may be of unknown width; a page that is off by one beats a blank.
const estimate = estimatePageNumbersWith({ guess: true });

/**
 * Page numbers for the table of contents. Only what stands before the last heading of the contents is
 * laid out: the appendix after it is long and changes no number. Where even that is too much, as in a
 * document of many incidents, numbers are left for Word to fill in (Update Table).
 */
export const pageNumbers: PageNumberEstimator = (body, context) => {
  const children: unknown = body['w:body'];
  if (!Array.isArray(children)) return { bookmarks: new Map() };
  const last = children.findLastIndex(isInContents);
  if (last + 1 > MOST) return { bookmarks: new Map() };
  const section = children.at(-1);
  const { bookmarks } = estimate({ 'w:body': [...children.slice(0, last + 1), section] }, context);
  return { bookmarks };
};

function isInContents(child: unknown): boolean {
  const text = JSON.stringify(child) ?? '';
  return text.includes('"w:val":"Heading1"') || text.includes('"w:val":"Heading2"');
}
