import { z } from 'zod';
import {
  type Answer,
  type ReceiverDouble,
  receiverDouble,
  type SeenRequest,
} from './receiver-double.ts';
import { safeJson } from './slack-double.ts';

/* Issues of GitHub's REST API (docs.github.com/en/rest/issues), with its limits. */
const createSchema = z.strictObject({
  title: z.string().min(1).max(256),
  body: z.string().max(65_536).optional(),
  labels: z.array(z.string().max(50)).optional(),
});
const patchSchema = z.strictObject({
  state: z.enum(['open', 'closed']),
  state_reason: z.enum(['completed', 'not_planned', 'reopened', 'duplicate']).optional(),
});
const commentSchema = z.strictObject({ body: z.string().min(1).max(65_536) });

export type GithubIssue = {
  number: number;
  title: string;
  body: string;
  labels: string[];
  state: string;
  comments: string[];
};

export const GITHUB_TOKEN = 'github-token-of-a-test';

/** One repository, `acme/ops`, with issues. */
export async function githubIssuesDouble(): Promise<ReceiverDouble & { issues: GithubIssue[] }> {
  const issues: GithubIssue[] = [];
  const double = await receiverDouble((request) => answer(request));
  const shown = (issue: GithubIssue): object => ({
    ...issue,
    comments: issue.comments.length,
    url: `${double.url}/repos/acme/ops/issues/${issue.number}`,
    html_url: `https://github.test/acme/ops/issues/${issue.number}`,
  });
  const refused = (status: number, message: string): Answer => ({ status, body: { message } });

  function answer({ method, path, headers, body, query }: SeenRequest): Answer {
    if (headers.authorization !== `Bearer ${GITHUB_TOKEN}`) return refused(401, 'Bad credentials');
    if (path === '/repos/acme/ops') return { status: 200, body: { has_issues: true } };
    const match = /^\/repos\/acme\/ops\/issues(?:\/(\d+)(\/comments)?)?$/.exec(path);
    if (!match) return refused(404, 'Not Found');
    const [, number, comments] = match;
    if (number === undefined) return method === 'POST' ? create(body) : list(query);
    const issue = issues.find((each) => each.number === Number(number));
    if (!issue) return refused(404, 'Not Found');
    if (comments) return method === 'POST' ? comment(issue, body) : pageOf(issue.comments, query);
    const patch = patchSchema.safeParse(safeJson(body));
    if (method !== 'PATCH' || !patch.success) return refused(422, 'Validation Failed');
    issue.state = patch.data.state;
    return { status: 200, body: shown(issue) };
  }
  function create(body: string): Answer {
    const parsed = createSchema.safeParse(safeJson(body));
    if (!parsed.success) return refused(422, 'Validation Failed');
    const { title, body: text = '', labels = [] } = parsed.data;
    const issue = {
      number: issues.length + 1,
      title,
      body: text,
      labels,
      state: 'open',
      comments: [],
    };
    issues.push(issue);
    return { status: 201, body: shown(issue) };
  }
  function list(query: URLSearchParams): Answer {
    const all =
      query.get('state') === 'all' ? issues : issues.filter(({ state }) => state === 'open');
    return paged([...all].reverse().map(shown), query);
  }
  function comment(issue: GithubIssue, body: string): Answer {
    const parsed = commentSchema.safeParse(safeJson(body));
    if (!parsed.success) return refused(422, 'Validation Failed');
    issue.comments.push(parsed.data.body);
    return { status: 201, body: { body: parsed.data.body } };
  }
  function pageOf(comments: readonly string[], query: URLSearchParams): Answer {
    return paged(
      comments.map((body) => ({ body })),
      query,
    );
  }
  function paged(all: readonly object[], query: URLSearchParams): Answer {
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    return { status: 200, body: all.slice(start, start + size) };
  }
  return { ...double, issues };
}
