import type { CodeHost } from '#src/fix/hosts/contract.ts';
import { writeBranch } from '#src/fix/hosts/github-branch.ts';
import {
  type GithubClient,
  type GithubOptions,
  githubClient,
} from '#src/fix/hosts/github-client.ts';
import { githubFacts } from '#src/fix/hosts/github-facts.ts';
import { findPullRequest, openPullRequest } from '#src/fix/hosts/github-pull.ts';

/** A GitHub repository and the client that speaks to it. */
export type Hub = GithubOptions & { client: GithubClient; owner: string; repo: string };

/**
 * GitHub, by the Git data API alone: blobs, a tree, a commit, a ref, then a draft pull request.
 * It never merges, never writes to a base branch and never takes the draft mark away. Each step
 * looks first for what an earlier run has made.
 */
export async function github(options: GithubOptions): Promise<CodeHost> {
  const [owner = '', repo = ''] = options.repository.split('/');
  const hub: Hub = { ...options, client: await githubClient(options), owner, repo };
  return {
    name: `GitHub ${options.repository}`,
    facts: (target) => githubFacts(hub, target),
    deliver: async (draft) => {
      const before = await findPullRequest(hub, draft);
      const hasChanged = await writeBranch(hub, draft);
      return openPullRequest(hub, draft, before, hasChanged);
    },
  };
}
