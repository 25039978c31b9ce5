import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Desk } from '#src/app/desk.ts';
import { reportSubjects } from '#src/app/report-subjects.ts';
import { reportName, writeReport } from '#src/app/report-write.ts';
import type { IncidentSummary, IncidentView } from '#src/domain/incident-record.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { sampleResult, sampleSubject } from '../report/sample.ts';

const replay = async (): Promise<never> => {
  throw new Error('no bundle was asked for');
};

/** A desk with incidents noticed at these times, newest first; `unread` has no result. */
function deskOf(times: readonly string[], unread = ''): () => Promise<Desk> {
  const summaries = times.map((detectedAt) => ({ id: `inc-${detectedAt}`, detectedAt }));
  const viewOf = (summary: { id: string; detectedAt: string }): IncidentView => {
    const result = sampleResult();
    result.incident.id = summary.id;
    result.incident.detectedAt = summary.detectedAt;
    return {
      summary: summary as IncidentSummary,
      incident: result.incident,
      result: summary.id === unread ? null : result,
      job: null,
      effects: [],
      similar: [],
    } as unknown as IncidentView;
  };
  return async () =>
    ({
      list: async () => summaries as IncidentSummary[],
      read: async (id: string) => {
        const found = summaries.find((one) => one.id === id);
        return found ? viewOf(found) : null;
      },
    }) as unknown as Desk;
}

test('all incidents since a moment stand in one report, oldest first', async () => {
  const desk = deskOf(['2026-03-03T00:00:00Z', '2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z']);
  const topic = { kind: 'all', since: Date.parse('2026-03-02T00:00:00Z') } as const;
  const subjects = await reportSubjects(topic, desk, replay);
  expect(subjects.map(({ result }) => result.incident.id)).toEqual([
    'inc-2026-03-02T00:00:00Z',
    'inc-2026-03-03T00:00:00Z',
  ]);
  expect(reportName(subjects, 'report')).toBe('incidents-2026-03-02-to-2026-03-03-report');
});

test('an unknown incident, and one without a result, say what to do', async () => {
  const desk = deskOf(['2026-03-01T00:00:00Z'], 'inc-2026-03-01T00:00:00Z');
  await expect(reportSubjects({ kind: 'incident', id: 'x' }, desk, replay)).rejects.toMatchObject({
    exitCode: 2,
    hint: 'See the list: incident list.',
  });
  const unread = { kind: 'incident', id: 'inc-2026-03-01T00:00:00Z' } as const;
  await expect(reportSubjects(unread, desk, replay)).rejects.toMatchObject({
    message: expect.stringContaining('not investigated yet'),
  });
  await expect(
    reportSubjects({ kind: 'all', since: undefined }, desk, replay),
  ).rejects.toMatchObject({
    exitCode: 2,
  });
});

test('files are for their owner only, under names that cannot leave the folder', async () => {
  const folder = join(tempDir(), 'reports');
  const subject = sampleSubject();
  subject.result.incident.id = '../../etc/passwd\n';
  const options = { format: 'markdown', place: { folder }, postmortem: false } as const;
  const { files } = await writeReport([subject], options);
  expect(files.map((file) => basename(file))).toEqual([
    '______etc_passwd_-report.md',
    '______etc_passwd_-report-M1.png',
  ]);
  for (const file of files) {
    expect(existsSync(join(folder, basename(file)))).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
});

test('a report goes to the file that is named, or is given as text', async () => {
  const file = join(tempDir(), 'deep', 'checkout.html');
  const written = await writeReport([sampleSubject()], {
    format: 'html',
    place: { file },
    postmortem: true,
  });
  expect(written).toEqual({ files: [file], text: null });
  expect(readFileSync(file, 'utf8')).toContain('<!doctype html>');
  const printed = await writeReport([sampleSubject()], {
    format: 'json',
    place: '-',
    postmortem: false,
  });
  expect(JSON.parse(printed.text ?? '')).toMatchObject({ schema: 'incident-report/v1' });
  await expect(
    writeReport([sampleSubject()], { format: 'docx', place: '-', postmortem: false }),
  ).rejects.toMatchObject({ exitCode: 2 });
});
