import { type Sheet, sheetOf } from '#src/domain/brief-sheet.ts';
import type { Content } from '#src/notify/contract.ts';
import { digestSheet } from '#src/notify/digest-sheet.ts';

/** What is to be said, whether it is about one incident or about many. */
export function sheetOfContent(content: Content, publicUrl: string | undefined): Sheet {
  return content.type === 'brief'
    ? sheetOf(content.brief, publicUrl)
    : digestSheet(content.briefs, content.more, publicUrl);
}
