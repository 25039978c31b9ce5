import { basename, dirname, join } from 'node:path';
import { UsageError } from '#src/domain/errors.ts';
import { writeFileAtomic } from '#src/platform/atomic-write.ts';
import { buildReport } from '#src/report/model/build-report.ts';
import type { Subject } from '#src/report/model/material.ts';
import { REPORT_FORMATS, type ReportFormat } from '#src/report/registry.ts';

/** Where the document goes: a folder, one file, or nowhere (`-`: the caller prints it). */
export type ReportPlace = { folder: string } | { file: string } | '-';

export type WriteReportOptions = {
  format: ReportFormat;
  place: ReportPlace;
  postmortem: boolean;
};

/** The files that were written, the document first; with `-` its text instead. */
export type WrittenReport = { files: string[]; text: string | null };

/**
 * Makes the report and writes it with its pictures, readable by the owner only. Names are made of
 * the ids of incidents, so the same report overwrites itself and nothing else.
 * @throws UsageError when a format that is no text is to go to standard output
 */
export async function writeReport(
  subjects: readonly Subject[],
  { format, place, postmortem }: WriteReportOptions,
): Promise<WrittenReport> {
  const renderer = await REPORT_FORMATS[format]();
  if (place === '-' && !renderer.isText) {
    throw new UsageError(`${format} is no text`, {
      where: '--out',
      hint: 'Name a file or a folder.',
    });
  }
  const report = buildReport(subjects, { postmortem });
  if (place === '-') {
    const { document } = await renderer.render(report, null);
    return { files: [], text: Buffer.from(document).toString('utf8') };
  }
  const name = `${reportName(subjects, report.kind)}.${renderer.extension}`;
  const path = 'file' in place ? place.file : join(place.folder, name);
  const stem = basename(path).replace(/\.[^.]{1,10}$/, '');
  const { document, pictures } = await renderer.render(report, stem);
  writeFileAtomic(path, document);
  const beside = pictures.map((picture) => ({
    path: join(dirname(path), picture.name),
    bytes: picture.bytes,
  }));
  for (const picture of beside) writeFileAtomic(picture.path, picture.bytes);
  return { files: [path, ...beside.map((picture) => picture.path)], text: null };
}

/** `inc-a9e86fa2cf-report`, `inc-a9e86fa2cf-postmortem`, `incidents-2026-01-28-to-2026-02-03-report`. */
export function reportName(subjects: readonly Subject[], kind: string): string {
  const safe = (text: string): string => text.replace(/[^\w-]/g, '_').slice(0, 60);
  const [only] = subjects;
  if (subjects.length === 1 && only) return `${safe(only.result.incident.id)}-${kind}`;
  const days = subjects.map(({ result }) => safe(result.incident.detectedAt.slice(0, 10))).sort();
  return `incidents-${days[0]}-to-${days.at(-1)}-${kind}`;
}
