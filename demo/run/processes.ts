import { type ChildProcess, spawn } from 'node:child_process';

const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 3000;

export type Processes = {
  /** Starts a Node program and waits until it says that it is ready. */
  start(name: string, script: string, env: Record<string, string>): Promise<void>;
  /** Ends one program, by SIGTERM and then by force. */
  stop(name: string, signal?: NodeJS.Signals): Promise<void>;
  stopAll(): Promise<void>;
};

/**
 * The demo's child processes. Each ends by itself when the channel to us closes, so that nothing
 * is left behind even if we are killed.
 */
export function createProcesses(): Processes {
  const children = new Map<string, ChildProcess>();

  const stop = async (name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const child = children.get(name);
    children.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    child.kill(signal);
    await ended;
    clearTimeout(force);
  };

  return {
    start: (name, script, env) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [script], {
          env: { ...process.env, ...env, NODE_NO_WARNINGS: '1' },
          stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        });
        children.set(name, child);
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
        child.once('exit', (code) => {
          clearTimeout(timer);
          reject(new Error(`${name} ended with code ${code} before it was ready: ${said}`));
        });
      }),
    stop,
    stopAll: async () => {
      await Promise.all([...children.keys()].map((name) => stop(name)));
    },
  };
}
