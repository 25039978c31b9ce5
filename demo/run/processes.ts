import { type ChildProcess, spawn } from 'node:child_process';

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 3000;

export type Processes = {
  /** Starts a Node program and waits until it says that it is ready. */
  start(name: string, script: string, env: Record<string, string>): Promise<void>;
  /** Ends one program, by SIGTERM and then by force. */
  stop(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Whether a program runs. */
  isRunning(name: string): boolean;
  /** Resolves when a program has ended, with the time in milliseconds since the epoch. */
  ended(name: string): Promise<number>;
  /** Ends all; nothing can be started any more. */
  stopAll(): Promise<void>;
};

const isAlive = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

/**
 * The demo's child processes. Each ends by itself when the channel to us closes, so that nothing
 * is left behind even if we are killed.
 */
export function createProcesses(): Processes {
  const children = new Map<string, ChildProcess>();
  let isOver = false;

  const stop = async (name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const child = children.get(name);
    if (!isAlive(child)) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    child.kill(signal);
    await gone;
    clearTimeout(force);
  };

  return {
    start: (name, script, env) => {
      if (isOver) return Promise.reject(new Error(`${name} is not started any more`));
      const child = spawn(process.execPath, [script], {
        env: { ...process.env, ...env, NODE_NO_WARNINGS: '1' },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      children.set(name, child);
      return ready(name, child);
    },
    stop,
    isRunning: (name) => isAlive(children.get(name)),
    ended: (name) =>
      new Promise((resolve) => {
        const child = children.get(name);
        if (isAlive(child)) child.once('exit', () => resolve(Date.now()));
        else resolve(Date.now());
      }),
    stopAll: async () => {
      isOver = true;
      await Promise.all([...children.keys()].map((name) => stop(name)));
    },
  };
}

/** Resolves when a child says that it is ready. */
function ready(name: string, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} did not start within ${START_LIMIT_MS / 1000} s: ${said}`));
    }, START_LIMIT_MS);
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('error', reject);
    // Not "exit": what it said last comes after that.
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with code ${code} before it was ready: ${said.trim()}`));
    });
  });
}
