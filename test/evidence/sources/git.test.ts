import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGitSource } from '#src/evidence/sources/git.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { NOW, requestFor, unending } from '../helpers/request.ts';

const source = createGitSource({ changeDays: 14 });

/** A repository with one commit per entry, at ages in hours before {@link NOW}. */
function repository(
  commits: { hoursAgo: number; message: string; file: string; text: string }[],
): string {
  const dir = join(tempDir(), 'repo');
  mkdirSync(dir);
  const git = (args: string[], at = NOW): void => {
    const date = new Date(at).toISOString();
    const who = {
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.org',
    };
    execFileSync('git', args, {
      cwd: dir,
      stdio: 'pipe',
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        ...who,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    });
  };
  git(['init', '--quiet', '--initial-branch=main']);
  for (const { hoursAgo, message, file, text } of commits) {
    writeFileSync(join(dir, file), text);
    git(['add', '-A']);
    git(['commit', '--quiet', '-m', message], NOW - hoursAgo * 3_600_000);
  }
  return dir;
}

describe('git', () => {
  it('gives the commits of the last days with their diffs, of target and neighbours', async () => {
    const shop = repository([
      { hoursAgo: 24 * 40, message: 'long ago', file: 'a.txt', text: 'one\n' },
      { hoursAgo: 3, message: 'a change\n\nwith a body', file: 'a.txt', text: 'two\n' },
      { hoursAgo: -3, message: 'after the window', file: 'a.txt', text: 'three\n' },
    ]);
    const items = repository([{ hoursAgo: 5, message: 'first', file: 'b.txt', text: 'x\n' }]);
    const found = await source.collect(
      requestFor([
        { name: 'shop', repo_path: shop, base_branch: 'main' },
        { name: 'items', repo_path: items },
        { name: 'without' },
      ]),
      unending(),
    );
    expect(found.gaps).toEqual([]);
    expect(
      found.changes?.commits?.map(({ service, message, files, timestamp }) => [
        service,
        message.trim(),
        files,
        timestamp,
      ]),
    ).toEqual([
      ['shop', 'a change\n\nwith a body', ['a.txt'], '2026-03-01T09:00:00Z'],
      ['items', 'first', ['b.txt'], '2026-03-01T07:00:00Z'],
    ]);
    expect(found.changes?.commits?.[0]?.diff).toContain('-one\n+two');
    expect(found.repositories).toEqual([
      { service: 'shop', kind: 'worktree', dir: shop, baseBranch: 'main' },
      { service: 'items', kind: 'worktree', dir: items },
    ]);
  });

  it.each([
    ['no repository', () => tempDir(), 'there is no git repository'],
    ['no folder', () => join(tempDir(), 'nowhere'), 'there is no git repository'],
    ['no commit', () => repository([]), 'the repository has no commit'],
  ])('is a gap where there is %s', async (_name, make, why) => {
    const found = await source.collect(
      requestFor([{ name: 'shop', repo_path: make() }]),
      unending(),
    );
    expect(found.gaps).toEqual([{ source: 'git', why: `shop: ${why}`, hint: expect.any(String) }]);
    expect(found.changes?.commits).toEqual([]);
  });

  it('is a gap for a target without a repository', async () => {
    const found = await source.collect(requestFor([{ name: 'shop' }]), unending());
    expect(found.gaps?.[0]?.why).toBe('shop has no repo_path');
  });
});
