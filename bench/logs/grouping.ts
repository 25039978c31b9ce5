/**
 * Grouping accuracy on the generated corpus, beside plain Drain in the same run.
 * `node bench/logs/grouping.ts [lines per style] [seed]`
 */
import { scanLogs } from '#src/logs/scan/scan-logs.ts';
import { analyseScan } from '#src/logs/windows/analyse-scan.ts';
import { groupingAccuracy, groupingF1 } from './accuracy.ts';
import { type Corpus, generate } from './corpus/generate.ts';
import { HELD_OUT, TUNED } from './corpus/registry.ts';
import type { Style } from './corpus/style.ts';
import { PlainDrain } from './plain-drain.ts';

const LINES = Number(process.argv[2] ?? 4000);
const SEED = Number(process.argv[3] ?? 1);
const HEADS = ['ours', 'F1', 'Drain .4', 'Drain .5', 'messages .4', 'messages .5'];

/** Ours from raw lines; Drain from raw lines, and from messages that someone has cut out for it. */
async function measure(corpus: Corpus): Promise<number[]> {
  const scan = await scanLogs([{ iterable: [`${corpus.lines.join('\n')}\n`] }], {
    assign: true,
    reference: Date.UTC(2024, 5, 1),
  });
  const { idOf } = analyseScan(scan.tally);
  const ours = corpus.truth.map((_, line) => idOf(scan.assignments?.get(line) ?? -1) ?? '');
  const drain = (texts: readonly string[], similarity: number) => {
    const parser = new PlainDrain(4, similarity);
    return groupingAccuracy(
      corpus.truth,
      texts.map((text) => parser.add(text)),
    );
  };
  return [
    groupingAccuracy(corpus.truth, ours),
    groupingF1(corpus.truth, ours),
    drain(corpus.lines, 0.4),
    drain(corpus.lines, 0.5),
    drain(corpus.messages, 0.4),
    drain(corpus.messages, 0.5),
  ];
}

async function table(title: string, styles: readonly Style[]): Promise<void> {
  console.log(`\n${title.padEnd(20)}${HEADS.map((head) => head.padStart(12)).join('')}`);
  const sums = HEADS.map(() => 0);
  for (const style of styles) {
    const row = await measure(generate(style, LINES, SEED));
    row.forEach((value, column) => {
      sums[column] = (sums[column] ?? 0) + value;
    });
    console.log(line(style.name, row));
  }
  console.log(
    line(
      'mean',
      sums.map((sum) => sum / styles.length),
    ),
  );
}

function line(name: string, row: readonly number[]): string {
  return `${name.padEnd(20)}${row.map((value) => value.toFixed(3).padStart(12)).join('')}`;
}

console.log(`grouping accuracy, ${LINES} lines a style, seed ${SEED}`);
await table('tuned', TUNED);
await table('held out', HELD_OUT);
