import type { EffectState, SimilarIncident } from '#src/domain/incident-record.ts';
import type { Result, Statement } from '#src/domain/result.ts';
import type { Citations } from '#src/report/model/citations.ts';
import type { Block, CitedText } from '#src/report/model/report.ts';

/** What one part of a report is made of. */
export type Subject = {
  result: Result;
  /** What left the program; null where the store was not asked, as with a bundle. */
  effects: readonly EffectState[] | null;
  similar: readonly SimilarIncident[];
};

/** What the sections take their sentences from. */
export type Material = Subject & { citations: Citations };

/** Statements of the result as sentences; those that do not hold are left out. */
export function sentences({ citations }: Material, statements: readonly Statement[]): CitedText[] {
  return statements.flatMap(({ text, cites }) => citations.cite(text, cites) ?? []);
}

/** A sentence about the document itself, which needs no evidence. */
export function plain(text: string): CitedText {
  return { text, cites: [] };
}

export function paragraph(sentence: CitedText | null): Block[] {
  return sentence === null ? [] : [{ type: 'paragraph', ...sentence }];
}

/** A list, or what is said where there is nothing to list. */
export function listOf(
  style: 'bullet' | 'number' | 'check',
  items: readonly CitedText[],
  otherwise: string,
): Block[] {
  return items.length > 0
    ? [{ type: 'list', style, items: [...items] }]
    : [{ type: 'paragraph', ...plain(otherwise) }];
}
