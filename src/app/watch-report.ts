import { join } from 'node:path';
import { writeReport } from '#src/app/report-write.ts';
import type { WatchOutcome } from '#src/app/watch-loop.ts';
import type { Result } from '#src/domain/result.ts';
import { formatTime } from '#src/domain/time.ts';
import type { Subject } from '#src/report/model/material.ts';
import { REPORT_FORMATS, type ReportFormat } from '#src/report/registry.ts';

export type WatchReportOptions = {
  folder: string;
  format: ReportFormat;
  /** Results about services that nothing is wrong with, to be told of too. */
  healthy: readonly Result[];
};

/**
 * Writes one document about all that a look found, under the time of the look.
 * @returns its path, or null when there is no result to report on
 */
export async function writeWatchReport(
  { cycle, incidents }: WatchOutcome,
  { folder, format, healthy }: WatchReportOptions,
): Promise<string | null> {
  const subjects: Subject[] = incidents.flatMap(({ result, effects, similar }) =>
    result === null ? [] : [{ result, effects, similar }],
  );
  for (const result of healthy) subjects.push({ result, effects: null, similar: [] });
  if (subjects.length === 0) return null;
  const { extension } = await REPORT_FORMATS[format]();
  const time = formatTime(cycle.at).replace(/[:.]/g, '-');
  const file = join(folder, `watch-${time}.${extension}`);
  const { files } = await writeReport(subjects, { format, place: { file }, postmortem: false });
  return files[0] ?? null;
}
