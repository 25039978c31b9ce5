import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { httpServer, json } from './http-server.ts';
import { tempDir } from './temp-dir.ts';

export type DoublePull = {
  number: number;
  title: string;
  body: string;
  draft: boolean;
  state: 'open' | 'closed';
  head: { ref: string; sha: string; label: string };
  base: { ref: string };
  created_at: string;
  html_url: string;
  user: { login: string };
  labels: { name: string }[];
  requested_reviewers: { login: string }[];
  requested_teams: { slug: string }[];
};

/** What happens to a request instead of, or before, or after its work. */
export type Fault =
  | { status: number; message?: string; headers?: Record<string, string> }
  /** The connection breaks before or after the work was done, or nothing is ever said. */
  | 'break-before'
  | 'break-after'
  | 'hang';

export type GithubDouble = {
  url: string;
  repository: string;
  /** The bare repository behind it: real objects with real shas. */
  dir: string;
  pulls: DoublePull[];
  reviews: Map<number, string[]>;
  /** `METHOD /path` of every request, in order. */
  requests: string[];
  /** Asked before each request. */
  fault: (request: string, index: number) => Fault | null;
  git(...args: string[]): string;
};

const API = '/repos/acme/shop';

/**
 * GitHub's REST API as far as drafts need it, with state: git objects in a real bare repository,
 * pull requests in memory, GitHub's own refusals (a second pull request for a head, a ref that
 * exists, a protected branch, a missing one).
 * @param from a repository whose branch `main` it begins with
 */
export async function githubDouble(from: string): Promise<GithubDouble> {
  const dir = join(tempDir(), 'hub.git');
  const run = (args: readonly string[], input?: string | Buffer, env = {}): string =>
    execFileSync('git', args, {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: dir, GIT_CONFIG_NOSYSTEM: '1', GIT_DIR: dir, ...env },
    }).trim();
  execFileSync('git', ['clone', '-q', '--bare', from, dir]);
  const double: GithubDouble = {
    url: '',
    repository: 'acme/shop',
    dir,
    pulls: [],
    reviews: new Map(),
    requests: [],
    fault: () => null,
    git: (...args) => run(args),
  };
  double.url = await httpServer((request, response, url) => {
    void answer(double, run, request, response, url);
  });
  return double;
}

type Run = (args: readonly string[], input?: string | Buffer, env?: object) => string;
type Reply = { status: number; body: unknown };

async function answer(
  double: GithubDouble,
  run: Run,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const name = `${request.method} ${decodeURIComponent(url.pathname)}`;
  const index = double.requests.push(name) - 1;
  const fault = double.fault(name, index);
  if (fault === 'hang') return;
  if (fault === 'break-before') return void request.socket.destroy();
  if (fault !== null && fault !== 'break-after') {
    const { status, message = 'fault', headers = {} } = fault;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    return void response.end(JSON.stringify({ message }));
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  let reply: Reply;
  if (
    request.headers.authorization !== 'token good' &&
    request.headers.authorization !== 'Bearer good'
  ) {
    reply = { status: 401, body: { message: 'Bad credentials' } };
  } else {
    try {
      reply = route(double, run, name, url, body);
    } catch (error) {
      reply = { status: 422, body: { message: String(error).slice(0, 300) } };
    }
  }
  if (fault === 'break-after') return void request.socket.destroy();
  json(response, reply.body, reply.status);
}

function route(double: GithubDouble, run: Run, name: string, url: URL, body: Body): Reply {
  const [method = '', path = ''] = name.split(' ', 2) as [string, string];
  if (!path.startsWith(API)) return notFound();
  const rest = path.slice(API.length);
  const match = (verb: string, expression: RegExp): RegExpExecArray | null =>
    method === verb ? expression.exec(rest) : null;
  let found = match('GET', /^$/);
  if (found) return { status: 200, body: { default_branch: 'main' } };
  found = match('GET', /^\/git\/ref\/heads\/(.+)$/);
  if (found) return readRef(run, found[1] ?? '');
  found = match('GET', /^\/git\/commits\/(\w+)$/);
  if (found) return { status: 200, body: readCommit(run, found[1] ?? '') };
  found = match('POST', /^\/git\/blobs$/);
  if (found) {
    const bytes = Buffer.from(String(body.content), body.encoding === 'base64' ? 'base64' : 'utf8');
    return { status: 201, body: { sha: run(['hash-object', '-w', '--stdin'], bytes) } };
  }
  found = match('POST', /^\/git\/trees$/);
  if (found) return { status: 201, body: { sha: writeTree(double, run, body) } };
  found = match('POST', /^\/git\/commits$/);
  if (found) return { status: 201, body: readCommit(run, writeCommit(run, body)) };
  found = match('POST', /^\/git\/refs$/);
  if (found) return createRef(run, body);
  found = match('PATCH', /^\/git\/refs\/heads\/(.+)$/);
  if (found) {
    if (body.force !== true)
      return { status: 422, body: { message: 'Update is not a fast forward' } };
    run(['update-ref', `refs/heads/${found[1]}`, String(body.sha)]);
    return readRef(run, found[1] ?? '');
  }
  return routePulls(double, run, { match, url, body });
}

type Body = Record<string, unknown>;

function routePulls(
  double: GithubDouble,
  run: Run,
  context: {
    match(verb: string, expression: RegExp): RegExpExecArray | null;
    url: URL;
    body: Body;
  },
): Reply {
  const { match, url, body } = context;
  if (match('GET', /^\/pulls$/)) return { status: 200, body: listPulls(double, url) };
  if (match('POST', /^\/pulls$/)) return createPull(double, run, body);
  let found = match('PATCH', /^\/pulls\/(\d+)$/);
  if (found) {
    const pull = double.pulls[Number(found[1]) - 1];
    if (!pull) return notFound();
    pull.title = String(body.title ?? pull.title);
    pull.body = String(body.body ?? pull.body);
    return { status: 200, body: pull };
  }
  found = match('GET', /^\/pulls\/(\d+)\/reviews$/);
  if (found) return { status: 200, body: double.reviews.get(Number(found[1])) ?? [] };
  found = match('POST', /^\/pulls\/(\d+)\/requested_reviewers$/);
  if (found) {
    const pull = double.pulls[Number(found[1]) - 1];
    if (!pull) return notFound();
    const people = (body.reviewers ?? []) as string[];
    const strangers = people.filter((login) => login.startsWith('stranger'));
    if (strangers.length > 0) {
      return {
        status: 422,
        body: { message: 'Reviews may only be requested from collaborators.' },
      };
    }
    pull.requested_reviewers = people.map((login) => ({ login }));
    pull.requested_teams = ((body.team_reviewers ?? []) as string[]).map((slug) => ({ slug }));
    return { status: 201, body: pull };
  }
  found = match('POST', /^\/issues\/(\d+)\/labels$/);
  if (found) {
    const pull = double.pulls[Number(found[1]) - 1];
    if (!pull) return notFound();
    for (const label of (body.labels ?? []) as string[]) {
      if (!pull.labels.some(({ name }) => name === label)) pull.labels.push({ name: label });
    }
    return { status: 200, body: pull.labels };
  }
  return notFound();
}

function listPulls({ pulls, repository }: GithubDouble, url: URL): DoublePull[] {
  const state = url.searchParams.get('state') ?? 'open';
  const head = url.searchParams.get('head');
  const page = Number(url.searchParams.get('page') ?? 1);
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const owner = repository.split('/')[0];
  return pulls
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => head === null || `${owner}:${pull.head.ref}` === head)
    .toReversed()
    .slice((page - 1) * size, page * size);
}

