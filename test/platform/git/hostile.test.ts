import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRepository } from '#src/changes/repository/export.ts';
import { openRepository } from '#src/changes/repository.ts';
import { createGit } from '#src/platform/git/git.ts';
import { createGitFixture, type GitFixture } from '../../changes/git-fixture.ts';

/**
 * A repository in which everything that git can be made to run leaves a mark. Each trap is first
 * shown to work with a plain git, so that its silence means something.
 */
describe('a hostile repository', () => {
  let fixture: GitFixture;
  let marks: string;
  let head: string;
  const fired = (): string[] => readdirSync(marks).sort();

  beforeAll(() => {
    fixture = createGitFixture();
    marks = `${fixture.dir}-marks`;
    mkdirSync(marks);
    const trap = (name: string, reads = true): string => {
      const file = join(fixture.dir, '.git', `trap-${name}.sh`);
      writeFileSync(
        file,
        `#!/bin/sh\ntouch '${marks}/${name}'\n${reads ? 'cat 2>/dev/null || true' : 'exit 1'}\n`,
      );
      chmodSync(file, 0o755);
      return file;
    };
    fixture.write('a.txt', 'one\ntwo\n');
    fixture.write(
      '.gitattributes',
      '*.txt diff=evil filter=evil merge=evil\n*.md filter=talking\n',
    );
    fixture.write('b.md', 'x\n');
    fixture.write('-rf', 'dash\n');
    fixture.write('--output=owned', 'dash\n');
    fixture.write('line\nbreak.txt', 'x\n');
    symlinkSync('/etc/passwd', join(fixture.dir, 'passwd'));
    symlinkSync('/', join(fixture.dir, 'root'));
    fixture.commit('first');
    fixture.write('a.txt', 'one\nTWO\n');
    head = fixture.commit('second');
    fixture.git('branch', 'dash', head);
    const config = `
[core]
\tworktree = ${fixture.dir}
\tfsmonitor = ${trap('fsmonitor')}
\thooksPath = ${join(fixture.dir, '.git', 'evil-hooks')}
\tpager = ${trap('pager')}
\teditor = ${trap('editor')}
\taskPass = ${trap('askpass')}
\tsshCommand = ${trap('ssh')}
\talternateRefsCommand = ${trap('alternate')}
\tattributesFile = ${join(fixture.dir, '.gitattributes')}
[diff]
\texternal = ${trap('external')}
[diff "evil"]
\ttextconv = ${trap('textconv')}
\tcommand = ${trap('command')}
[filter "evil"]
\tclean = ${trap('clean')}
\tsmudge = ${trap('smudge')}
[filter "talking"]
\tprocess = ${trap('process')}
[merge "evil"]
\tdriver = ${trap('driver')}
[credential]
\thelper = !${trap('credential')}
[gpg]
\tprogram = ${trap('gpg')}
[log]
\tshowSignature = true
[alias]
\trev-parse = !${trap('alias')}
\tblame = !${trap('alias')}
[pager]
\tblame = ${trap('pager')}
\tgrep = ${trap('pager')}
[color]
\tui = always
[color "grep"]
\tmatch = red
[blame]
\tignoreRevsFile = /nonexistent/file
[diff]
\torderFile = /nonexistent/order
\tnoprefix = true
\tmnemonicPrefix = true
[protocol "ext"]
\tallow = always
[remote "origin"]
\turl = ext::${trap('ext', false)}
\tpromisor = true
\tpartialclonefilter = blob:none
[extensions]
\tpartialClone = origin
`;
    appendFileSync(join(fixture.dir, '.git', 'config'), config);
    for (const folder of ['hooks', 'evil-hooks']) {
      mkdirSync(join(fixture.dir, '.git', folder), { recursive: true });
      for (const hook of [
        'post-checkout',
        'reference-transaction',
        'post-index-change',
        'pre-auto-gc',
      ]) {
        writeFileSync(
          join(fixture.dir, '.git', folder, hook),
          `#!/bin/sh\ntouch '${marks}/hook'\n`,
        );
        chmodSync(join(fixture.dir, '.git', folder, hook), 0o755);
      }
    }
  });

  it('has traps that work', () => {
    const git = (...args: string[]): void => {
      try {
        execFileSync('git', ['-c', 'diff.orderFile=/dev/null', ...args], {
          cwd: fixture.dir,
          stdio: 'ignore',
          timeout: 5000,
        });
      } catch {
        // The traps make some commands fail; what counts is that they ran.
      }
    };
    git('status');
    git('diff', 'HEAD~1', 'HEAD');
    git('-c', 'diff.external=', '-c', 'diff.evil.command=', 'diff', 'HEAD~1', 'HEAD');
    git('diff-tree', '-p', '--textconv', '--no-ext-diff', 'HEAD~1', 'HEAD');
    execFileSync('touch', [join(fixture.dir, 'a.txt'), join(fixture.dir, 'b.md')]);
    git('add', 'a.txt');
    git('add', 'b.md');
    git('update-ref', 'refs/heads/other', 'HEAD');
    git('cat-file', 'blob', '1'.repeat(40));
    expect(fired()).toEqual([
      'clean',
      'command',
      'ext',
      'fsmonitor',
      'hook',
      'process',
      'smudge',
      'textconv',
    ]);
    for (const name of fired()) execFileSync('rm', [join(marks, name)]);
    expect(fired()).toEqual([]);
  });

  it('runs nothing when it is read through a view', async () => {
    const repo = await openRepository(fixture.dir);
    expect(repo.head).toBe(head);
    expect(await repo.readFile('a.txt')).toBe('one\nTWO\n');
    expect(await repo.readFile('passwd')).toBeNull();
    expect(await repo.readFile('root/etc/passwd')).toBeNull();
    expect(await repo.readFile('-rf')).toBe('dash\n');
    expect(await repo.readFile('--output=owned')).toBe('dash\n');
    expect(await repo.listFiles()).toContain('line\nbreak.txt');
    expect((await repo.blame('a.txt', 1, 2)).map(({ text }) => text)).toEqual(['one', 'TWO']);
    expect((await repo.blame('-rf', 1, 1)).length).toBe(1);
    expect((await repo.log({ paths: ['--output=owned', 'line\nbreak.txt'] })).length).toBe(1);
    expect(await repo.diff(head)).toContain('--- a/a.txt\n+++ b/a.txt');
    expect(await repo.diff(head)).toContain('-two\n+TWO\n');
    expect(await repo.search('TWO')).toEqual([{ file: 'a.txt', line: 2, text: 'TWO' }]);
    expect(await repo.resolve('--exec=sh')).toBeNull();
    await repo.close();
    expect(fired()).toEqual([]);
    expect(existsSync(join(fixture.dir, 'owned'))).toBe(false);
  });

  it('does not fetch an object that is missing', async () => {
    const git = createGit({
      gitDir: join(fixture.dir, '.git'),
      emptyDir: marks,
      limits: { timeoutMs: 5000, maxBytes: 1000 },
    });
    const answer = await git.run(['cat-file', 'blob', '1'.repeat(40)]);
    expect(answer.exitCode).not.toBe(0);
    expect(fired()).toEqual([]);
  });

  it('runs nothing when it is exported', async () => {
    const out = `${fixture.dir}.fast-export`;
    await exportRepository(fixture.dir, { out, maxCommits: 5 });
    expect(existsSync(out)).toBe(true);
    expect(fired()).toEqual([]);
  });

  it('is not led out of the repository by core.worktree', async () => {
    fixture.git('config', 'core.worktree', '/');
    const repo = await openRepository(fixture.dir);
    expect(await repo.readFile('a.txt')).toBe('one\nTWO\n');
    expect((await repo.blame('a.txt', 1, 2)).length).toBe(2);
    await repo.close();
    expect(fired()).toEqual([]);
  });

  afterAll(() => {
    execFileSync('rm', ['-rf', fixture.dir, marks]);
  });
});

