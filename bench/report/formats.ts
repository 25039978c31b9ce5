/**
 * Seconds for a report with 500 pieces of evidence, a format at a time, each in this process:
 * `node bench/report/formats.ts [evidence]`. Prints median and worst of five, and the size.
 */
import { performance } from 'node:perf_hooks';
import { buildReport } from '../../src/report/model/build-report.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../src/report/registry.ts';
import { bigSubject } from './big-subject.ts';

const RUNS = 5;
const count = Number(process.argv[2] ?? '500');
const subject = bigSubject(count);

function summary(seconds: readonly number[]): string {
  const sorted = [...seconds].sort((a, b) => a - b);
  return `${(sorted[Math.floor(RUNS / 2)] ?? 0).toFixed(2)} s median, ${(sorted.at(-1) ?? 0).toFixed(2)} s worst`;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const models: number[] = [];
for (let run = 0; run < RUNS; run++) {
  models.push(await timed(() => buildReport([subject], { postmortem: false })));
}
console.log(`${count} pieces of evidence`);
console.log(`model     ${summary(models)}`);
const report = buildReport([subject], { postmortem: false });
for (const id of Object.keys(REPORT_FORMATS) as ReportFormat[]) {
  const seconds: number[] = [];
  let size = 0;
  for (let run = 0; run < RUNS; run++) {
    seconds.push(
      await timed(async () => {
        const { document } = await (await REPORT_FORMATS[id]()).render(report, 'bench');
        size = document.length;
      }),
    );
  }
  console.log(`${id.padEnd(10)}${summary(seconds)}, ${(size / 1024).toFixed(0)} KiB`);
}
