import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';
import type { Investigate, InvestigateRequest } from '#src/daemon/contract.ts';
import { NoEvidenceError, UpstreamError, UsageError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** What the process says, a line each. */
const lineSchema = z.union([
  z.object({ step: z.string() }),
  // Our own document: looked at no further, since it may be large.
  z.object({ result: z.looseObject({ schema: z.literal('incident-result/v1') }) }),
  z.object({ error: z.object({ message: z.string(), exitCode: z.number() }) }),
]);

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_COMPLAINT = 4000;
/** From being asked to end to being made to, in milliseconds. */
const GRACE_MS = 1500;

export type InvestigationProcessOptions = {
  command: string;
  /** Arguments before those of the command `work`. */
  args: readonly string[];
  /** The configuration file, where there is one. */
  configFile: string | null;
  cwd: string;
};

/**
 * Investigates in a process of its own, so that minutes of computing, a lack of memory or a crash
 * there never keep alerts from being taken in here. It ends with this process, since it watches
 * its standard input.
 */
export function createInvestigationProcess(options: InvestigationProcessOptions): Investigate {
  return (request, signal, onStep) => {
    const config = options.configFile === null ? [] : ['--config', options.configFile];
    const child = spawn(options.command, [...options.args, 'work', ...config], {
      cwd: options.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A terminal's Ctrl-C is for the daemon alone, which then decides.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    return converse(child, request, signal, onStep);
  };
}

function converse(
  child: ChildProcess,
  request: InvestigateRequest,
  signal: AbortSignal,
  onStep: (step: string) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    let outcome: Result | Error | undefined;
    let killer: NodeJS.Timeout | undefined;
    const end = (): void => {
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-MOST_COMPLAINT);
    });
    eachLine(child, (line) => {
      const said = readLine(line);
      if (said && 'step' in said) onStep(said.step);
      else if (said) outcome = said;
    });
    child.stdin?.on('error', () => {});
    // The input stays open: its end tells the process that nobody waits any more.
    child.stdin?.write(`${JSON.stringify(request)}\n`);
    child.once('error', (error) => {
      outcome = new UpstreamError(`the investigation cannot be started: ${error.message}`);
      reject(outcome);
    });
    child.once('close', (code, killed) => {
      clearTimeout(killer);
      signal.removeEventListener('abort', end);
      child.stdin?.destroy();
      if (signal.aborted) reject(signal.reason);
      else if (outcome instanceof Error) reject(outcome);
      else if (outcome) resolve(outcome);
      else reject(new UpstreamError(endingOf(code, killed, complaint), { isRetryable: true }));
    });
  });
}

function eachLine(child: ChildProcess, take: (line: string) => void): void {
  let rest: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
      take(Buffer.concat([...rest, chunk.subarray(start, at)]).toString('utf8'));
      rest = [];
      size = 0;
      start = at + 1;
    }
    const tail = chunk.subarray(start);
    size += tail.length;
    if (size > MOST_BYTES) child.kill('SIGKILL');
    else if (tail.length > 0) rest.push(tail);
  });
}

function readLine(line: string): { step: string } | Result | Error | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const said = lineSchema.safeParse(value);
  if (!said.success) return null;
  if ('step' in said.data) return said.data;
  if ('result' in said.data) return said.data.result as unknown as Result;
  const { message, exitCode } = said.data.error;
  if (exitCode === 2) return new UsageError(message);
  if (exitCode === 3) return new NoEvidenceError(message);
  return new UpstreamError(message, { isRetryable: true });
}

function endingOf(code: number | null, killed: string | null, complaint: string): string {
  const how = killed ? `was ended by ${killed}` : `ended with code ${code}`;
  const last = oneLine(complaint).slice(-300);
  return `the investigation ${how}${last ? `: ${last}` : ''}`;
}
