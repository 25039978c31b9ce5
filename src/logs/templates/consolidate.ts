import { absorb } from './absorb.ts';
import { mergeNames, mergeSparse } from './merge-buckets.ts';
import { mergeColumns } from './merge-columns.ts';
import { mergeGaps } from './merge-gaps.ts';
import { mergeLists } from './merge-lists.ts';
import { mergeEqual, type Workbench } from './units.ts';
import { Vocabulary } from './vocabulary.ts';
import { isShouting } from './word-class.ts';

/** A distinct pattern with the number of messages that have it. */
export type Pattern = { tokens: readonly string[]; count: number };

/** For each pattern the number of its group, and each group's template. */
export type Groups = { groupOf: number[]; templates: string[][] };

/**
 * Groups patterns that the same statement has printed. The patterns come from masking alone, so
 * names and states that are words still stand in them; here the whole log is looked at to tell
 * parameters from text. After the ideas of Brain (Yu et al., TSC 2023: common words first), Drain3's and
 * Drain+'s merging of templates that differ in constants, and Tipping (Hashemi & Mäntylä, 2024:
 * words that depend on each other), with a prior from plain English where counts are too small.
 */
export function consolidate(patterns: readonly Pattern[]): Groups {
  const vocabulary = new Vocabulary();
  const bench: Workbench = {
    vocabulary,
    known: new Set(),
    units: patterns.map((pattern, index) => ({
      tokens: pattern.tokens.map((token) => vocabulary.idOf(token)),
      learned: [],
      count: pattern.count,
      members: [index],
      loud: isShouting(pattern.tokens),
    })),
  };
  mergeLists(bench);
  mergeNames(bench);
  mergeColumns(bench);
  mergeSparse(bench);
  mergeGaps(bench);
  mergeColumns(bench);
  mergeSparse(bench);
  mergeLists(bench);
  absorb(bench);
  mergeEqual(bench);
  return groupsOf(bench, patterns.length);
}

function groupsOf(bench: Workbench, size: number): Groups {
  const groupOf = new Array<number>(size).fill(0);
  const templates = bench.units.map((unit, group) => {
    for (const member of unit.members) groupOf[member] = group;
    return unit.tokens.map((token) => bench.vocabulary.textOf(token));
  });
  return { groupOf, templates };
}
