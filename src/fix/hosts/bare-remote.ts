import { join } from 'node:path';
import { InputError, RefusedError } from '#src/domain/errors.ts';
import type { HostFacts } from '#src/fix/contract.ts';
import type { CodeHost, Delivered, Draft, Target } from '#src/fix/hosts/contract.ts';
import { ok, writeTree } from '#src/fix/workshop/tree-change.ts';
import { gitWithInput } from '#src/platform/git/bytes.ts';
import { findGitDir } from '#src/platform/git/discover.ts';
import { createGit, type Git } from '#src/platform/git/git.ts';

export type BareRemoteOptions = {
  /** Path of the repository. */
  dir: string;
  /** A folder of ours, and an empty one in it or beside it. */
  scratchDir: string;
  emptyDir: string;
  searchPath?: string | undefined;
};

const DAY_MS = 86_400_000;
const LIMITS = { timeoutMs: 60_000, maxBytes: 16 * 1024 * 1024 };

/**
 * A repository on this machine that takes branches: objects and one ref are written straight into
 * it, so that none of its hooks, filters or settings run.
 * @throws InputError where there is no repository
 */
export async function bareRemote(options: BareRemoteOptions): Promise<CodeHost> {
  const found = await findGitDir(options.dir);
  if (found?.prefix !== '') {
    throw new InputError('there is no git repository', {
      where: options.dir,
      hint: 'Give --push-only the path of a bare repository that has the base branch',
    });
  }
  const { gitDir } = found;
  const { emptyDir, searchPath, scratchDir } = options;
  const variables = { GIT_INDEX_FILE: join(scratchDir, 'remote-index') };
  const git = createGit({ gitDir, emptyDir, searchPath, variables, limits: LIMITS });
  return {
    name: options.dir,
    facts: (target) => facts(git, target),
    deliver: (draft) => deliver(git, draft),
  };
}

async function facts(git: Git, target: Target): Promise<HostFacts> {
  const base = await baseOf(git, target);
  const format = '--format=%(refname:lstrip=2)%09%(committerdate:unix)';
  const listed = await git.run(['for-each-ref', format, `refs/heads/${target.ownPrefix}`]);
  const others = ok('for-each-ref', listed)
    .toString('utf8')
    .split('\n')
    .map((row) => row.split('\t'))
    .filter(([branch = '']) => branch !== '' && branch !== target.branch)
    .map(([branch = '', seconds = '']) => ({ branch, at: Number(seconds) * 1000 }));
  return {
    base: { commit: base.commit, tree: base.tree },
    otherOpen: others
      .filter(({ branch }) => branch.startsWith(target.incidentPrefix))
      .map(({ branch }) => ({ url: branch, branch })),
    openedToday: others.filter(({ at }) => target.now - at < DAY_MS && at <= target.now).length,
  };
}

async function deliver(git: Git, draft: Draft): Promise<Delivered> {
  const { target, message, author, date } = draft;
  const base = await baseOf(git, target);
  if (target.branch === base.branch || !target.branch.startsWith(target.ownPrefix)) {
    throw new RefusedError('the branch to be written is not one of ours', { where: target.branch });
  }
  const ref = `refs/heads/${target.branch}`;
  const there = await revision(git, ref);
  const delivered: Delivered = { branch: target.branch, pullRequest: null, notes: [] };
  if (there !== null && (await isDone(git, there, base.commit, draft))) return delivered;
  const tree = await writeTree(git, base.tree, draft.changes);
  if (tree !== draft.tree) {
    throw new RefusedError('the change gives another tree there than the one that was proven');
  }
  const who = { NAME: author.name, EMAIL: author.email, DATE: date };
  const variables = Object.fromEntries(
    Object.entries(who).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  );
  const options = { ...git.options, variables: { ...git.options.variables, ...variables } };
  const made = await gitWithInput(
    options,
    ['commit-tree', tree, '-p', base.commit],
    Buffer.from(message),
  );
  const commit = ok('commit-tree', made).toString('latin1').trim();
  const nothing = '0'.repeat(commit.length);
  const update = await git.run(['update-ref', '--no-deref', ref, commit, there ?? nothing]);
  ok('update-ref', update);
  return delivered;
}

type RemoteBase = { branch: string; commit: string; tree: string };

async function baseOf(git: Git, { baseBranch }: Target): Promise<RemoteBase> {
  const named = baseBranch ?? (await headBranch(git));
  const commit = await revision(git, `refs/heads/${named}`);
  const tree = commit === null ? null : await revision(git, `${commit}^{tree}`);
  if (commit === null || tree === null) {
    throw new InputError('the repository does not have the base branch', {
      where: `${git.options.gitDir} ${named}`,
      hint: 'Push the base branch there first',
    });
  }
  return { branch: named, commit, tree };
}

async function headBranch(git: Git): Promise<string> {
  const answer = await git.run(['rev-parse', '--symbolic-full-name', 'HEAD']);
  return answer.stdout
    .toString('utf8')
    .trim()
    .replace(/^refs\/heads\//, '');
}

async function revision(git: Git, name: string): Promise<string | null> {
  const answer = await git.run(['rev-parse', '--verify', '--quiet', name]);
  const sha = answer.stdout.toString('latin1').trim();
  return answer.exitCode === 0 && sha !== '' ? sha : null;
}

/** Whether the branch holds this change already. @throws RefusedError when it holds another's work */
async function isDone(git: Git, tip: string, base: string, draft: Draft): Promise<boolean> {
  const isSame =
    (await revision(git, `${tip}^{tree}`)) === draft.tree &&
    (await revision(git, `${tip}^1`)) === base;
  if (isSame) return true;
  const body = await git.run(['cat-file', '--batch'], `${tip}\n`);
  const mark = draft.message.trimEnd().split('\n').at(-1) ?? '';
  const text = body.stdout.toString('utf8');
  if (text.includes(`<${draft.author.email}>`) && text.trimEnd().endsWith(mark)) return false;
  throw new RefusedError(`the branch ${draft.target.branch} holds work of somebody else`, {
    hint: 'Look at it, and delete it when it is not needed',
  });
}
