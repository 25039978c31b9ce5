import { RefusedError } from '#src/domain/errors.ts';
import type { Delivered, Draft } from '#src/fix/hosts/contract.ts';
import type { Hub } from '#src/fix/hosts/github.ts';
import { asked } from '#src/fix/hosts/github-client.ts';
import { failureOf, upstreamError } from '#src/fix/hosts/github-errors.ts';
import { baseOf } from '#src/fix/hosts/github-facts.ts';

/** What is looked at of a pull request. */
type Pull = {
  number: number;
  html_url: string;
  state: string;
  draft?: boolean | undefined;
  user?: { login: string } | null;
  labels: readonly ({ name?: string } | string)[];
  requested_reviewers?: readonly unknown[] | null | undefined;
  requested_teams?: readonly unknown[] | null | undefined;
};

/**
 * The open pull request of the branch, or null.
 * @throws RefusedError when a person has closed or merged the one there was
 */
export async function findPullRequest(hub: Hub, { target }: Draft): Promise<Pull | null> {
  const { client, owner, repo } = hub;
  const pulls: Pull[] = await asked('looking for the pull request', hub, () =>
    client.pulls.list({ owner, repo, state: 'all', head: `${owner}:${target.branch}` }),
  );
  const open = pulls.find(({ state }) => state === 'open');
  const [closed] = pulls;
  if (open || !closed) return open ?? null;
  throw new RefusedError('a person has closed the pull request for this', {
    where: closed.html_url,
    hint: 'Reopen it, or delete it with its branch',
  });
}

/** Opens a draft, or brings the one that is there up to date; then labels and reviewers. */
export async function openPullRequest(
  hub: Hub,
  draft: Draft,
  before: Pull | null,
  hasChanged: boolean,
): Promise<Delivered> {
  const { client, owner, repo } = hub;
  const { title, body, target } = draft;
  let pull = before;
  if (pull === null) pull = await createDraft(hub, draft);
  else if (hasChanged) {
    const { number } = pull;
    await asked('updating the pull request', hub, () =>
      client.pulls.update({ owner, repo, pull_number: number, title, body }),
    );
  }
  const notes = [await addLabels(hub, draft, pull), await askReviewers(hub, draft, pull)];
  const { number, html_url: url } = pull;
  return {
    branch: target.branch,
    pullRequest: { url, number, branch: target.branch, draft: pull.draft !== false },
    notes: notes.filter((note) => note !== null),
  };
}

async function createDraft(hub: Hub, draft: Draft): Promise<Pull> {
  const { client, owner, repo } = hub;
  const { title, body, target } = draft;
  const base = target.baseBranch ?? (await baseOf(hub, target)).branch;
  try {
    const made = await client.pulls.create({
      ...{ owner, repo, title, body, base, head: target.branch },
      ...{ draft: true, maintainer_can_modify: true },
    });
    return made.data;
  } catch (error) {
    // A request whose answer was lost has made it.
    const there = failureOf(error).status === 422 ? await findPullRequest(hub, draft) : null;
    if (there) return there;
    throw upstreamError(error, 'opening the draft pull request', hub.repository);
  }
}

/** @returns what could not be done, as a sentence */
async function addLabels(hub: Hub, { labels }: Draft, pull: Pull): Promise<string | null> {
  const { client, owner, repo } = hub;
  const there = new Set(
    pull.labels.map((label) => (typeof label === 'string' ? label : label.name)),
  );
  const missing = labels.filter((label) => !there.has(label));
  if (missing.length === 0) return null;
  return tried('Labels could not be added', () =>
    client.issues.addLabels({ owner, repo, issue_number: pull.number, labels: missing }),
  );
}

/** Asks reviewers once: whoever has reviewed, or was asked and taken off, is not asked again. */
async function askReviewers(hub: Hub, { reviewers }: Draft, pull: Pull): Promise<string | null> {
  const { client, owner, repo } = hub;
  const people = reviewers.filter((name) => !name.includes('/') && name !== pull.user?.login);
  const teams = reviewers.flatMap((name) => (name.includes('/') ? [name.split('/')[1] ?? ''] : []));
  const asked = (pull.requested_reviewers?.length ?? 0) + (pull.requested_teams?.length ?? 0);
  if (asked > 0 || people.length + teams.length === 0) return null;
  return tried('Reviewers could not be asked', async () => {
    const id = { owner, repo, pull_number: pull.number };
    const { data: reviews } = await client.pulls.listReviews(id);
    if (reviews.length > 0) return;
    await client.pulls.requestReviewers({ ...id, reviewers: people, team_reviewers: teams });
  });
}

/** Runs what does not matter much: its failure is told, and stops nothing. */
async function tried(what: string, request: () => Promise<unknown>): Promise<string | null> {
  try {
    await request();
    return null;
  } catch (error) {
    const { status, message } = failureOf(error);
    return `${what}: ${message}${status === null ? '' : ` (${status})`}.`;
  }
}
