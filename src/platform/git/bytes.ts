import type { GitOptions } from '#src/platform/git/git.ts';
import { streamGit } from '#src/platform/git/stream.ts';

/** What a command wrote, as bytes, with how it ended. */
export type BytesAnswer = { stdout: Buffer; stderr: string; exitCode: number };

/**
 * Runs an allow-listed command with bytes as its input, which simple-git would take for text.
 * @throws InputError for arguments that are not allowed
 * @throws UpstreamError when git cannot be started, runs out of time or writes too much
 */
export async function gitWithInput(
  options: GitOptions,
  args: readonly string[],
  input: Buffer,
): Promise<BytesAnswer> {
  const child = streamGit(options, args);
  const kept: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= options.limits.maxBytes) kept.push(chunk);
    else child.kill();
  });
  child.stdin.end(input);
  const ended = await child.done;
  return { stdout: Buffer.concat(kept), ...ended };
}
