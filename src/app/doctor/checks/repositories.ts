import type { Check, Finding } from '#src/app/doctor/contract.ts';
import { messageOf } from '#src/domain/errors.ts';
import { findGitDir } from '#src/platform/git/discover.ts';
import { runProcess } from '#src/platform/process.ts';

/** Whether git is there, and the folders of the registry are git trees. */
export const repositories: Check = {
  id: 'repositories',
  limitMs: 10_000,
  run: async ({ services, registryFile }, signal) => {
    const named = [...services().values()].flatMap(({ name, repo_path }) =>
      repo_path === undefined ? [] : [{ name, path: repo_path }],
    );
    if (named.length === 0) {
      const mend = `Add repo_path to ${registryFile}.`;
      return [{ status: 'off', what: 'no service has a repo_path', mend }];
    }
    const trees = named.map(async ({ name, path }): Promise<Finding> => {
      if (await findGitDir(path)) return { status: 'good', what: `${name}: ${path} is a git tree` };
      return {
        status: 'bad',
        what: `${name}: ${path} is no git tree`,
        mend: `git clone <url> ${path}, or correct repo_path.`,
      };
    });
    return [await git(signal), ...(await Promise.all(trees))];
  },
};

async function git(signal: AbortSignal): Promise<Finding> {
  const mend = 'Install git.';
  try {
    const { code, stdout } = await runProcess('git', ['--version'], {
      timeoutMs: 5000,
      maxBytes: 1000,
      signal,
    });
    return code === 0
      ? { status: 'good', what: stdout.trim() }
      : { status: 'bad', what: 'git does not run', mend };
  } catch (error) {
    return { status: 'bad', what: `git does not run: ${messageOf(error)}`, mend };
  }
}
