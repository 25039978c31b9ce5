import { type Vocabulary, WILD_ID } from './vocabulary.ts';
import type { TokenClass } from './word-class.ts';

/** Patterns that have been found to be one template, so far. Without members it was merged into another. */
export type Unit = {
  tokens: number[];
  /** Which of its values were words before they were found to differ. */
  learned: boolean[];
  /** Messages. */
  count: number;
  /** Numbers of the patterns. */
  members: number[];
  /** Written in capitals throughout. */
  loud: boolean;
};

/** What the steps of a consolidation share. */
export type Workbench = {
  units: Unit[];
  readonly vocabulary: Vocabulary;
  /** Words that were found to be values of a parameter. */
  readonly known: Set<number>;
};

/** The score from which a place that differs is a parameter. */
export const THRESHOLD = 1.5;

/** The units by their tokens in one column, in order of appearance. */
export function valuesOf(units: readonly Unit[], column: number): Map<number, Unit[]> {
  const values = new Map<number, Unit[]>();
  for (const unit of units) push(values, unit.tokens[column] as number, unit);
  return values;
}

/** Whether a token is text that a statement can be known by. */
export function isTelling(cls: TokenClass): boolean {
  return (cls.kind === 'word' || cls.kind === 'keyed' || cls.kind === 'name') && !cls.functional;
}

/** Merges units of one length: where they differ there is a parameter, whose words become known. */
export function merge(bench: Workbench, units: readonly Unit[]): void {
  const [first, ...rest] = units as [Unit, ...Unit[]];
  if (rest.length === 0) return;
  for (let column = 0; column < first.tokens.length; column++) {
    const values = valuesOf(units, column);
    if (values.size < 3) continue;
    for (const value of values.keys()) {
      const cls = bench.vocabulary.classOf(value);
      if ((cls.kind === 'word' || cls.kind === 'name') && !cls.functional) bench.known.add(value);
    }
  }
  mergeInto(first, rest);
}

/** Makes one unit of several of the same length; the others are left empty. */
export function mergeInto(first: Unit, rest: readonly Unit[]): void {
  for (const unit of rest) {
    if (unit === first) continue;
    for (let at = 0; at < first.tokens.length; at++) {
      if (first.tokens[at] !== unit.tokens[at]) {
        first.tokens[at] = WILD_ID;
        first.learned[at] = true;
      }
    }
    adopt(first, unit);
  }
}

/** Makes one of units that have become equal, and forgets the empty ones. */
export function mergeEqual(bench: Workbench): void {
  const groups = new Map<string, Unit>();
  for (const unit of bench.units) {
    if (unit.members.length === 0) continue;
    const key = unit.tokens.join(' ');
    const same = groups.get(key);
    if (!same) groups.set(key, unit);
    else if (same !== unit) adopt(same, unit);
  }
  bench.units = [...groups.values()];
}

function adopt(first: Unit, unit: Unit): void {
  unit.learned.forEach((learned, at) => {
    if (learned) first.learned[at] = true;
  });
  first.count += unit.count;
  for (const member of unit.members) first.members.push(member);
  unit.tokens = [];
  unit.learned = [];
  unit.members = [];
  unit.count = 0;
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
