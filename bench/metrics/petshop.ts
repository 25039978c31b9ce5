/**
 * Top-1 and top-3 recall of the suspect ranking on PetShop (Hardt et al., "The PetShop Dataset —
 * Finding Causes of Performance Issues across Microservices", CLeaR 2024; CC-BY-4.0).
 *
 *   node bench/metrics/petshop.ts <folder with low_traffic, high_traffic, …> [--verbose]
 *
 * The true root cause is read for scoring only, after the analysis.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { MetricSeries } from '#src/domain/bundle.ts';
import { analyseMetrics } from '#src/metrics/analyse.ts';

/** Recall of the call-graph traversal baseline, as published for the whole set. */
const PUBLISHED: Record<string, [number, number]> = {
  'low_traffic latency': [0.571, 0.571],
  'low_traffic availability': [0.833, 1],
  'high_traffic latency': [0.571, 0.786],
  'high_traffic availability': [0.667, 1],
};

type Row = { node: string; metric: string; statistic: string; values: [number, string][] };

function readMetrics(file: string): Row[] {
  const [nodes, metrics, statistics, , ...lines] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','));
  const rows: Row[] = [];
  for (let column = 1; column < nodes!.length; column += 1) {
    const values: [number, string][] = [];
    for (const line of lines) {
      const text = line[column] ?? '';
      if (text !== '') values.push([Number(line[0]), text]);
    }
    rows.push({
      node: nodes![column]!,
      metric: metrics![column]!,
      statistic: statistics![column]!,
      values,
    });
  }
  return rows;
}

function readGraph(file: string): { from: string; to: string }[] {
  const [head, ...lines] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','));
  return lines.flatMap(([from, ...cells]) =>
    cells.flatMap((cell, i) => (Number(cell) > 0 ? [{ from: from!, to: head![i + 1]! }] : [])),
  );
}

function seriesOf(normal: Row[], faulty: Row[]): MetricSeries[] {
  const all = new Map<string, Row>();
  for (const row of [...normal, ...faulty]) {
    const key = `${row.node}\n${row.metric}\n${row.statistic}`;
    const known = all.get(key);
    all.set(
      key,
      known === undefined ? row : { ...known, values: [...known.values, ...row.values] },
    );
  }
  return [...all.values()].map(({ node, metric, statistic, values }) => ({
    metric: { __name__: metric, service: node, statistic },
    values: [...values].sort((a, b) => a[0] - b[0]),
  }));
}

const span = (rows: Row[]) => {
  const times = rows.flatMap((row) => row.values.map(([time]) => time * 1000));
  const least = times.reduce((a, b) => Math.min(a, b), Infinity);
  const most = times.reduce((a, b) => Math.max(a, b), -Infinity);
  return { start: least, end: most + 1 };
};

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: petshop.ts <folder> [--verbose] [--no-graph]');
  process.exit(2);
}
const verbose = process.argv.includes('--verbose');
const withGraph = !process.argv.includes('--no-graph');
const tally = new Map<string, { count: number; top1: number; top3: number }>();
for (const scenario of readdirSync(folder).sort()) {
  const root = path.join(folder, scenario);
  if (!existsSync(path.join(root, 'noissue'))) continue;
  const normal = readMetrics(path.join(root, 'noissue', 'metrics.csv'));
  const edges = withGraph ? readGraph(path.join(root, 'graph.csv')) : [];
  for (const split of ['train', 'test']) {
    if (!existsSync(path.join(root, split))) continue;
    for (const issue of readdirSync(path.join(root, split)).sort()) {
      const at = path.join(root, split, issue);
      const faulty = readMetrics(path.join(at, 'metrics.csv'));
      const label = JSON.parse(readFileSync(path.join(at, 'target.json'), 'utf8'));
      const started = performance.now();
      const analysis = analyseMetrics(seriesOf(normal, faulty), {
        window: span(faulty),
        baseline: span(normal),
        service: label.target.node,
        alertAt: label.target.timestamp * 1000,
        edges,
      });
      const took = performance.now() - started;
      const ranked = [...new Set(analysis.suspects.map((one) => one.service))];
      const truth = label.root_cause.node;
      const rank = ranked.indexOf(truth) + 1;
      const key = `${scenario} ${label.target.metric}`;
      const entry = tally.get(key) ?? { count: 0, top1: 0, top3: 0 };
      entry.count += 1;
      if (rank === 1) entry.top1 += 1;
      if (rank >= 1 && rank <= 3) entry.top3 += 1;
      tally.set(key, entry);
      if (!verbose) continue;
      console.log(
        `${key} ${issue}: rank ${rank || '-'} of ${ranked.length}, ${took.toFixed(0)} ms`,
      );
      const shown = new Set<string>();
      for (const one of analysis.suspects) {
        if (shown.has(one.service) || shown.size >= 4) continue;
        shown.add(one.service);
        console.log(
          `   ${one.score.toFixed(3)} ${one.role} ${one.service}: ${one.reasons.join('; ')}`,
        );
      }
    }
  }
}
console.log(
  'scenario                     issues  top-1  top-3   published (whole set) top-1 top-3',
);
for (const [key, { count, top1, top3 }] of tally) {
  const [one, three] = PUBLISHED[key] ?? [Number.NaN, Number.NaN];
  console.log(
    `${key.padEnd(28)} ${String(count).padStart(6)}  ${(top1 / count).toFixed(3)}  ${(top3 / count).toFixed(3)}  ${one.toFixed(3).padStart(22)} ${three.toFixed(3)}`,
  );
}
