import { type ChildProcess, fork } from 'node:child_process';

export type ServerProcess = { child: ChildProcess; port: number };

/** What the daemon says when all work is done. */
export type Idle = {
  investigations: number;
  incidents: { service: string; alerts: number }[];
  /** How long that took from being asked, in milliseconds. */
  idleMs: number;
  rssMb: number;
  peakMb: number;
  /** Time of a processor since its start. */
  cpuMs: number;
};

/** Starts a server of this folder as a process of its own. */
export function startServer(file: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = fork(new URL(file, import.meta.url), [...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) =>
      resolve({ child, port: (message as { port: number }).port }),
    );
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
}

/** How the daemon stands. */
export type State = { rssMb: number; heapMb: number; incidents: number };

/** Asks without waiting for anything. */
export function askState(child: ChildProcess): Promise<State> {
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(message as State));
    child.send('state');
  });
}

/** Waits until the daemon has nothing to do. */
export function askIdle(child: ChildProcess): Promise<Idle> {
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(message as Idle));
    child.send('idle');
  });
}

export function stopServer(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.send('stop');
  });
}
