/**
 * Speed and memory of `incident logs` on a large generated log, beside `wc -l`, `grep -c` and plain Drain
 * line by line, all in the same run on the same file.
 * `node bench/logs/throughput.ts [megabytes] [style]`
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineText, readLines } from '#src/logs/reading/read-lines.ts';
import { generate } from './corpus/generate.ts';
import { HELD_OUT, TUNED } from './corpus/registry.ts';
import { PlainDrain } from './plain-drain.ts';

const MEGABYTES = Number(process.argv[2] ?? 1000);
const NAME = process.argv[3] ?? 'spring-shop';
const ROOT = join(import.meta.dirname, '..', '..');
/** Drain is measured on the beginning of the log: its speed does not change with the length. */
const DRAIN_LINES = 400_000;

/** Writes the log; every fifth thousand of lines ends in a stack trace. @returns its lines */
function writeLog(path: string): number {
  const style = [...TUNED, ...HELD_OUT].find(({ name }) => name === NAME);
  if (!style) throw new Error(`no style ${NAME}`);
  const file = openSync(path, 'w');
  let written = 0;
  let lines = 0;
  for (let seed = 1; written < MEGABYTES * 1e6; seed++) {
    const chunk = generate(style, 20_000, seed).lines;
    for (let at = 5000; at < chunk.length; at += 5000) {
      chunk[at] +=
        '\njava.lang.IllegalStateException: no such state\n\tat com.acme.shop.Order.next(Order.java:42)\n\tat com.acme.shop.Orders.run(Orders.java:7)';
      lines += 3;
    }
    lines += chunk.length;
    written += writeSync(file, `${chunk.join('\n')}\n`);
  }
  closeSync(file);
  return lines;
}

type Timing = { name: string; seconds: number; lines: number; bytes: number; peak?: number };

function run(
  name: string,
  command: string,
  args: readonly string[],
  size: { lines: number; bytes: number },
): Timing {
  const started = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/env', [command, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`${name}: ${stderr}`);
  const peak = /peak=(\d+)/.exec(stderr ?? '')?.[1];
  return { name, seconds, ...size, ...(peak && { peak: Number(peak) / 1024 }) };
}

async function drain(path: string, bytesPerLine: number): Promise<Timing> {
  const parser = new PlainDrain();
  let lines = 0;
  const started = performance.now();
  const stop = new Error('enough');
  await readLines({ file: path }, (bytes, start, end) => {
    if (++lines > DRAIN_LINES) throw stop;
    parser.add(lineText(bytes, start, end));
  });
  const seconds = (performance.now() - started) / 1000;
  return { name: 'plain Drain', seconds, lines, bytes: lines * bytesPerLine };
}

const folder = mkdtempSync(join(tmpdir(), 'incident-bench-'));
try {
  const path = join(folder, 'big.log');
  const lines = writeLog(path);
  const bytes = MEGABYTES * 1e6;
  const peak = join(import.meta.dirname, 'peak-memory.ts');
  const size = { lines, bytes };
  const timings = [
    run('wc -l', 'wc', ['-l', path], size),
    run('grep -c', 'grep', ['-c', 'ERROR', path], size),
    run(
      'incident logs',
      process.execPath,
      ['--import', peak, 'src/cli.ts', 'logs', path, '--json'],
      size,
    ),
    run(
      '… --assign',
      process.execPath,
      ['--import', peak, 'src/cli.ts', 'logs', path, '--json', '--assign'],
      size,
    ),
    await drain(path, bytes / lines),
  ];
  console.log(`${NAME}, ${MEGABYTES} MB, ${lines} lines`);
  for (const { name, seconds, lines: count, bytes: total, peak: rss } of timings) {
    const speed = `${(total / 1e6 / seconds).toFixed(0).padStart(6)} MB/s ${Math.round(
      count / seconds,
    )
      .toLocaleString('en')
      .padStart(12)} lines/s`;
    console.log(
      `${name.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s ${speed}${rss === undefined ? '' : `   peak ${rss.toFixed(0)} MB`}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
