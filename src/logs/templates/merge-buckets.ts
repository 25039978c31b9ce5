import { columnScore } from './column-score.ts';
import { Company } from './company.ts';
import {
  merge,
  mergeEqual,
  push,
  THRESHOLD,
  type Unit,
  valuesOf,
  type Workbench,
} from './units.ts';

type Column = { column: number; score: number; values: Map<number, Unit[]> };

const BLANK = -1;
const NOBODY = new Company();

/**
 * Merges units that are equal but for tokens that look like names (identifiers, capitals, ids): all
 * such places are left out at once, so that any number of them may differ.
 */
export function mergeNames(bench: Workbench): void {
  const { vocabulary } = bench;
  const buckets = new Map<string, Unit[]>();
  for (const unit of bench.units) {
    let text = 0;
    const key = unit.tokens.map((token) => {
      const { kind } = vocabulary.classOf(token, unit.loud);
      if (kind === 'word' || kind === 'keyed') text++;
      return kind === 'name' || kind === 'mixed' || kind === 'wild' ? BLANK : token;
    });
    push(buckets, (text > 0 ? key : unit.tokens).join(' '), unit);
  }
  for (const bucket of buckets.values()) splitNames(bench, bucket);
  mergeEqual(bench);
}

/** Splits a bucket at the place that is least a parameter, and merges what need not be split. */
function splitNames(bench: Workbench, bucket: readonly Unit[]): void {
  if (bucket.length < 2) return;
  const worst = lowest(varyingOf(bench, bucket));
  if (!worst || worst.score >= THRESHOLD) merge(bench, bucket);
  else for (const part of worst.values.values()) splitNames(bench, part);
}

/**
 * Merges units that share their verbs, function words and punctuation, and differ in several
 * places at once, each of whose values is rarely seen with each value of the others.
 */
export function mergeSparse(bench: Workbench): void {
  const { vocabulary } = bench;
  const buckets = new Map<string, Unit[]>();
  for (const unit of bench.units) {
    let kept = 0;
    let events = 0;
    const key = unit.tokens.map((token, column) => {
      const cls = vocabulary.classOf(token, unit.loud);
      if (cls.kind === 'sign') return token;
      const event = cls.event || cls.kind === 'keyed' || (cls.command && column < 3);
      if (!cls.functional && !event) return BLANK;
      kept++;
      if (event) events++;
      return token;
    });
    if (kept > 1 && events > 0) push(buckets, key.join(' '), unit);
  }
  for (const bucket of buckets.values()) splitSparse(bench, bucket);
  mergeEqual(bench);
}

function splitSparse(bench: Workbench, bucket: readonly Unit[]): void {
  if (bucket.length < 4) return;
  const varying = varyingOf(bench, bucket);
  const worst = lowest(varying);
  if (!worst) return;
  if (worst.score >= THRESHOLD && (varying.length === 1 || isFree(bucket, varying)))
    merge(bench, bucket);
  else for (const part of worst.values.values()) splitSparse(bench, part);
}

function varyingOf(bench: Workbench, bucket: readonly Unit[]): Column[] {
  const varying: Column[] = [];
  for (let column = 0; column < (bucket[0] as Unit).tokens.length; column++) {
    const values = valuesOf(bucket, column);
    if (values.size < 2) continue;
    varying.push({ column, score: columnScore(bench, NOBODY, bucket, column, values), values });
  }
  return varying;
}

function lowest(columns: readonly Column[]): Column | null {
  let found: Column | null = null;
  for (const column of columns) if (!found || column.score < found.score) found = column;
  return found;
}

/**
 * Whether columns vary freely of each other, as parameters do, rather than in step, as the words of
 * different statements do. Columns that are new in nearly every message say nothing.
 */
function isFree(bucket: readonly Unit[], varying: readonly Column[]): boolean {
  const telling = varying.filter(({ values }) => values.size < 0.8 * bucket.length);
  if (telling.length < 2) return false;
  const most = Math.max(...telling.map(({ values }) => values.size));
  const combinations = new Set(
    bucket.map((unit) => telling.map(({ column }) => unit.tokens[column]).join(' ')),
  );
  return combinations.size > 1.5 * most;
}
