import { spawn } from 'node:child_process';

export type RunOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds; then the whole process group is killed. */
  timeoutMs: number;
  /** Bytes kept of stdout and of stderr, each; the rest is counted and dropped. */
  maxBytes: number;
  input?: string;
  signal?: AbortSignal | undefined;
};

export type RunResult = {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Bytes that were dropped beyond the limit. */
  dropped: number;
  timedOut: boolean;
  /** Seconds. */
  seconds: number;
};

/**
 * Runs a program without a shell, with limits on time and output. Never throws for a program
 * that fails: the caller looks at `code`. Rejects only when the program cannot be started.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A group of its own, so that grandchildren end with it.
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
    const stdout = collect(child.stdout, options.maxBytes);
    const stderr = collect(child.stderr, options.maxBytes);
    child.stdin?.on('error', () => {});
    if (options.input !== undefined) child.stdin?.end(options.input);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      resolve({
        code,
        signal,
        stdout: stdout.text(),
        stderr: stderr.text(),
        dropped: stdout.dropped() + stderr.dropped(),
        timedOut,
        seconds: (performance.now() - started) / 1000,
      });
    });
  });
}

/** Kills a process and everything it started. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
}

function collect(
  stream: NodeJS.ReadableStream | null,
  maxBytes: number,
): { text(): string; dropped(): number } {
  const chunks: Buffer[] = [];
  let kept = 0;
  let dropped = 0;
  stream?.on('data', (chunk: Buffer) => {
    const room = Math.max(0, maxBytes - kept);
    const part = chunk.subarray(0, room);
    kept += part.length;
    dropped += chunk.length - part.length;
    if (part.length > 0) chunks.push(part);
  });
  stream?.on('error', () => {});
  return { text: () => Buffer.concat(chunks).toString('utf8'), dropped: () => dropped };
}
