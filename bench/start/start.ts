/**
 * How long the whole program takes from start to end, as ratios to a Node that does nothing, from
 * sources and as it is built. `node bench/start/start.ts [rounds]`
 * Ends with 1 when a ratio of the built program is above its limit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../scripts/build.ts';
import { timeProcesses } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUNDLE = join(ROOT, 'fixtures/demo-code-bug');
/**
 * In times of `node -e 0`: where the built program should be, and what ends the benchmark with 1,
 * so that a start that became slow is seen.
 */
const BOUNDS: Record<string, { goal: number; limit: number }> = {
  'help, built': { goal: 3, limit: 3 },
  'triage, built': { goal: 6, limit: 12 },
};

const rounds = Number(process.argv[2] ?? 25);
// Inside the repository, where packages are found.
const folder = mkdtempSync(join(ROOT, 'node_modules', '.bench-'));
try {
  const built = join(folder, 'incident.js');
  await buildProgram(folder);
  const sources = join(ROOT, 'src/cli.ts');
  const triage = ['triage', '--bundle', BUNDLE, '--quiet'];
  const [floor, ...all] = timeProcesses(
    [
      { name: 'node -e 0', args: ['-e', '0'] },
      { name: 'help, built', args: [built, '--help'] },
      { name: 'triage, built', args: [built, ...triage] },
      { name: 'help, sources', args: [sources, '--help'] },
      { name: 'triage, sources', args: [sources, ...triage] },
    ],
    rounds,
  );
  if (!floor) throw new Error('nothing was measured');
  const line = (name: string, ...rest: string[]): void => {
    process.stdout.write(`${name.padEnd(18)}${rest.map((text) => text.padStart(10)).join('')}\n`);
  };
  line('whole process', 'least', 'median', 'ratio', 'goal', 'limit');
  line(floor.name, `${floor.least.toFixed(0)} ms`, `${floor.median.toFixed(0)} ms`, '1.0');
  for (const { name, least, median } of all) {
    const ratio = least / floor.least;
    const bounds = BOUNDS[name];
    const told = bounds ? [bounds.goal.toFixed(1), bounds.limit.toFixed(1)] : [];
    line(name, `${least.toFixed(0)} ms`, `${median.toFixed(0)} ms`, ratio.toFixed(1), ...told);
    if (bounds && ratio > bounds.limit) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
