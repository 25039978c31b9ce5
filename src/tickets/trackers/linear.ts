import { z } from 'zod';
import type { Severity } from '#src/domain/alert.ts';
import { UpstreamError, UsageError } from '#src/domain/errors.ts';
import { limited } from '#src/platform/limited.ts';
import type { TicketRef, Tracker, TrackerSettings, TrackerTools } from '#src/tickets/contract.ts';
import { createLinearClient } from '#src/tickets/linear/client.ts';
import { uuidOf } from '#src/tickets/linear/uuid.ts';
import { toMarkdown } from '#src/tickets/render/markdown.ts';

const MOST_TITLE = 255;
const MOST_TEXT = 60_000;
/** Linear's: 1 urgent to 4 low. */
const PRIORITIES: Record<Severity, number> = { critical: 1, high: 2, medium: 3, low: 4 };

const ISSUE = 'id identifier url';
const issueSchema = z.object({
  id: z.string(),
  identifier: z.string(),
  url: z.string(),
  description: z.string().nullish(),
});
const issues = z.object({ issues: z.object({ nodes: z.array(issueSchema) }) });
const teamSchema = z.object({
  id: z.string(),
  name: z.string(),
  states: z.object({ nodes: z.array(z.object({ id: z.string(), type: z.string() })) }),
});
type Team = z.infer<typeof teamSchema>;

/** Issues of Linear. Ids are ours, so what is made twice is made once. */
export function createLinear(settings: TrackerSettings['linear'], tools: TrackerTools): Tracker {
  const ask = createLinearClient(settings, tools);
  const refOf = ({ id, identifier, url }: z.infer<typeof issueSchema>): TicketRef => ({
    id,
    key: identifier,
    url,
  });
  const find: Tracker['find'] = async (marker, _service, signal) => {
    const data = await ask(
      `query ($id: ID!) { issues(filter: { id: { eq: $id } }, includeArchived: true) { nodes { ${ISSUE} description } } }`,
      { id: uuidOf(marker) },
      signal,
    );
    const [found] = shaped(data, issues).issues.nodes;
    return found ? { ref: refOf(found), text: found.description ?? '' } : null;
  };
  const readTeam = async (signal: AbortSignal): Promise<Team> => {
    const data = await ask(
      'query ($key: String!) { teams(filter: { key: { eq: $key } }) { nodes { id name states { nodes { id type } } } } }',
      { key: settings.team },
      signal,
    );
    const [found] = shaped(data, z.object({ teams: z.object({ nodes: z.array(teamSchema) }) }))
      .teams.nodes;
    if (found) return found;
    throw new UsageError(`Linear has no team "${settings.team}"`, {
      hint: 'Set tickets.linear.team to the key of a team, as it stands before the numbers of its issues.',
    });
  };
  const setState = async (
    ref: TicketRef,
    types: readonly string[],
    signal: AbortSignal,
  ): Promise<void> => {
    const { states } = await readTeam(signal);
    const state = types.flatMap((type) => states.nodes.find((each) => each.type === type) ?? [])[0];
    if (!state) {
      throw new UsageError(`team ${settings.team} has no state of type ${types.join(' or ')}`);
    }
    await ask(
      'mutation ($id: String!, $state: String!) { issueUpdate(id: $id, input: { stateId: $state }) { success } }',
      { id: ref.id, state: state.id },
      signal,
    );
  };
  return {
    id: 'linear',
    find,
    async create({ marker, news, title, sheet, severity }, signal) {
      const { id: teamId } = await readTeam(signal);
      const input = {
        id: uuidOf(marker),
        teamId,
        title: limited(title, MOST_TITLE),
        description: limited(toMarkdown(sheet, news), MOST_TEXT),
        priority: PRIORITIES[severity],
      };
      const data = await ask(
        `mutation ($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { ${ISSUE} } } }`,
        { input },
        signal,
      );
      const form = z.object({ issueCreate: z.object({ issue: issueSchema }) });
      return refOf(shaped(data, form).issueCreate.issue);
    },
    async note(ref, { marker, sheet }, signal) {
      const id = uuidOf(marker);
      const data = await ask(
        'query ($id: ID!) { comments(filter: { id: { eq: $id } }) { nodes { id } } }',
        { id },
        signal,
      );
      const known = z.object({
        comments: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
      });
      if (shaped(data, known).comments.nodes.length > 0) return;
      const input = { id, issueId: ref.id, body: limited(toMarkdown(sheet, marker), MOST_TEXT) };
      await ask(
        'mutation ($input: CommentCreateInput!) { commentCreate(input: $input) { success } }',
        { input },
        signal,
      );
    },
    close: (ref, signal) => setState(ref, ['completed'], signal),
    reopen: (ref, signal) => setState(ref, ['started', 'unstarted'], signal),
    async check(signal) {
      const { name } = await readTeam(signal);
      return `team ${name} (${settings.team}) takes issues`;
    },
  };
}

function shaped<T extends z.ZodType>(data: unknown, schema: T): z.output<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new UpstreamError('Linear answered in an unknown form');
}
