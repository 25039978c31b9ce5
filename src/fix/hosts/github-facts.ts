import type { HostFacts } from '#src/fix/contract.ts';
import type { Target } from '#src/fix/hosts/contract.ts';
import type { Hub } from '#src/fix/hosts/github.ts';
import { asked } from '#src/fix/hosts/github-client.ts';

const PAGE = 100;
const MOST_PAGES = 10;
const DAY_MS = 86_400_000;

/** What guards want to know of a repository. Reads only. */
export async function githubFacts(hub: Hub, target: Target): Promise<HostFacts> {
  const base = await baseOf(hub, target);
  const open = await ourPulls(hub, target, { state: 'open' }, () => false);
  const since = target.now - DAY_MS;
  const isOld = (pull: Pull): boolean => Date.parse(pull.created_at) < since;
  const recent = await ourPulls(hub, target, { state: 'all' }, isOld);
  return {
    base: { commit: base.commit, tree: base.tree },
    otherOpen: open
      .filter(({ head }) => head.ref.startsWith(target.incidentPrefix))
      .map((pull) => ({ url: pull.html_url, branch: pull.head.ref })),
    openedToday: recent.filter((pull) => !isOld(pull)).length,
  };
}

/** The base branch as it is now. */
export async function baseOf(
  hub: Hub,
  { baseBranch }: Target,
): Promise<{ branch: string; commit: string; tree: string }> {
  const { client, owner, repo } = hub;
  const branch =
    baseBranch ??
    (await asked('reading the repository', hub, () => client.repos.get({ owner, repo })))
      .default_branch;
  const ref = await asked(`reading branch ${branch}`, hub, () =>
    client.git.getRef({ owner, repo, ref: `heads/${branch}` }),
  );
  const commit = await asked('reading the base commit', hub, () =>
    client.git.getCommit({ owner, repo, commit_sha: ref.object.sha }),
  );
  return { branch, commit: commit.sha, tree: commit.tree.sha };
}

type Pull = { created_at: string; html_url: string; head: { ref: string } };

/** Pull requests of this program, newest first, without the one that is to be written. */
async function ourPulls(
  hub: Hub,
  target: Target,
  { state }: { state: 'open' | 'all' },
  isEnough: (pull: Pull) => boolean,
): Promise<Pull[]> {
  const { client, owner, repo } = hub;
  const found: Pull[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const pulls: Pull[] = await asked('listing pull requests', hub, () =>
      client.pulls.list({
        ...{ owner, repo, state, page, per_page: PAGE },
        ...{ sort: 'created', direction: 'desc' },
      }),
    );
    found.push(
      ...pulls.filter(
        ({ head }) => head.ref.startsWith(target.ownPrefix) && head.ref !== target.branch,
      ),
    );
    const last = pulls.at(-1);
    if (pulls.length < PAGE || last === undefined || isEnough(last)) break;
  }
  return found;
}
