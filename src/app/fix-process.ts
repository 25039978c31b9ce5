import { UpstreamError, UsageError } from '#src/domain/errors.ts';
import { resultSchema } from '#src/domain/result.ts';
import { runProcess } from '#src/platform/process.ts';
import { oneLine } from '#src/platform/sanitize.ts';

export type FixProcessOptions = {
  command: string;
  /** Arguments before those of the command `fix`. */
  args: readonly string[];
  /** The configuration file, where there is one. */
  configFile: string | null;
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
};

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_WORDS = 600;
/** Guards, a change that is not there, and a cause that is not known: answers, not failures. */
const ANSWERS = new Set<number | null>([0, 4, 10]);

/**
 * Proposes a fix for an incident of the store in a process of its own: building and testing take
 * minutes. What an earlier attempt has made is found again.
 * @returns the address of the pull request, or why there is none
 * @throws UsageError when the configuration does not allow it, UpstreamError to be tried again
 */
export async function fixInProcess(
  incidentId: string,
  options: FixProcessOptions,
  signal: AbortSignal,
): Promise<string> {
  const config = options.configFile === null ? [] : ['--config', options.configFile];
  const args = [...options.args, 'fix', '--incident', incidentId, '--open-pr', '--json', ...config];
  const { cwd, env, timeoutMs } = options;
  const run = await runProcess(options.command, args, {
    ...{ cwd, env, timeoutMs, signal, maxBytes: MOST_BYTES },
  });
  signal.throwIfAborted();
  if (!ANSWERS.has(run.code)) {
    const said = oneLine(run.stderr).slice(-MOST_WORDS) || `incident fix ended with ${run.code}`;
    if (run.code === 2) throw new UsageError(said);
    const late = run.timedOut ? `incident fix took longer than ${timeoutMs / 1000} s` : said;
    throw new UpstreamError(late, { isRetryable: !run.timedOut });
  }
  const { fix } = resultSchema.parse(JSON.parse(run.stdout));
  if (fix?.pullRequest) return fix.pullRequest.url;
  const refusing = (fix?.guards ?? []).filter(({ ok }) => !ok).map(({ id }) => id);
  const why = refusing.length > 0 ? `refused by ${refusing.join(', ')}` : (fix?.why ?? 'no fix');
  return `none: ${oneLine(why).slice(0, MOST_WORDS)}`;
}