function createPull(double: GithubDouble, run: Run, body: Body): Reply {
  const head = String(body.head);
  const refused = (message: string): Reply => ({
    status: 422,
    body: { message: 'Validation Failed', errors: [{ resource: 'PullRequest', message }] },
  });
  const ref = readRef(run, head);
  if (ref.status !== 200) return refused('head: invalid');
  if (readRef(run, String(body.base)).status !== 200) return refused('base: invalid');
  if (double.pulls.some((pull) => pull.state === 'open' && pull.head.ref === head)) {
    return refused(`A pull request already exists for acme:${head}.`);
  }
  const number = double.pulls.length + 1;
  const pull: DoublePull = {
    number,
    title: String(body.title),
    body: String(body.body),
    draft: body.draft === true,
    state: 'open',
    head: {
      ref: head,
      sha: (ref.body as { object: { sha: string } }).object.sha,
      label: `acme:${head}`,
    },
    base: { ref: String(body.base) },
    created_at: new Date().toISOString(),
    html_url: `https://github.test/acme/shop/pull/${number}`,
    user: { login: 'incident-bot' },
    labels: [],
    requested_reviewers: [],
    requested_teams: [],
  };
  double.pulls.push(pull);
  return { status: 201, body: pull };
}

function readRef(run: Run, branch: string): Reply {
  try {
    const sha = run(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
    return { status: 200, body: { ref: `refs/heads/${branch}`, object: { sha, type: 'commit' } } };
  } catch {
    return notFound();
  }
}

function readCommit(run: Run, sha: string): object {
  const [tree = '', parents = '', email = '', ...message] = run([
    ...['show', '-s', '--format=%T%n%P%n%ae%n%B', sha],
  ]).split('\n');
  return {
    sha,
    tree: { sha: tree },
    parents: parents.split(' ').flatMap((parent) => (parent === '' ? [] : [{ sha: parent }])),
    author: { email },
    message: message.join('\n'),
  };
}

function writeTree({ dir }: GithubDouble, run: Run, body: Body): string {
  const env = { GIT_INDEX_FILE: join(dir, `index-${randomBytes(6).toString('hex')}`) };
  run(['read-tree', String(body.base_tree)], undefined, env);
  for (const entry of body.tree as { path: string; mode: string; sha: string | null }[]) {
    const sha = entry.sha ?? '0'.repeat(40);
    const line = `${entry.sha === null ? '0' : entry.mode} ${sha}\t${entry.path}\0`;
    run(['update-index', '-z', '--index-info'], line, env);
  }
  return run(['write-tree'], undefined, env);
}

function writeCommit(run: Run, body: Body): string {
  const who = (body.author ?? {}) as { name?: string; email?: string; date?: string };
  const { name = 'x', email = 'x@x', date = '2026-01-01T00:00:00Z' } = who;
  const env = {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date },
    ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date },
  };
  const parents = (body.parents as string[]).flatMap((parent) => ['-p', parent]);
  return run(['commit-tree', String(body.tree), ...parents], String(body.message), env);
}

function createRef(run: Run, body: Body): Reply {
  const branch = String(body.ref).replace(/^refs\/heads\//, '');
  if (readRef(run, branch).status === 200) {
    return { status: 422, body: { message: 'Reference already exists' } };
  }
  run(['update-ref', `refs/heads/${branch}`, String(body.sha)]);
  return { ...readRef(run, branch), status: 201 };
}

function notFound(): Reply {
  return { status: 404, body: { message: 'Not Found' } };
}
