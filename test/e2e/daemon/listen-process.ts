import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { IncidentSummary, IncidentView } from '#src/domain/incident-record.ts';
import { waitUntil } from '../../helpers/wait-until.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The real `incident listen` in a process of its own. */
export type ListenProcess = {
  url: string;
  incidents(): Promise<IncidentSummary[]>;
  incident(id: string): Promise<IncidentView>;
  /** Ends it as a lack of memory or of power does. */
  kill(): Promise<void>;
  /** Ends it as the system does. @returns its exit code */
  stop(): Promise<number | null>;
};

/** Starts it in a folder with its configuration; resolves when it is ready. */
export async function startListen(dir: string, port: number): Promise<ListenProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(ROOT, 'src/cli.ts'), 'listen', '--port', String(port)],
    {
      cwd: dir,
      env: { PATH: process.env.PATH ?? '', HOME: dir, TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-20_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  const url = `http://127.0.0.1:${port}`;
  const read = async <T>(path: string): Promise<T> => {
    const response = await fetch(url + path, { headers: { accept: 'application/json' } });
    return (await response.json()) as T;
  };
  const isReady = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
    const answer = await fetch(`${url}/ready`).catch(() => null);
    return answer?.ok === true;
  };
  await waitUntil('incident listen is ready', isReady, 30_000).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    url,
    incidents: async () =>
      (await read<{ incidents: IncidentSummary[] }>('/incidents?limit=1000')).incidents,
    incident: (id) => read(`/incidents/${id}`),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
