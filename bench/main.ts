/**
 * `npm run bench [-- --short]`: every benchmark, one after the other, as ratios and shares that mean
 * the same on any machine. Ends with 1 when one of them does, which is when a limit is broken.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

type Bench = { about: string; file: string; args: string[]; short: string[] };

const BENCHES: readonly Bench[] = [
  { about: 'Start', file: 'start/start.ts', args: ['25'], short: ['9'] },
  { about: 'Grouping of log lines', file: 'logs/grouping.ts', args: [], short: ['100'] },
  { about: 'Speed on a large log', file: 'logs/throughput.ts', args: [], short: ['8'] },
  { about: 'Broken log lines', file: 'logs/fuzz.ts', args: [], short: ['2000'] },
  { about: 'Faults in synthetic systems', file: 'metrics/synthetic.ts', args: [], short: ['2'] },
  {
    about: 'Many series',
    file: 'metrics/scale.ts',
    args: ['20000', '300'],
    short: ['3000', '100'],
  },
  { about: 'Broken series', file: 'metrics/fuzz.ts', args: ['20000'], short: ['500'] },
  { about: 'Broken stack traces', file: 'stacktrace/fuzz.ts', args: ['20000'], short: ['2000'] },
  {
    about: 'Fixes of small repositories',
    file: 'fix/repos.ts',
    args: [],
    short: ['js-abandoned-basket', 'js-innocent-blamed', 'py-moved-since'],
  },
  { about: 'Alerts taken in', file: 'daemon/ack.ts', args: [], short: ['200', '3'] },
  { about: 'A storm of alerts', file: 'daemon/storm.ts', args: [], short: ['4000'] },
];

const isShort = process.argv.includes('--short');
const broken: string[] = [];
for (const { about, file, args, short } of BENCHES) {
  process.stdout.write(`\n${about} (bench/${file})\n`);
  const script = join(import.meta.dirname, file);
  const done = spawnSync(process.execPath, [script, ...(isShort ? short : args)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0) broken.push(about);
}
if (broken.length > 0) {
  process.stdout.write(`\nA limit is broken: ${broken.join(', ')}\n`);
  process.exitCode = 1;
}
