import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '#src/domain/errors.ts';
import { bareRemote } from '#src/fix/hosts/bare-remote.ts';
import type { CodeHost, Draft } from '#src/fix/hosts/contract.ts';
import { github } from '#src/fix/hosts/github.ts';
import { createFetch } from '#src/platform/fetch.ts';
import { type Shop, shop } from '../fix/helpers/shop.ts';
import { githubDouble } from '../helpers/github-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** A host on top of a bare repository, which the test looks into. */
type Place = { host: CodeHost; git(...args: string[]): string };

const HOSTS: Record<string, (from: string) => Promise<Place>> = {
  'a bare remote': async (from) => {
    const dir = join(tempDir(), 'remote.git');
    execFileSync('git', ['clone', '-q', '--bare', from, dir]);
    const host = await bareRemote({ dir, scratchDir: tempDir(), emptyDir: tempDir() });
    return {
      host,
      git: (...args) => execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8' }).trim(),
    };
  },
  GitHub: async (from) => {
    const double = await githubDouble(from);
    const { url, repository, git } = double;
    const limits = { timeoutMs: 15_000, maxWaitMs: 0 };
    return {
      host: await github({
        apiUrl: url,
        token: 'good',
        repository,
        fetch: createFetch(),
        ...limits,
      }),
      git,
    };
  },
};

const BRANCH = 'incident/aaaa-1111';

/** A change of one file, with the tree that it gives. */
function draftOf({ repo }: Shop, text: string, branch = BRANCH): Draft {
  const rev = (name: string): string => repo.git('rev-parse', name).trim();
  repo.git('checkout', '-q', '--detach', 'main');
  repo.write('cart.js', text);
  repo.git('add', '-A');
  const tree = repo.git('write-tree').trim();
  repo.git('checkout', '-q', '--force', 'main');
  return {
    target: {
      ...{ baseBranch: 'main', branch, incidentPrefix: 'incident/aaaa-' },
      ...{ ownPrefix: 'incident/', now: Date.parse('2026-01-01T12:00:00Z') },
    },
    base: { commit: rev('main'), tree: rev('main^{tree}') },
    tree,
    changes: [{ path: 'cart.js', after: { mode: '100644', bytes: Buffer.from(text) } }],
    message: `Change the cart\n\nIncident-fix: ${branch.slice(9)}\n`,
    author: { name: 'incident', email: 'incident@example.org' },
    date: '2026-01-01T10:00:00.000Z',
    ...{ title: 'Change the cart', body: '<!-- x -->', labels: [], reviewers: [] },
  };
}

describe.each(Object.keys(HOSTS))('%s', (name) => {
  const placeOf = async (from: string): Promise<Place> => {
    const make = HOSTS[name];
    if (!make) throw new Error(name);
    return make(from);
  };

  it('tells of its base branch and of branches for the same incident', async () => {
    const service = shop();
    const { host, git } = await placeOf(service.dir);
    const draft = draftOf(service, 'export const total = 0;\n');
    const empty = await host.facts(draft.target);
    expect(empty).toEqual({ base: draft.base, otherOpen: [], openedToday: 0 });
    await host.deliver(draft);
    expect(await host.facts(draft.target)).toEqual(empty);
    const other = { ...draft.target, branch: 'incident/aaaa-2222' };
    expect((await host.facts(other)).otherOpen.map(({ branch }) => branch)).toEqual([BRANCH]);
    expect((await host.facts({ ...draft.target, baseBranch: null })).base).toEqual(draft.base);
    expect(git('rev-parse', 'main')).toBe(draft.base.commit);
  });

  it('takes a change as one commit on the base, once, and a newer one in its place', async () => {
    const service = shop();
    const { host, git } = await placeOf(service.dir);
    const draft = draftOf(service, 'export const total = 0;\n');
    await host.deliver(draft);
    const tip = git('rev-parse', BRANCH);
    expect(git('rev-parse', `${BRANCH}^`, `${BRANCH}^{tree}`).split('\n')).toEqual([
      draft.base.commit,
      draft.tree,
    ]);
    expect(git('log', '-1', '--format=%an <%ae> %aI', BRANCH)).toBe(
      'incident <incident@example.org> 2026-01-01T10:00:00+00:00',
    );
    await host.deliver(draft);
    expect(git('rev-parse', BRANCH)).toBe(tip);
    const newer = draftOf(service, 'export const total = 1;\n');
    await host.deliver(newer);
    expect(git('rev-parse', `${BRANCH}^`, `${BRANCH}^{tree}`).split('\n')).toEqual([
      newer.base.commit,
      newer.tree,
    ]);
  });

  it('refuses a tree that was not proven, a branch that is not ours, and others’ work', async () => {
    const service = shop();
    const { host, git } = await placeOf(service.dir);
    const draft = draftOf(service, 'export const total = 0;\n');
    const before = git('show-ref');
    const elsewhere = { ...draft.target, branch: 'main' };
    await expect(host.deliver({ ...draft, tree: draft.base.tree })).rejects.toThrow(RefusedError);
    await expect(host.deliver({ ...draft, target: elsewhere })).rejects.toThrow(RefusedError);
    expect(git('show-ref')).toBe(before);
    git('update-ref', `refs/heads/${BRANCH}`, 'main~1');
    await expect(host.deliver(draft)).rejects.toThrow(/somebody else/);
    expect(git('rev-parse', BRANCH)).toBe(git('rev-parse', 'main~1'));
  });
});
