import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { UpstreamError } from '#src/domain/errors.ts';
import { checkArguments } from '#src/platform/git/arguments.ts';
import { gitEnvironment, HARDENED_CONFIG } from '#src/platform/git/environment.ts';
import type { GitOptions } from '#src/platform/git/git.ts';

export type GitStream = {
  stdin: Writable;
  stdout: Readable;
  /** Resolves when git has ended; never rejects before `stdout` was read to its end. */
  done: Promise<{ exitCode: number; stderr: string }>;
  kill(): void;
};

const MAX_STDERR = 16_384;

/**
 * Starts an allow-listed git command whose input and output are streams of any length, which
 * simple-git keeps in memory as a whole. The hardening is the same.
 * @throws InputError for arguments that are not allowed
 */
export function streamGit(options: GitOptions, args: readonly string[]): GitStream {
  checkArguments(args);
  const config = HARDENED_CONFIG.flatMap((entry) => ['-c', entry]);
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    'git',
    [...config, ...args],
    {
      cwd: options.emptyDir,
      env: { ...gitEnvironment(options), ...options.variables },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    },
  );
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, options.limits.timeoutMs);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < MAX_STDERR) stderr += chunk.toString('utf8').slice(0, MAX_STDERR);
  });
  // What is written after git gave up is lost on purpose; `done` tells why it gave up.
  child.stdin.on('error', () => {});
  const done = new Promise<{ exitCode: number; stderr: string }>((resolve, reject) => {
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(
        new UpstreamError('git could not be run', {
          hint: 'Install git 2.31 or newer where the usual search path finds it',
          cause,
        }),
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (timedOut) {
        reject(new UpstreamError(`git ${args[0]} took longer than ${options.limits.timeoutMs} ms`));
      } else resolve({ exitCode: code ?? -1, stderr });
    });
  });
  done.catch(() => {});
  return { stdin: child.stdin, stdout: child.stdout, done, kill: () => child.kill('SIGKILL') };
}
