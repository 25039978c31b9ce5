import type { Cite, Evidence } from '#src/domain/evidence.ts';
import { alertBody } from '#src/web/evidence/alert.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { changeBody } from '#src/web/evidence/change.ts';
import { checkBody } from '#src/web/evidence/check.ts';
import { recordsBody } from '#src/web/evidence/records.ts';
import { seriesBody } from '#src/web/evidence/series.ts';
import { sourceBody } from '#src/web/evidence/source.ts';
import { spansBody } from '#src/web/evidence/spans.ts';
import { eventBody, textBody } from '#src/web/evidence/texts.ts';
import { traceBody } from '#src/web/evidence/trace.ts';
import type { Html } from '#src/web/html/html.ts';

export type BodyOptions = {
  book: Book;
  /** What is cited of it, and so marked. */
  cites: readonly Cite[];
  /** Under a citation: the little that carries it. */
  isShort: boolean;
};

/** The bytes that evidence rests on, drawn by their kind. */
export function evidenceBody(evidence: Evidence, options: BodyOptions): Html | null {
  const { data } = evidence;
  switch (data.type) {
    case 'alert':
      return alertBody(data.alert, options);
    case 'series':
      return seriesBody(evidence, data, options);
    case 'records':
      return recordsBody(data, options);
    case 'frames':
      return traceBody(data.trace, options);
    case 'spans':
      return spansBody(data.spans, options);
    case 'check':
      return checkBody(data.checks, options);
    case 'change':
      return changeBody(data.change, options);
    case 'event':
      return eventBody(data.event, options);
    case 'source':
      return sourceBody(data, options);
    case 'text':
      return textBody(data, options);
  }
}
