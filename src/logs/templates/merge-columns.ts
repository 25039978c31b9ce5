import { columnScore, meetable } from './column-score.ts';
import { Company } from './company.ts';
import { PatternHash } from './pattern-hash.ts';
import { merge, mergeEqual, THRESHOLD, type Unit, valuesOf, type Workbench } from './units.ts';

type Bucket = { a: number; b: number; units: Unit[] };

const MAX_ROUNDS = 8;
/** Pairs of places are quadratic: only so many places of a message, and so many pairs in all, are tried. */
const MAX_PLACES = 24;
const MAX_PAIRS = 2_000_000;

/** Merges units that are equal but for one place, then but for two, while that finds anything. */
export function mergeColumns(bench: Workbench): void {
  settle(bench);
  mergeTwo(bench);
  settle(bench);
}

function settle(bench: Workbench): void {
  for (let round = 0; round < MAX_ROUNDS; round++) if (!mergeOne(bench)) return;
}

function mergeOne(bench: Workbench): boolean {
  const hash = new PatternHash();
  const buckets = new Map<number, Bucket>();
  for (const unit of bench.units) {
    hash.load(unit.tokens);
    for (const a of placesOf(bench, unit, unit.tokens.length))
      put(buckets, hash.without(a), a, -1, unit);
  }
  const company = new Company();
  for (const { a, units } of buckets.values()) {
    if (units.length < 3) continue;
    const words = meetable(bench, valuesOf(units, a).keys());
    if (words.length > 2) company.meet(words);
  }
  return mergeBuckets(bench, buckets, company, hash, 2);
}

function mergeTwo(bench: Workbench): void {
  const hash = new PatternHash();
  const buckets = new Map<number, Bucket>();
  let left = MAX_PAIRS;
  for (const unit of bench.units) {
    hash.load(unit.tokens);
    const places = placesOf(bench, unit, MAX_PLACES);
    left -= (places.length * (places.length - 1)) / 2;
    if (left < 0) break;
    for (const a of places)
      for (const b of places) if (b > a) put(buckets, hash.without(a, b), a, b, unit);
  }
  mergeBuckets(bench, buckets, new Company(), hash, 3);
}

function put(buckets: Map<number, Bucket>, key: number, a: number, b: number, unit: Unit): void {
  const bucket = buckets.get(key);
  if (bucket) bucket.units.push(unit);
  else buckets.set(key, { a, b, units: [unit] });
}

function mergeBuckets(
  bench: Workbench,
  buckets: ReadonlyMap<number, Bucket>,
  company: Company,
  hash: PatternHash,
  least: number,
): boolean {
  let merged = false;
  for (const [key, { a, b, units }] of buckets) {
    if (units.length < least) continue;
    const alive = units.filter((unit) => isStill(unit, key, a, b, hash));
    if (alive.length < least || !differ(bench, company, alive, b < 0 ? [a] : [a, b])) continue;
    merge(bench, alive);
    merged = true;
  }
  if (merged) mergeEqual(bench);
  return merged;
}

/** Whether earlier merges have left the unit as it was when its key was made. */
function isStill(unit: Unit, key: number, a: number, b: number, hash: PatternHash): boolean {
  if (unit.members.length === 0) return false;
  hash.load(unit.tokens);
  return hash.without(a, b) === key;
}

/** Whether every place in which the units differ is a parameter, and there is one. */
function differ(
  bench: Workbench,
  company: Company,
  units: readonly Unit[],
  columns: readonly number[],
): boolean {
  let any = false;
  for (const column of columns) {
    const values = valuesOf(units, column);
    if (values.size < 2) continue;
    if (columnScore(bench, company, units, column, values) < THRESHOLD) return false;
    any = true;
  }
  return any;
}

/** The places that are no punctuation. */
function placesOf({ vocabulary }: Workbench, unit: Unit, limit: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < unit.tokens.length && places.length < limit; at++) {
    if (vocabulary.classOf(unit.tokens[at] as number).kind !== 'sign') places.push(at);
  }
  return places;
}
