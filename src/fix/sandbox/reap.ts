import { readdir, readFile } from 'node:fs/promises';

const ROUNDS = 5;

/**
 * Kills what a command left behind outside its process group, where no namespace does it: every
 * process whose environment carries the marker. Knows /proc only; elsewhere it does nothing.
 */
export async function reapMarked(marker: string): Promise<void> {
  const needle = Buffer.from(`INCIDENT_PROOF=${marker}\0`);
  for (let round = 0; round < ROUNDS; round++) {
    let killed = 0;
    for (const name of await readdir('/proc').catch(() => [])) {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
      const environment = await readFile(`/proc/${name}/environ`).catch(() => null);
      if (!environment?.includes(needle)) continue;
      try {
        process.kill(Number(name), 'SIGKILL');
        killed++;
      } catch {
        // It has ended already.
      }
    }
    if (killed === 0) return;
  }
}
