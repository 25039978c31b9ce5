import { z } from 'zod';
import {
  type Answer,
  type ReceiverDouble,
  receiverDouble,
  type SeenRequest,
} from './receiver-double.ts';
import { safeJson } from './slack-double.ts';

/*
 * Jira as its documents describe it: Cloud with API 3, where texts are documents
 * (developer.atlassian.com/cloud/jira/platform/rest/v3), and Data Center with API 2, where they are
 * wiki markup.
 */
const text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  marks: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('strong') }),
        z.strictObject({ type: z.literal('link'), attrs: z.strictObject({ href: z.url() }) }),
      ]),
    )
    .optional(),
});
const paragraph = z.strictObject({ type: z.literal('paragraph'), content: z.array(text) });
const adf = z.strictObject({
  type: z.literal('doc'),
  version: z.literal(1),
  content: z.array(
    z.discriminatedUnion('type', [
      paragraph,
      z.strictObject({
        type: z.literal('heading'),
        attrs: z.strictObject({ level: z.number().int().min(1).max(6) }),
        content: z.array(text),
      }),
      z.strictObject({
        type: z.literal('bulletList'),
        content: z
          .array(
            z.strictObject({ type: z.literal('listItem'), content: z.array(paragraph).min(1) }),
          )
          .min(1),
      }),
    ]),
  ),
});

export type JiraIssue = {
  id: string;
  key: string;
  fields: { summary: string; description: unknown; labels: string[] };
  status: 'new' | 'indeterminate' | 'done';
  comments: unknown[];
};

export type JiraDouble = ReceiverDouble & { issues: JiraIssue[]; transitions: string[] };

/** One project, `OPS`, of either kind of Jira; `authorization` is what the header must be. */
export async function jiraDouble(
  deployment: 'cloud' | 'data-center',
  authorization: string,
): Promise<JiraDouble> {
  const base = deployment === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  const body = deployment === 'cloud' ? adf : z.string().min(1).max(32_767);
  const createSchema = z.strictObject({
    fields: z.strictObject({
      project: z.strictObject({ key: z.literal('OPS') }),
      issuetype: z.strictObject({ name: z.literal('Bug') }),
      summary: z
        .string()
        .min(1)
        .max(255)
        .regex(/^[^\n\r]*$/),
      description: body,
      labels: z.array(z.string().regex(/^\S{1,255}$/)),
    }),
  });
  const commentSchema = z.strictObject({ body });
  const issues: JiraIssue[] = [];
  const transitions = ['new', 'indeterminate', 'done'];
  const refused = (status: number, message: string): Answer => ({
    status,
    body: { errorMessages: [message], errors: {} },
  });
  const double = await receiverDouble((request) => answer(request));

  function answer(request: SeenRequest): Answer {
    if (request.headers.authorization !== authorization) return refused(401, 'unauthorized');
    if (!request.path.startsWith(`${base}/`)) return refused(404, 'no such API');
    const path = request.path.slice(base.length);
    const sent = safeJson(request.body);
    if (path === '/project/OPS') {
      return { status: 200, body: { name: 'Operations', issueTypes: [{ name: 'Bug' }] } };
    }
    if (path === (deployment === 'cloud' ? '/search/jql' : '/search')) return search(sent);
    if (path === '/issue') return create(sent);
    return answerAboutIssue(path, request.method, sent);
  }
  function answerAboutIssue(path: string, method: string, sent: unknown): Answer {
    const match = /^\/issue\/(\d+)(?:\/(comment|transitions))?$/.exec(path);
    const issue = issues.find(({ id }) => id === match?.[1]);
    if (!match || !issue) return refused(404, 'no such issue');
    const isPost = method === 'POST';
    if (match[2] === 'comment') return isPost ? comment(issue, sent) : comments(issue);
    if (match[2] === 'transitions') return isPost ? move(issue, sent) : ways();
    const status = { statusCategory: { key: issue.status } };
    return { status: 200, body: { id: issue.id, key: issue.key, fields: { status } } };
  }
  function search(sent: unknown): Answer {
    const { jql } = z.object({ jql: z.string() }).parse(sent);
    const match = /^project = "OPS" AND labels = "([^"]+)" ORDER BY created ASC$/.exec(jql);
    if (!match) return refused(400, 'Error in the JQL Query');
    const found = issues.filter(({ fields }) => fields.labels.includes(match[1] ?? ''));
    return { status: 200, body: { issues: found.slice(0, 1) } };
  }
  function create(sent: unknown): Answer {
    const parsed = createSchema.safeParse(sent);
    if (!parsed.success) return refused(400, parsed.error.message.slice(0, 500));
    const { summary, description, labels } = parsed.data.fields;
    const number = issues.length + 1;
    const made = { id: String(10_000 + number), key: `OPS-${number}` };
    issues.push({ ...made, fields: { summary, description, labels }, status: 'new', comments: [] });
    return { status: 201, body: { ...made, self: '' } };
  }
  function comment(issue: JiraIssue, sent: unknown): Answer {
    const parsed = commentSchema.safeParse(sent);
    if (!parsed.success) return refused(400, parsed.error.message.slice(0, 500));
    issue.comments.push(parsed.data.body);
    return { status: 201, body: {} };
  }
  function comments(issue: JiraIssue): Answer {
    return { status: 200, body: { comments: issue.comments.map((each) => ({ body: each })) } };
  }
  function ways(): Answer {
    const all = transitions.map((key) => ({
      id: key,
      name: `to ${key}`,
      to: { name: key, statusCategory: { key } },
    }));
    return { status: 200, body: { transitions: all } };
  }
  function move(issue: JiraIssue, sent: unknown): Answer {
    const { transition } = z.object({ transition: z.object({ id: z.string() }) }).parse(sent);
    issue.status = transition.id as JiraIssue['status'];
    return { status: 204, body: '' };
  }
  return { ...double, issues, transitions };
}
