import { spawnSync } from 'node:child_process';

/** A process to be timed: arguments of the same Node that runs this. */
export type Timed = { name: string; args: readonly string[] };

/** Milliseconds of wall time from start to end, smallest and median of the rounds. */
export type Times = { name: string; least: number; median: number };

/**
 * Runs each process once a round, in turn, so that a busy moment of the machine meets all of them.
 * One more round goes before, for caches of files and of compiled code.
 * @throws Error when a process fails
 */
export function timeProcesses(processes: readonly Timed[], rounds: number): Times[] {
  const samples = processes.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { name, args }] of processes.entries()) {
      const began = performance.now();
      const done = spawnSync(process.execPath, [...args], { encoding: 'utf8' });
      const took = performance.now() - began;
      if (done.status !== 0) throw new Error(`${name} ended with ${done.status}: ${done.stderr}`);
      if (round >= 0) samples[index]?.push(took);
    }
  }
  return processes.map(({ name }, index) => {
    const sorted = (samples[index] ?? []).sort((a, b) => a - b);
    return { name, least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
  });
}
