import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A real repository in a temporary folder, with fixed authors and times. */
export type GitFixture = {
  dir: string;
  git(...args: string[]): string;
  write(file: string, text: string | Buffer): void;
  /** Commits everything; times advance by an hour a commit. @returns the sha */
  commit(message: string): string;
};

const START = 1_700_000_000;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the test file is done; more may be put beside a fixture's. */
export function temporaryFolder(): string {
  const outer = mkdtempSync(join(tmpdir(), 'incident-fixture-'));
  made.push(outer);
  const inner = join(outer, 'folder');
  mkdirSync(inner);
  return inner;
}

export function createGitFixture(...initArgs: string[]): GitFixture {
  const dir = temporaryFolder();
  let commits = 0;
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: dir,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: 'ada@example.org',
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: 'ada@example.org',
        GIT_AUTHOR_DATE: `${START + commits * 3600} +0000`,
        GIT_COMMITTER_DATE: `${START + commits * 3600} +0000`,
      },
    });
  git('init', '-q', '-b', 'main', ...initArgs);
  return {
    dir,
    git,
    write: (file, text) => {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    },
    commit: (message) => {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
      commits++;
      return git('rev-parse', 'HEAD').trim();
    },
  };
}
