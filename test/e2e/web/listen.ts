import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '#src/platform/pause.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export const TOKEN = 'correct-horse-battery-staple';

/** A real `incident listen` with a store of its own. */
export type RealListen = {
  url: string;
  storeFile: string;
  /** What it logged. */
  log(): string;
  stop(): Promise<void>;
};

/**
 * Starts the program as a process of its own in a folder. If not told otherwise, new incidents wait
 * ten minutes before they are investigated, so that a test can bring the results.
 */
export async function startListen(
  dir: string,
  listen: Record<string, unknown> = {},
  registry: Record<string, unknown> = { ledger: {}, invoicing: {}, 'label-service': {} },
): Promise<RealListen> {
  const config = join(dir, 'incident.config.json');
  writeFileSync(join(dir, 'service_registry.json'), JSON.stringify(registry));
  writeFileSync(
    config,
    JSON.stringify({ dataDir: '.', listen: { port: 0, settleSeconds: 600, ...listen } }),
  );
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/incident.js'), 'listen', '--json', '--config', config],
    {
      cwd: dir,
      env: { PATH: process.env.PATH ?? '', HOME: dir, TZ: 'UTC', INCIDENT_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let waited = 0; !out.includes('\n'); waited += 50) {
    if (child.exitCode !== null || waited > 60_000) {
      child.kill('SIGKILL');
      throw new Error(`listen did not start: ${out} ${log}`);
    }
    await pause(50);
  }
  const { url } = JSON.parse(out) as { url: string };
  return {
    url,
    storeFile: join(dir, 'incident.sqlite'),
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await Promise.race([ended, pause(15_000).then(() => child.kill('SIGKILL'))]);
    },
  };
}
