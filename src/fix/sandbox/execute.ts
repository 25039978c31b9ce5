import { spawn } from 'node:child_process';
import { createOutputTail } from '#src/fix/sandbox/output-tail.ts';
import { killGroup } from '#src/platform/process.ts';

export type Execution = {
  /** Null when it was killed. */
  code: number | null;
  /** Both streams as they came, the middle left out where it is long. */
  output: string;
  timedOut: boolean;
  seconds: number;
};

export type ExecuteOptions = {
  cwd: string;
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
  maxOutputBytes: number;
  signal?: AbortSignal | undefined;
};

/** How long the output of what a command left behind is waited for. */
const LINGER_MS = 1000;

/**
 * Runs a program without a shell and without input, in a process group of its own that is killed
 * when the time is over, when the caller gives up, and when the program has ended.
 * @throws the error of `spawn` when it cannot be started
 */
export function execute(
  [program = '', ...args]: readonly string[],
  options: ExecuteOptions,
): Promise<Execution> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const kept = createOutputTail(options.maxOutputBytes);
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: false,
      windowsHide: true,
    });
    let timedOut = false;
    const kill = (): void => killGroup(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, options.timeoutMs);
    options.signal?.addEventListener('abort', kill, { once: true });
    if (options.signal?.aborted) kill();
    child.stdout.on('data', (chunk: Buffer) => kept.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => kept.add(chunk));
    const release = (): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
    };
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('exit', () => {
      kill();
      // A process that left the group may hold the pipes open for ever.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, LINGER_MS).unref();
    });
    child.on('close', (code) => {
      release();
      const seconds = (performance.now() - started) / 1000;
      resolve({ code: timedOut ? null : code, output: kept.kept().text, timedOut, seconds });
    });
  });
}
