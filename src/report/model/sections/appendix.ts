import { evidenceText } from '#src/report/model/evidence-text.ts';
import type { Material } from '#src/report/model/material.ts';
import type { EvidenceEntry } from '#src/report/model/report.ts';
import { inline, moment } from '#src/report/model/text.ts';

/** All evidence in the order of the result; what is cited with every stored byte, the rest as a line. */
export function evidenceEntries({ result, citations }: Material): EvidenceEntry[] {
  return result.evidence.map((one) => {
    const quotes = citations.quoted.get(one.id);
    return {
      id: inline(one.id),
      kind: one.kind,
      service: inline(one.service ?? ''),
      source: inline(one.source),
      query: inline(one.query),
      from: moment(one.window.start),
      to: moment(one.window.end),
      summary: inline(one.summary),
      isCited: quotes !== undefined,
      quotes: [...(quotes ?? [])],
      text: quotes === undefined ? '' : evidenceText(one),
    };
  });
}
