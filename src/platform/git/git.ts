import { simpleGit } from 'simple-git';
import { messageOf, UpstreamError } from '#src/domain/errors.ts';
import { checkArguments } from '#src/platform/git/arguments.ts';
import { gitEnvironment, HARDENED_CONFIG } from '#src/platform/git/environment.ts';

export type GitLimits = {
  /** Milliseconds after which a command is killed. */
  timeoutMs: number;
  /** Bytes of output kept; git is stopped once it has written more. */
  maxBytes: number;
};

export type GitOptions = {
  gitDir: string;
  /** Where the objects are, when not in `gitDir`. */
  objectDir?: string | undefined;
  /** An empty folder of ours: work tree, home and current folder of every command. */
  emptyDir: string;
  /** PATH for finding git; the usual system folders when absent. */
  searchPath?: string | undefined;
  /** Further variables, e.g. a shallow file of our own. */
  variables?: Readonly<Record<string, string>>;
  limits: GitLimits;
};

export type GitAnswer = {
  stdout: Buffer;
  stderr: string;
  exitCode: number;
  /** True when the output was cut at `maxBytes`. */
  truncated: boolean;
};

/** A hardened git on one repository. */
export type Git = {
  /**
   * Runs an allow-listed command. A command that fails is an answer with its exit code.
   * @throws InputError for arguments that are not allowed
   * @throws UpstreamError when git cannot be started or runs out of time
   */
  run(args: readonly string[], input?: string): Promise<GitAnswer>;
  readonly options: GitOptions;
};

/**
 * simple-git refuses to set these keys, safe value or not, unless told that we mean it; and it
 * takes GIT_* variables only by name.
 */
const OPT_INS = {
  allowUnsafeFsMonitor: true,
  allowUnsafeHooksPath: true,
  allowUnsafePager: true,
  allowUnsafeEditor: true,
  allowUnsafeAskPass: true,
  allowUnsafeSshCommand: true,
  allowUnsafeGitProxy: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeConfigPaths: true,
} as const;

/** Makes a hardened git for a git directory (see environment.ts for what that means). */
export function createGit(options: GitOptions): Git {
  return { options, run: (args, input) => runOnce(options, args, input) };
}

async function runOnce(
  options: GitOptions,
  args: readonly string[],
  input: string | undefined,
): Promise<GitAnswer> {
  checkArguments(args);
  const environment = { ...gitEnvironment(options), ...options.variables };
  const stop = new AbortController();
  const kept: Buffer[] = [];
  let size = 0;
  let timedOut = false;
  let ended: { exitCode: number; stderr: string } | null = null;
  // One instance a command: simple-git queues the commands of an instance and fails them together.
  const git = simpleGit({
    baseDir: options.emptyDir,
    config: [...HARDENED_CONFIG],
    abort: stop.signal,
    allowEnvironment: Object.keys(environment),
    unsafe: OPT_INS,
    completion: { onClose: true, onExit: false },
    ...(input === undefined ? {} : { input: () => input }),
    errors: (error, { exitCode, stdErr }) => {
      ended = { exitCode, stderr: Buffer.concat(stdErr).toString('utf8') };
      // A failing command is an answer; only what kept git from running stays an error.
      return Buffer.isBuffer(error) || exitCode >= 0 ? undefined : error;
    },
  })
    .env(environment)
    .outputHandler((_command, stdout) => {
      stdout.on('data', (chunk: Buffer) => {
        const room = options.limits.maxBytes - size;
        size += chunk.length;
        if (room > 0) kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
        if (size > options.limits.maxBytes) stop.abort();
      });
    });
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, options.limits.timeoutMs);
  try {
    await git.raw([...args]);
  } catch (error) {
    if (!stop.signal.aborted) throw notStarted(error);
  } finally {
    clearTimeout(timer);
  }
  if (timedOut) {
    throw new UpstreamError(`git ${args[0]} took longer than ${options.limits.timeoutMs} ms`, {
      where: options.gitDir,
      hint: 'Check that the repository is not damaged or on a slow disk',
    });
  }
  const { exitCode, stderr } = ended ?? { exitCode: 0, stderr: '' };
  const truncated = size > options.limits.maxBytes;
  if (exitCode < 0 && !truncated) throw notStarted(stderr);
  return { stdout: Buffer.concat(kept), stderr, exitCode: truncated ? 0 : exitCode, truncated };
}

function notStarted(cause: unknown): UpstreamError {
  const missing = messageOf(cause).includes('ENOENT');
  return new UpstreamError(missing ? 'git is not installed' : 'git could not be run', {
    hint: 'Install git 2.31 or newer where the usual search path finds it',
    cause,
  });
}
