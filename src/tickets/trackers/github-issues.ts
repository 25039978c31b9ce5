import { z } from 'zod';
import type { Sheet } from '#src/domain/brief-sheet.ts';
import { UsageError } from '#src/domain/errors.ts';
import { limited } from '#src/platform/limited.ts';
import { type Call, type Caller, call, read } from '#src/tickets/call.ts';
import type { TicketRef, Tracker, TrackerSettings, TrackerTools } from '#src/tickets/contract.ts';
import { toMarkdown } from '#src/tickets/render/markdown.ts';

/** Limits of GitHub: characters of a title and of a body. */
const MOST_TITLE = 256;
const MOST_BODY = 65_536;
const PAGE = 100;
/** The newest issues that are looked through; the search of GitHub lags behind what was made. */
const MOST_PAGES = 5;

const issueSchema = z.object({
  number: z.number().int(),
  html_url: z.string(),
  url: z.string(),
  body: z.string().nullish(),
  pull_request: z.unknown().optional(),
});
const commentsSchema = z.array(z.object({ body: z.string().nullish() }));

/** Issues of GitHub, in the service's own repository or in one for all. */
export function createGithubIssues(
  settings: TrackerSettings['github-issues'],
  tools: TrackerTools,
): Tracker {
  const { apiUrl, token, labels, timeoutMs } = settings;
  const caller: Caller = {
    who: 'GitHub',
    base: apiUrl,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    timeoutMs,
    hints: {
      401: 'Set GITHUB_TOKEN to a valid token.',
      403: 'Give the token write access to issues.',
      404: 'Correct tickets.github.repository, or give the token access to it.',
      410: 'Switch issues on in the settings of the repository.',
    },
  };
  const ask = (request: Call) => call(caller, request, tools);
  const repositoryOf = (service: string): string => {
    const repository = settings.repositoryOf(service);
    if (repository !== null) return repository;
    throw new UsageError(`no repository is known for tickets of ${service}`, {
      hint: 'Set tickets.github.repository, or "repository" of the service in the registry.',
    });
  };
  const refOf = ({ number, html_url, url }: z.infer<typeof issueSchema>): TicketRef => ({
    id: new URL(url).pathname.replace(/^.*?(?=\/repos\/)/, ''),
    key: `#${number}`,
    url: html_url,
  });
  const setState = async (ref: TicketRef, body: object, signal: AbortSignal): Promise<void> => {
    await ask({ method: 'PATCH', path: ref.id, body, signal });
  };
  return {
    id: 'github-issues',
    async find(marker, service, signal) {
      const repository = repositoryOf(service);
      for (let page = 1; page <= MOST_PAGES; page++) {
        const query = `state=all&sort=created&direction=desc&per_page=${PAGE}&page=${page}`;
        const path = `/repos/${repository}/issues?${query}`;
        const issues = read(
          await ask({ method: 'GET', path, signal }),
          z.array(issueSchema),
          caller,
        );
        const found = issues.find(
          ({ body, pull_request }) =>
            pull_request === undefined && body?.includes(`<!-- ${marker} `),
        );
        if (found) return { ref: refOf(found), text: found.body ?? '' };
        if (issues.length < PAGE) return null;
      }
      return null;
    },
    async create({ marker, news, title, sheet, service }, signal) {
      const path = `/repos/${repositoryOf(service)}/issues`;
      const body = {
        title: limited(title, MOST_TITLE),
        body: markdown(sheet, `${marker} ${news}`),
        labels,
      };
      return refOf(read(await ask({ method: 'POST', path, body, signal }), issueSchema, caller));
    },
    async note(ref, { marker, sheet }, signal) {
      for (let page = 1; page <= MOST_PAGES; page++) {
        const path = `${ref.id}/comments?per_page=${PAGE}&page=${page}`;
        const known = read(await ask({ method: 'GET', path, signal }), commentsSchema, caller);
        if (known.some(({ body }) => body?.includes(`<!-- ${marker} -->`))) return;
        if (known.length < PAGE) break;
      }
      const body = { body: markdown(sheet, marker) };
      await ask({ method: 'POST', path: `${ref.id}/comments`, body, signal });
    },
    close: (ref, signal) => setState(ref, { state: 'closed', state_reason: 'completed' }, signal),
    reopen: (ref, signal) => setState(ref, { state: 'open', state_reason: 'reopened' }, signal),
    async check(signal) {
      const repository = settings.repositoryOf('');
      if (repository === null) {
        await ask({ method: 'GET', path: '/rate_limit', signal });
        return 'tickets go to the repository of each service';
      }
      const path = `/repos/${repository}`;
      const answer = await ask({ method: 'GET', path, signal });
      const { has_issues } = read(answer, z.object({ has_issues: z.boolean() }), caller);
      if (has_issues) return `${repository} takes issues`;
      throw new UsageError(`${repository} takes no issues`, { hint: caller.hints[410] ?? '' });
    },
  };
}

/** Within the limit, with the marker whatever is cut. */
function markdown(sheet: Sheet, marker: string): string {
  const text = toMarkdown(sheet, marker);
  if (text.length <= MOST_BODY) return text;
  const tail = `\n\n<!-- ${marker} -->\n`;
  return `${limited(text, MOST_BODY - tail.length)}${tail}`;
}