describe('limits of a git command', () => {
  it('cuts output and stops git', async () => {
    const fixture = createGitFixture();
    fixture.write('big.txt', 'x'.repeat(5_000_000));
    fixture.commit('big');
    const git = createGit({
      gitDir: join(fixture.dir, '.git'),
      emptyDir: fixture.dir,
      limits: { timeoutMs: 10_000, maxBytes: 1000 },
    });
    const tree = await git.run(['ls-tree', '-r', '-z', 'HEAD']);
    const oid = /blob ([0-9a-f]+)/.exec(tree.stdout.toString())?.[1] ?? '';
    const answer = await git.run(['cat-file', 'blob', oid]);
    expect([answer.stdout.length, answer.truncated, answer.exitCode]).toEqual([1000, true, 0]);
  });

  it('kills a command that hangs', async () => {
    const fixture = createGitFixture();
    fixture.write('a', 'a\n');
    fixture.commit('a');
    const pipe = join(fixture.dir, 'pipe');
    execFileSync('sh', ['-c', `mkfifo '${pipe}'`]);
    fixture.git('config', 'include.path', pipe);
    const git = createGit({
      gitDir: join(fixture.dir, '.git'),
      emptyDir: fixture.dir,
      limits: { timeoutMs: 300, maxBytes: 1000 },
    });
    await expect(git.run(['rev-parse', 'HEAD'])).rejects.toThrow('took longer than 300 ms');
  });

  it('says so when there is no git', async () => {
    const fixture = createGitFixture();
    const git = createGit({
      gitDir: join(fixture.dir, '.git'),
      emptyDir: fixture.dir,
      searchPath: '/nonexistent',
      limits: { timeoutMs: 1000, maxBytes: 1000 },
    });
    await expect(git.run(['rev-parse', 'HEAD'])).rejects.toThrow('git is not installed');
  });
});
