import { expect, it } from 'vitest';
import { fixInProcess } from '#src/app/fix-process.ts';
import { UpstreamError, UsageError } from '#src/domain/errors.ts';
import type { FixProposal } from '#src/domain/fix.ts';
import { resultOf } from '../helpers/results.ts';

const NONE: FixProposal = {
  ...{ decision: 'none', strategy: null, diff: null, files: [], proof: [], guards: [] },
  ...{ risk: null, pullRequest: null, why: 'The cause is not in the code.' },
};

/** Lets a program answer instead of ours. It ends with 9 when it is not asked as it should be. */
function run(
  script: string,
  changes: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<string> {
  const asked =
    "process.argv.slice(1).join(' ') === 'fix --incident inc-1 --open-pr --json' || process.exit(9);";
  const { timeoutMs = 20_000, signal = new AbortController().signal } = changes;
  const options = { command: process.execPath, args: ['-e', asked + script], configFile: null };
  return fixInProcess('inc-1', { ...options, cwd: '/', env: process.env, timeoutMs }, signal);
}

function answer(fix: Partial<FixProposal>, code: number): string {
  const text = JSON.stringify({ ...resultOf('inc-1', 'shop'), fix: { ...NONE, ...fix } });
  return `process.stdout.write(${JSON.stringify(text)}); process.exitCode = ${code};`;
}

it('gives the address of what was opened', async () => {
  const pullRequest = { url: 'https://x.test/1', number: 1, branch: 'incident/a', draft: true };
  expect(await run(answer({ decision: 'open-pr', pullRequest }, 0))).toBe('https://x.test/1');
});

it('takes a refusal for an answer', async () => {
  const guards = [
    { id: 'proof', ok: false, message: 'm' },
    { id: 'verdict', ok: true, message: 'm' },
  ];
  expect(await run(answer({ decision: 'show-only', guards }, 4))).toBe('none: refused by proof');
  expect(await run(answer({}, 10))).toContain('not in the code');
});

it('tells what will never work from what may work later', async () => {
  await expect(run("console.error('no token'); process.exitCode = 2")).rejects.toThrow(UsageError);
  const later = await run('process.exitCode = 1').catch((error: unknown) => error);
  expect(later).toBeInstanceOf(UpstreamError);
  expect(later).toMatchObject({ isRetryable: true });
});

it('ends with its time, and with its caller', async () => {
  const late = await run('setInterval(() => {}, 1000)', { timeoutMs: 1500 }).catch(
    (e: unknown) => e,
  );
  expect(late).toMatchObject({ isRetryable: false });
  const stop = new AbortController();
  const running = run('setInterval(() => {}, 1000)', { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('stopping')), 300);
  await expect(running).rejects.toThrow('stopping');
});
