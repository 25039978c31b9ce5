import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenRepository, openRepository } from '#src/changes/repository.ts';

/** A commit to make: files with their new text, null to delete one. */
export type CommitToMake = { message: string; at: string; files: Record<string, string | null> };

export type TestRepository = {
  view: OpenRepository;
  shas: Record<string, string>;
  close(): Promise<void>;
};

/** A real repository with these commits, oldest first; `shas` by message. */
export async function gitRepository(commits: readonly CommitToMake[]): Promise<TestRepository> {
  const dir = mkdtempSync(join(tmpdir(), 'locate-'));
  const git = (args: string[], input?: string): string =>
    execFileSync('git', ['-C', dir, ...args], {
      encoding: 'utf8',
      ...(input === undefined ? {} : { input }),
      env: { PATH: process.env.PATH, HOME: dir, GIT_CONFIG_NOSYSTEM: '1' },
    }).trim();
  git(['init', '-q', '--bare', '-b', 'main']);
  git(['fast-import', '--quiet'], commits.map(commitStream).join(''));
  const log = git(['log', '--format=%H %s', 'main']);
  const shas = Object.fromEntries(
    log.split('\n').map((line) => [line.slice(41), line.slice(0, 40)]),
  );
  const view = await openRepository(dir);
  return {
    view,
    shas,
    close: async () => {
      await view.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function commitStream({ message, at, files }: CommitToMake): string {
  const seconds = Math.floor(Date.parse(at) / 1000);
  const changes = Object.entries(files).map(([file, text]) =>
    text === null ? `D ${file}\n` : `M 100644 inline ${file}\n${data(text)}`,
  );
  return `commit refs/heads/main\ncommitter Ann <ann@example.com> ${seconds} +0000\n${data(message)}${changes.join('')}\n`;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
