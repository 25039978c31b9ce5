import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenRepository, openRepository } from '#src/changes/repository.ts';
import { InputError } from '#src/domain/errors.ts';
import { createGitFixture, type GitFixture, temporaryFolder } from '../git-fixture.ts';

describe('a view of a repository', () => {
  let fixture: GitFixture;
  let repo: OpenRepository;
  let first: string;
  let second: string;
  let third: string;

  beforeAll(async () => {
    fixture = createGitFixture();
    fixture.write('src/app.js', 'one\ntwo\nthree\n');
    fixture.write('logo.png', Buffer.from([0x89, 0, 1, 2]));
    fixture.write('we\nird "name".txt', 'needle\n');
    symlinkSync('/etc/passwd', join(fixture.dir, 'link'));
    first = fixture.commit('start\n\nwith a body');
    fixture.write('src/app.js', 'one\nTWO needle\nthree\n');
    second = fixture.commit('shout');
    fixture.git('mv', 'src/app.js', 'src/main.js');
    third = fixture.commit('rename');
    fixture.git('tag', '-a', 'v1', '-m', 'v1', first);
    repo = await openRepository(fixture.dir);
  });
  afterAll(() => repo.close());

  it('knows its head, branches, tags and abbreviated shas', async () => {
    expect(repo.head).toBe(third);
    expect(await repo.resolve('main')).toBe(third);
    expect(await repo.resolve('v1')).toBe(first);
    expect(await repo.resolve('HEAD~1')).toBe(second);
    expect(await repo.resolve(second.slice(0, 9))).toBe(second);
    expect(await repo.resolve('nonsense')).toBeNull();
    expect(await repo.resolve('--all')).toBeNull();
  });

  it('lists regular files and reads text', async () => {
    expect(await repo.listFiles()).toEqual(['logo.png', 'src/main.js', 'we\nird "name".txt']);
    expect(await repo.listFiles(first)).toContain('src/app.js');
    expect(await repo.readFile('src/main.js')).toBe('one\nTWO needle\nthree\n');
    expect(await repo.readFile('src/app.js', first)).toBe('one\ntwo\nthree\n');
    expect(await repo.readFile('we\nird "name".txt')).toBe('needle\n');
  });

  it('gives null for what is absent, binary, a link, or no path of the tree', async () => {
    for (const path of [
      'nope',
      'logo.png',
      'link',
      '',
      '../x',
      '/etc/passwd',
      'src',
      '-x',
      'a\0b',
    ]) {
      expect(await repo.readFile(path), JSON.stringify(path)).toBeNull();
    }
    expect(await repo.readFile('src/main.js', 'nonsense')).toBeNull();
  });

  it('blames lines across a rename and marks the root as boundary', async () => {
    const lines = await repo.blame('src/main.js', 1, 99);
    expect(lines.map(({ line, sha, boundary }) => [line, sha, boundary])).toEqual([
      [1, first, true],
      [2, second, false],
      [3, first, true],
    ]);
    expect(lines[1]).toMatchObject({ text: 'TWO needle', timestamp: '2023-11-14T23:13:20Z' });
    expect(await repo.blame('src/main.js', 4, 9)).toEqual([]);
    expect(await repo.blame('nope', 1, 2)).toEqual([]);
  });

  it('logs newest first, with files, times and paths', async () => {
    const log = await repo.log();
    expect(log.map(({ sha }) => sha)).toEqual([third, second, first]);
    expect(log[0]?.files.sort()).toEqual(['src/app.js', 'src/main.js']);
    expect(log[1]).toMatchObject({
      parents: [first],
      author: 'Ada <ada@example.org>',
      timestamp: '2023-11-14T23:13:20Z',
      message: 'shout\n',
      files: ['src/app.js'],
    });
    expect(log[2]?.files).toContain('we\nird "name".txt');
    expect((await repo.log({ limit: 1 })).length).toBe(1);
    expect((await repo.log({ since: '2023-11-14T23:13:20Z' })).length).toBe(2);
    expect((await repo.log({ until: '2023-11-14T23:13:20Z' })).map(({ sha }) => sha)).toEqual([
      second,
      first,
    ]);
    expect((await repo.log({ paths: ['src/app.js'] })).length).toBe(3);
    expect((await repo.log({ paths: ['logo.png'] })).map(({ sha }) => sha)).toEqual([first]);
    expect(await repo.log({ paths: ['../x'] })).toEqual([]);
  });

  it('diffs against the first parent and finds renames', async () => {
    expect(await repo.diff(second)).toContain('-two\n+TWO needle\n');
    const rename = await repo.diff(third);
    expect(rename).toContain('rename from src/app.js\nrename to src/main.js\n');
    expect(await repo.diff(first)).toContain('+three');
    expect(await repo.diff('0'.repeat(40))).toBeNull();
  });

  it('searches literally', async () => {
    expect(await repo.search('TWO needle')).toEqual([
      { file: 'src/main.js', line: 2, text: 'TWO needle' },
    ]);
    expect((await repo.search('needle')).map(({ file }) => file)).toEqual([
      'src/main.js',
      'we\nird "name".txt',
    ]);
    expect(await repo.search('n.edle')).toEqual([]);
    expect(await repo.search('--open-files-in-pager=sh')).toEqual([]);
    expect(await repo.search('a\nb')).toEqual([]);
    expect(await repo.search('')).toEqual([]);
  });

  it('opens a folder inside the tree and a bare clone', async () => {
    const inside = await openRepository(join(fixture.dir, 'src'));
    expect([inside.prefix, inside.head]).toEqual(['src', third]);
    await inside.close();
    const bare = `${fixture.dir}.git`;
    fixture.git('clone', '-q', '--bare', '.', bare);
    const clone = await openRepository(bare, { head: 'v1' });
    expect([clone.prefix, clone.head]).toEqual(['', first]);
    await clone.close();
  });

  it('opens a linked work tree at its own head', async () => {
    const linked = `${fixture.dir}-linked`;
    fixture.git('worktree', 'add', '-q', '--detach', linked, second);
    const view = await openRepository(linked);
    expect(view.head).toBe(second);
    expect(await view.resolve('main')).toBe(third);
    await view.close();
  });

  it('redacts what it returns', async () => {
    const view = await openRepository(fixture.dir, {
      redact: (text) => text.replaceAll('needle', '[gone]'),
    });
    expect(await view.readFile('src/main.js')).toBe('one\nTWO [gone]\nthree\n');
    expect((await view.blame('src/main.js', 2, 2))[0]?.text).toBe('TWO [gone]');
    expect(await view.diff(second)).toContain('+TWO [gone]');
    expect((await view.search('needle'))[0]?.text).toBe('TWO [gone]');
    await view.close();
  });

  it('speaks of a commit by the sha that the evidence uses', async () => {
    const other = 'f'.repeat(40);
    const commit = {
      sha: other,
      author: 'Ada',
      timestamp: '2023-11-14T23:13:20Z',
      message: 'shout',
      files: [],
      diff: null,
    };
    const view = await openRepository(fixture.dir, { commits: [commit] });
    expect((await view.log())[1]?.sha).toBe(other);
    expect(await view.diff(other)).toContain('+TWO needle');
    expect((await view.blame('src/main.js', 2, 2))[0]?.sha).toBe(other);
    await view.close();
    const stranger = { ...commit, author: 'Bob' };
    const unmatched = await openRepository(fixture.dir, { commits: [stranger] });
    expect(await unmatched.resolve(other)).toBeNull();
    await unmatched.close();
  });

  it('refuses a folder without a repository, and a repository without a commit', async () => {
    const empty = createGitFixture();
    await expect(openRepository(empty.dir)).rejects.toThrow(InputError);
    await expect(openRepository(temporaryFolder())).rejects.toThrow('there is no git repository');
  });
});
