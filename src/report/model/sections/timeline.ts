import { parseTime } from '#src/domain/time.ts';
import { compareText, firstDifference } from '#src/platform/compare.ts';
import { type Material, plain } from '#src/report/model/material.ts';
import type { Block, TableRow } from '#src/report/model/report.ts';
import { inline, shortMoment } from '#src/report/model/text.ts';

/** What happened when, oldest first; each row with the evidence that says so. */
export function timelineBlocks({ result, citations }: Material): Block[] {
  const { timeline, detectedAt } = result.incident;
  const rows: TableRow[] = [...timeline]
    .sort((a, b) =>
      firstDifference((parseTime(a.at) ?? 0) - (parseTime(b.at) ?? 0), compareText(a.what, b.what)),
    )
    .flatMap(({ at, what, cites }) => {
      const cited = citations.cite(what, cites);
      if (cited === null) return [];
      // What people did is written down by the program itself and has no evidence beside it.
      const source = cited.cites.length > 0 ? inline(what) : `${inline(what)} (as recorded)`;
      return [{ cells: [shortMoment(at, detectedAt), source], cites: cited.cites }];
    });
  if (rows.length === 0)
    return [{ type: 'paragraph', ...plain('Nothing is known of the course of events.') }];
  const day = detectedAt.slice(0, 10);
  return [{ type: 'table', caption: `Times in UTC, ${day}`, columns: ['Time', 'What'], rows }];
}
