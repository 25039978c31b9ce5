import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import type { Step, Tree } from './edit.ts';

export type LaidRepository = {
  dir: string;
  /** Sha of each step, in order. */
  shas: string[];
};

/**
 * Lays a git repository with one commit a step, dated before `now`, and checks out the commit
 * before the last `held` ones, which are left for a later deploy.
 * @param now milliseconds since the epoch
 */
export function layRepository(
  dir: string,
  steps: readonly Step[],
  start: Tree,
  now: number,
  held: number,
): LaidRepository {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  git(dir, ['init', '--quiet', '--initial-branch=main']);
  git(dir, ['fast-import', '--quiet', '--done'], fastImport(steps, start, now));
  const shas = git(dir, ['rev-list', '--reverse', 'main']).trim().split('\n');
  const live = shas[shas.length - 1 - held] ?? 'main';
  git(dir, ['-c', 'advice.detachedHead=false', 'checkout', '--quiet', live]);
  return { dir, shas };
}

/** Moves the working tree to a commit, as a deploy does. */
export function checkout(dir: string, revision: string): void {
  git(dir, ['-c', 'advice.detachedHead=false', 'checkout', '--quiet', '--force', revision]);
}

function fastImport(steps: readonly Step[], start: Tree, now: number): string {
  let tree = start;
  const out: string[] = [];
  for (const [index, step] of steps.entries()) {
    tree = step.change(tree);
    const seconds = Math.floor(now / 1000 - step.hoursAgo * 3600);
    const who = `${step.author} <${step.author.toLowerCase().replace(/\W+/g, '.')}@example.org> ${seconds} +0000`;
    out.push(
      'commit refs/heads/main',
      `mark :${index + 1}`,
      `author ${who}`,
      `committer ${who}`,
      data(`${step.message}\n`),
    );
    if (index > 0) out.push(`from :${index}`);
    out.push('deleteall');
    for (const [path, text] of tree) out.push(`M 100644 inline ${path}`, data(text));
    out.push('');
  }
  return `${out.join('\n')}\ndone\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

function git(cwd: string, args: string[], input?: string): string {
  const done = spawnSync('git', args, {
    cwd,
    input,
    encoding: 'utf8',
    // The demo's repositories do not depend on anybody's configuration.
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' },
  });
  if (done.error) throw new Error(`git cannot be started: ${done.error.message}. Install git.`);
  if (done.status !== 0) throw new Error(`git ${args[0]} failed: ${done.stderr.trim()}`);
  return done.stdout;
}
