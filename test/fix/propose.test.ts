import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareRemote } from '#src/fix/hosts/bare-remote.ts';
import { temporaryFolder } from '../changes/git-fixture.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { blaming, propose, settings, shop } from './helpers/shop.ts';

const stepOf = (fix: Awaited<ReturnType<typeof propose>>, name: string) =>
  fix.proof.find(({ step }) => step === name);

describe('a revert', () => {
  it('is proven by a test that is red before and green after', async () => {
    const fix = await propose(shop());
    expect(fix).toMatchObject({ decision: 'open-pr', strategy: 'revert', files: ['cart.js'] });
    expect(fix.diff).toContain('+  if (items == null) return 0;');
    expect(stepOf(fix, 'tests')).toMatchObject({
      ok: true,
      before: 'fails with 1: 1 failed',
      after: 'passes: ok',
    });
    expect(fix.guards.filter(({ ok }) => !ok)).toEqual([]);
    expect(fix.guards.find(({ id }) => id === 'proof')?.message).toContain('reproduced');
  });

  it('leaves the working tree, its index and its config as they are', async () => {
    const place = shop();
    const before = snapshot(place.dir);
    await propose(place);
    expect(snapshot(place.dir)).toEqual(before);
  });

  it('is only shown while the tests stay red', async () => {
    const place = shop();
    const service = { ...place.service, test_command: 'sh -c "exit 3"' };
    const fix = await propose({ ...place, service });
    expect(fix.decision).toBe('show-only');
    expect(fix.guards.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['proof']);
  });

  it('is refuted by tests that were green before', async () => {
    const place = shop();
    const service = { ...place.service, test_command: 'sh -c "! grep -q null cart.js"' };
    const fix = await propose({ ...place, service });
    expect(fix).toMatchObject({ decision: 'none', diff: null });
    expect(fix.why).toContain('does not work');
  });

  it('does not take a test that fails now and then for a proof', async () => {
    const place = shop();
    // Fails the first time it runs in a tree, and passes after that.
    const command = 'test -e .ran || { touch .ran; grep -q null cart.js; }';
    const fix = await propose({ ...place, service: { ...place.service, test_command: command } });
    expect(stepOf(fix, 'tests')?.before).toContain('now and then');
    expect(fix.guards.find(({ id }) => id === 'proof')?.message).toContain('"tests"');
  });

  it('undoes the hunks at the place where the whole commit no longer reverts', async () => {
    const place = shop();
    const { repo } = place;
    const many = (head: string, foot: string): string =>
      [head, ...Array.from({ length: 40 }, (_, i) => `// line ${i}`), foot, ''].join('\n');
    repo.write('check.sh', 'grep -q "head good" wide.js\n');
    repo.write('wide.js', many('// head good', '// foot old'));
    repo.commit('Lay out');
    repo.write('wide.js', many('// head bad', '// foot new'));
    const culprit = repo.commit('Change both ends');
    repo.write('wide.js', many('// head bad', '// foot newer still'));
    repo.commit('Change the foot again');
    const result = blaming(culprit, { location: { file: 'wide.js', line: 1 } });
    const fix = await propose({ ...place, culprit }, { result });
    expect(fix).toMatchObject({ decision: 'open-pr', files: ['wide.js'] });
    expect(fix.diff).toContain('+// head good');
    expect(fix.diff).not.toContain('foot old');
    expect(fix.why).toContain('Only 1 of the 2 changes');
  });
});

