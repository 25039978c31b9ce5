import { z } from 'zod';
import type { Sheet } from '#src/domain/brief-sheet.ts';
import { UsageError } from '#src/domain/errors.ts';
import { limited } from '#src/platform/limited.ts';
import { type Call, call, read } from '#src/tickets/call.ts';
import type { TicketRef, Tracker, TrackerSettings, TrackerTools } from '#src/tickets/contract.ts';
import { jiraCaller } from '#src/tickets/jira/client.ts';
import { chooseTransition, transitionsSchema } from '#src/tickets/jira/transitions.ts';
import { type AdfDocument, toAdf } from '#src/tickets/render/adf.ts';
import { toWiki } from '#src/tickets/render/wiki.ts';

const MOST_SUMMARY = 255;
/** Characters of a text field. */
const MOST_TEXT = 32_767;
const MOST_COMMENTS = 100;

const searchSchema = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      fields: z.object({ description: z.unknown() }).optional(),
    }),
  ),
});
const createdSchema = z.object({ id: z.string(), key: z.string() });
const commentsSchema = z.object({ comments: z.array(z.object({ body: z.unknown() })) });
const statusSchema = z.object({
  fields: z.object({ status: z.object({ statusCategory: z.object({ key: z.string() }) }) }),
});

/** Jira Cloud (API 3, documents) and Data Center (API 2, wiki markup). */
export function createJira(settings: TrackerSettings['jira'], tools: TrackerTools): Tracker {
  const { project, issueType, doneStatus, deployment, labels } = settings;
  const isCloud = deployment === 'cloud';
  const caller = jiraCaller(settings);
  const ask = (request: Call) => call(caller, request, tools);
  const refOf = ({ id, key }: { id: string; key: string }): TicketRef => ({
    id,
    key,
    url: `${settings.url.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}`,
  });
  const textOf = (sheet: Sheet, marker: string): AdfDocument | string =>
    isCloud ? toAdf(sheet, marker) : limited(toWiki(sheet, marker), MOST_TEXT);
  const issue = ({ id }: TicketRef): string => `/issue/${encodeURIComponent(id)}`;

  const isDone = async (ref: TicketRef, signal: AbortSignal): Promise<boolean> => {
    const path = `${issue(ref)}?fields=status`;
    const { fields } = read(await ask({ method: 'GET', path, signal }), statusSchema, caller);
    return fields.status.statusCategory.key === 'done';
  };
  const move = async (
    ref: TicketRef,
    name: string | undefined,
    categories: readonly string[],
    signal: AbortSignal,
  ): Promise<boolean> => {
    const path = `${issue(ref)}/transitions`;
    const answer = await ask({ method: 'GET', path, signal });
    const { transitions } = read(answer, transitionsSchema, caller);
    const chosen = chooseTransition(transitions, name, categories);
    if (chosen === null) return false;
    await ask({ method: 'POST', path, body: { transition: { id: chosen.id } }, signal });
    return true;
  };

  return {
    id: 'jira',
    async find(marker, _service, signal) {
      const jql = `project = "${project}" AND labels = "${labelOf(marker)}" ORDER BY created ASC`;
      const body = { jql, fields: ['description'], maxResults: 1 };
      const path = isCloud ? '/search/jql' : '/search';
      const { issues } = read(
        await ask({ method: 'POST', path, body, signal }),
        searchSchema,
        caller,
      );
      const [found] = issues;
      if (!found) return null;
      return { ref: refOf(found), text: JSON.stringify(found.fields?.description) ?? '' };
    },
    async create({ marker, news, title, sheet }, signal) {
      const fields = {
        project: { key: project },
        issuetype: { name: issueType },
        summary: limited(title, MOST_SUMMARY),
        description: textOf(sheet, news),
        labels: [...labels, labelOf(marker)],
      };
      const answer = await ask({ method: 'POST', path: '/issue', body: { fields }, signal });
      return refOf(read(answer, createdSchema, caller));
    },
    async note(ref, { marker, sheet }, signal) {
      const path = `${issue(ref)}/comment`;
      const query = `?maxResults=${MOST_COMMENTS}&orderBy=-created`;
      const answer = await ask({ method: 'GET', path: `${path}${query}`, signal });
      const { comments } = read(answer, commentsSchema, caller);
      if (comments.some(({ body }) => JSON.stringify(body)?.includes(marker))) return;
      await ask({ method: 'POST', path, body: { body: textOf(sheet, marker) }, signal });
    },
    async close(ref, signal) {
      if (await isDone(ref, signal)) return;
      if (await move(ref, doneStatus, ['done'], signal)) return;
      throw new UsageError(`${ref.key} has no way into ${doneStatus ?? 'a status that is done'}`, {
        where: ref.url,
        hint: 'Set tickets.jira.doneStatus to a status that its workflow leads to.',
      });
    },
    async reopen(ref, signal) {
      // A workflow without a way back is no fault of ours; the note tells of it.
      if (await isDone(ref, signal)) await move(ref, undefined, ['indeterminate', 'new'], signal);
    },
    async check(signal) {
      const path = `/project/${encodeURIComponent(project)}`;
      const form = z.object({
        name: z.string(),
        issueTypes: z.array(z.object({ name: z.string() })).optional(),
      });
      const { name, issueTypes } = read(await ask({ method: 'GET', path, signal }), form, caller);
      const known = issueTypes?.map((each) => each.name) ?? [issueType];
      if (known.includes(issueType)) return `project ${name} (${project}) takes ${issueType}`;
      throw new UsageError(`project ${project} has no issue type "${issueType}"`, {
        hint: `Set tickets.jira.issueType to one of ${known.slice(0, 8).join(', ')}.`,
      });
    },
  };
}

/** Labels have no blanks; markers have none either, apart from what separates their parts. */
function labelOf(marker: string): string {
  return marker.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, 255);
}
