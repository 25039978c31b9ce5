import { z } from 'zod';
import {
  type Answer,
  type ReceiverDouble,
  receiverDouble,
  type SeenRequest,
} from './receiver-double.ts';
import { safeJson } from './slack-double.ts';

/* The operations of Linear's GraphQL API that are used (studio.apollographql.com, linear.app/developers). */
const uuid4 = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const issueInput = z.strictObject({
  id: uuid4,
  teamId: z.literal('team-1'),
  title: z.string().min(1).max(255),
  description: z.string().max(100_000).optional(),
  priority: z.number().int().min(0).max(4).optional(),
});
const commentInput = z.strictObject({ id: uuid4, issueId: uuid4, body: z.string().min(1) });

export const LINEAR_KEY = 'lin_api_of_a_test';

export type LinearIssue = {
  id: string;
  identifier: string;
  url: string;
  title: string;
  description: string;
  state: string;
  comments: { id: string; body: string }[];
};

/** One team, `OPS`. */
export async function linearDouble(): Promise<ReceiverDouble & { issues: LinearIssue[] }> {
  const issues: LinearIssue[] = [];
  const data = (value: object): Answer => ({ status: 200, body: { data: value } });
  const failed = (message: string, code: string, status = 400): Answer => ({
    status,
    body: { errors: [{ message, extensions: { code } }] },
  });
  const states = {
    nodes: ['unstarted', 'started', 'completed'].map((type) => ({ id: type, type })),
  };
  const double = await receiverDouble(({ headers, body }: SeenRequest) => {
    if (headers.authorization !== LINEAR_KEY) {
      return failed('Authentication required, not authenticated', 'AUTHENTICATION_ERROR', 401);
    }
    const asked = z
      .object({ query: z.string(), variables: z.record(z.string(), z.unknown()) })
      .parse(safeJson(body));
    const { query, variables } = asked;
    if (query.includes('issueCreate')) return create(variables.input);
    if (query.includes('commentCreate')) return comment(variables.input);
    if (query.includes('issueUpdate')) return update(variables);
    if (query.includes('teams(')) {
      const nodes = variables.key === 'OPS' ? [{ id: 'team-1', name: 'Operations', states }] : [];
      return data({ teams: { nodes } });
    }
    if (query.includes('comments(')) {
      const all = issues.flatMap(({ comments }) => comments);
      return data({ comments: { nodes: all.filter(({ id }) => id === variables.id) } });
    }
    return data({ issues: { nodes: issues.filter(({ id }) => id === variables.id) } });
  });
  function create(input: unknown): Answer {
    const parsed = issueInput.safeParse(input);
    if (!parsed.success) return failed('Argument Validation Error', 'INVALID_INPUT');
    const { id, title, description = '' } = parsed.data;
    if (issues.some((issue) => issue.id === id)) return failed('Entity exists', 'INVALID_INPUT');
    const identifier = `OPS-${issues.length + 1}`;
    const url = `https://linear.test/acme/issue/${identifier}`;
    const issue = { id, identifier, url, title, description, state: 'unstarted', comments: [] };
    issues.push(issue);
    return data({ issueCreate: { success: true, issue } });
  }
  function comment(input: unknown): Answer {
    const parsed = commentInput.safeParse(input);
    const issue = issues.find(({ id }) => id === parsed.data?.issueId);
    if (!parsed.success || !issue) return failed('Argument Validation Error', 'INVALID_INPUT');
    issue.comments.push({ id: parsed.data.id, body: parsed.data.body });
    return data({ commentCreate: { success: true } });
  }
  function update({ id, state }: Record<string, unknown>): Answer {
    const issue = issues.find((each) => each.id === id);
    if (!issue) return failed('Entity not found: Issue', 'INVALID_INPUT');
    issue.state = String(state);
    return data({ issueUpdate: { success: true } });
  }
  return { ...double, issues };
}