describe('no change', () => {
  const place = shop();
  it.each([
    ['an open question', { verdict: 'inconclusive' as const }, 'not known'],
    ['little confidence', { confidence: 0.49 }, '49 %'],
    ['a cause outside', { category: 'external' as const }, 'not in the code'],
    ['full disks', { category: 'infrastructure' as const }, 'not in the code'],
    ['no commit and no model', { commit: null }, 'no model'],
  ])('comes of %s', async (_name, cause, why) => {
    const fix = await propose(place, { result: blaming(place.culprit, cause) });
    expect(fix).toMatchObject({ decision: 'none', diff: null, guards: [] });
    expect(fix.why).toContain(why);
  });

  it('comes of a commit that is the first, a merge, unknown, or undone already', async () => {
    const { repo, dir, service } = shop();
    const first = repo.git('rev-list', '--max-parents=0', 'HEAD').trim();
    repo.git('checkout', '-q', '-b', 'side', 'HEAD~1');
    repo.write('side.txt', 'x');
    repo.commit('On the side');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-ff', '-m', 'Merge the side', 'side');
    const merge = repo.git('rev-parse', 'HEAD').trim();
    repo.write('cart.js', 'export const total = 1;\n');
    const culprit = repo.commit('Break the cart again');
    repo.git('revert', '--no-edit', culprit);
    const whyOf = async (sha: string) => (await propose({ dir, service, culprit: sha })).why;
    expect(await whyOf(first)).toContain('first of its history');
    expect(await whyOf(merge)).toContain('is a merge');
    expect(await whyOf('0123456789'.repeat(4))).toContain('not in the repository');
    expect(await whyOf(culprit)).toContain('undone already');
  });

  it('comes of the switch', async () => {
    const fix = await propose(place, { settings: settings({ switch: 'off' }) });
    expect(fix.decision).toBe('none');
    expect(fix.why).toContain('switched off');
  });
});

describe('a branch in a repository on this machine', () => {
  it('is written once, and the second run changes nothing', async () => {
    const place = shop();
    const dir = join(temporaryFolder(), 'remote.git');
    execFileSync('git', ['clone', '-q', '--bare', place.dir, dir]);
    const hook = join(dir, 'hooks', 'reference-transaction');
    writeFileSync(hook, `#!/bin/sh\ntouch ${dir}/ran\n`, { mode: 0o755 });
    const scratchDir = tempDir();
    const host = await bareRemote({ dir, scratchDir, emptyDir: tempDir() });
    const refs = () => execFileSync('git', ['-C', dir, 'show-ref']).toString();
    const one = await propose(place, { goal: 'push', host });
    expect(one.decision).toBe('open-pr');
    const branch = /refs\/heads\/(incident\/\S+)/.exec(refs())?.[1] ?? '';
    expect(branch).toMatch(/^incident\/f00dfeedf00dfeed-[0-9a-f]{8}$/);
    const show = (what: string) => execFileSync('git', ['-C', dir, 'show', what]).toString();
    expect(show(`${branch}:cart.js`)).toContain('items == null');
    expect(show(branch)).toContain(`This reverts commit ${place.culprit}`);
    const before = refs();
    await propose(place, { goal: 'push', host });
    expect(refs()).toBe(before);
    expect(readdirSync(dir)).not.toContain('ran');
  });

  it('is not written over the work of a person', async () => {
    const place = shop();
    const dir = join(temporaryFolder(), 'remote.git');
    execFileSync('git', ['clone', '-q', '--bare', place.dir, dir]);
    const host = await bareRemote({ dir, scratchDir: tempDir(), emptyDir: tempDir() });
    await propose(place, { goal: 'push', host });
    const branch = execFileSync('git', [
      '-C',
      dir,
      'for-each-ref',
      '--format=%(refname)',
      'refs/heads/incident/',
    ])
      .toString()
      .trim();
    execFileSync('git', ['-C', dir, 'update-ref', branch, 'main']);
    await expect(propose(place, { goal: 'push', host })).rejects.toThrow(/somebody else/);
  });

  it('is not written where the base branch has moved', async () => {
    const place = shop();
    const dir = join(temporaryFolder(), 'remote.git');
    execFileSync('git', ['clone', '-q', '--bare', place.dir, dir]);
    place.repo.write('new.txt', 'new');
    place.repo.commit('Not there yet');
    const host = await bareRemote({ dir, scratchDir: tempDir(), emptyDir: tempDir() });
    const fix = await propose(place, { goal: 'push', host });
    expect(fix.guards.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['base-moved']);
    expect(readFileSync(join(dir, 'packed-refs'), 'utf8')).not.toContain('incident/');
  });
});

function snapshot(dir: string): string {
  return execFileSync('sh', ['-c', 'find . -type f -exec sha256sum {} + | sort -k2'], {
    cwd: dir,
  }).toString();
}
