import { RefusedError } from '#src/domain/errors.ts';
import type { Draft } from '#src/fix/hosts/contract.ts';
import type { Hub } from '#src/fix/hosts/github.ts';
import { asked } from '#src/fix/hosts/github-client.ts';
import { failureOf, upstreamError } from '#src/fix/hosts/github-errors.ts';

/**
 * Brings the branch to the change. @returns false when it was there already
 * @throws RefusedError when the branch holds somebody else's work
 */
export async function writeBranch(hub: Hub, draft: Draft): Promise<boolean> {
  const { branch, ownPrefix, baseBranch } = draft.target;
  if (!branch.startsWith(ownPrefix) || branch === baseBranch) {
    throw new RefusedError('the branch to be written is not one of ours', { where: branch });
  }
  const tip = await tipOf(hub, draft);
  if (tip !== null && (await isDone(hub, draft, tip))) return false;
  const sha = await makeCommit(hub, draft);
  const { client, owner, repo } = hub;
  if (tip !== null) {
    await asked(`updating branch ${branch}`, hub, () =>
      client.git.updateRef({ owner, repo, ref: `heads/${branch}`, sha, force: true }),
    );
    return true;
  }
  try {
    await client.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha });
  } catch (error) {
    // A request whose answer was lost, or another run at the same time, has made it.
    const now = failureOf(error).status === 422 ? await tipOf(hub, draft) : null;
    if (now === null || !(await isDone(hub, draft, now))) {
      throw upstreamError(error, `creating branch ${branch}`, hub.repository);
    }
  }
  return true;
}

/** The sha at which the branch is, or null where there is none. */
async function tipOf(hub: Hub, { target }: Draft): Promise<string | null> {
  const { client, owner, repo } = hub;
  try {
    const { data } = await client.git.getRef({ owner, repo, ref: `heads/${target.branch}` });
    return data.object.sha;
  } catch (error) {
    if (failureOf(error).status === 404) return null;
    throw upstreamError(error, `reading branch ${target.branch}`, hub.repository);
  }
}

/** Whether a commit is the change. @throws RefusedError when it is not of this program */
async function isDone(hub: Hub, draft: Draft, sha: string): Promise<boolean> {
  const { client, owner, repo } = hub;
  const commit = await asked('reading the branch', hub, () =>
    client.git.getCommit({ owner, repo, commit_sha: sha }),
  );
  const isSame = commit.tree.sha === draft.tree && commit.parents[0]?.sha === draft.base.commit;
  if (isSame && commit.parents.length === 1) return true;
  const mark = draft.message.trimEnd().split('\n').at(-1) ?? '';
  const isOurs = commit.author.email === draft.author.email && commit.message.includes(mark);
  if (isOurs) return false;
  throw new RefusedError(`the branch ${draft.target.branch} holds work of somebody else`, {
    where: hub.repository,
    hint: 'Look at it, and delete it when it is not needed',
  });
}

/** Blobs, a tree, a commit: the same change gives the same shas however often it is made. */
async function makeCommit(hub: Hub, draft: Draft): Promise<string> {
  const { client, owner, repo } = hub;
  const entries: TreeEntry[] = [];
  for (const { path, after } of draft.changes) {
    if (after === null) {
      entries.push({ path, mode: '100644', type: 'blob', sha: null });
      continue;
    }
    const blob = await asked(`writing ${path}`, hub, () =>
      client.git.createBlob({
        ...{ owner, repo, encoding: 'base64' },
        content: after.bytes.toString('base64'),
      }),
    );
    const mode = after.mode === '100755' ? '100755' : '100644';
    entries.push({ path, mode, type: 'blob', sha: blob.sha });
  }
  const tree = await asked('writing the tree', hub, () =>
    client.git.createTree({ owner, repo, base_tree: draft.base.tree, tree: entries }),
  );
  if (tree.sha !== draft.tree) {
    throw new RefusedError('the change gives another tree there than the one that was proven', {
      where: hub.repository,
    });
  }
  const who = { ...draft.author, date: draft.date };
  const commit = await asked('writing the commit', hub, () =>
    client.git.createCommit({
      ...{ owner, repo, message: draft.message, tree: tree.sha, parents: [draft.base.commit] },
      ...{ author: who, committer: who },
    }),
  );
  return commit.sha;
}

type TreeEntry = { path: string; mode: '100644' | '100755'; type: 'blob'; sha: string | null };
