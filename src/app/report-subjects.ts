import type { Desk } from '#src/app/desk.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';
import { parseTime } from '#src/domain/time.ts';
import type { Subject } from '#src/report/model/material.ts';

/** What a report is to be about: one incident of the store, a bundle, or all since a moment. */
export type ReportTopic =
  | { kind: 'incident'; id: string }
  | { kind: 'bundle'; dir: string }
  | { kind: 'all'; since: number | undefined };

/** Incidents in one document at the most. */
const MOST = 100;

/**
 * Finds the results that a report is made of, oldest first.
 * @param replay investigates a bundle
 * @throws UsageError when there is no such incident, or none with a result
 */
export async function reportSubjects(
  topic: ReportTopic,
  desk: () => Promise<Desk>,
  replay: (dir: string) => Promise<Result>,
): Promise<Subject[]> {
  if (topic.kind === 'bundle') {
    return [{ result: await replay(topic.dir), effects: null, similar: [] }];
  }
  const book = await desk();
  if (topic.kind === 'incident') {
    const view = await book.read(topic.id);
    if (!view) {
      throw new UsageError(`there is no incident "${topic.id}"`, {
        hint: 'See the list: incident list.',
      });
    }
    const subject = subjectOf(view);
    if (!subject) {
      throw new UsageError(`${view.summary.id} was not investigated yet`, {
        hint: `Ask for it: incident retry ${view.summary.id}.`,
      });
    }
    return [subject];
  }
  const { since } = topic;
  const summaries = (await book.list({ limit: MOST })).filter(
    ({ detectedAt }) => since === undefined || (parseTime(detectedAt) ?? 0) >= since,
  );
  const views = await Promise.all(summaries.map(({ id }) => book.read(id)));
  const subjects = views.flatMap((view) => (view ? (subjectOf(view) ?? []) : []));
  if (subjects.length === 0) {
    throw new UsageError('no incident of that time has a result', {
      hint: 'See the list: incident list.',
    });
  }
  return subjects.reverse();
}

function subjectOf({ result, effects, similar }: IncidentView): Subject | null {
  return result === null ? null : { result, effects, similar };
}
