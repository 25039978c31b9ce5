import type { Company } from './company.ts';
import { type Context, contextOf } from './context.ts';
import { isEventWord } from './lexicon.ts';
import { isTelling, type Unit, type Workbench } from './units.ts';
import type { TokenClass } from './word-class.ts';

/** What the values of one place look like, each counted once. */
type Tally = {
  names: number;
  wild: number;
  events: number;
  functional: number;
  states: number;
  known: number;
  keyed: number;
  single: number;
  plain: number;
  /** Nouns with a value behind them: the labels of different values. */
  labels: number;
};

/**
 * How much speaks for the differing tokens of a column being values of one parameter rather than
 * words of different statements. From 1.5 up they are taken for values. What counts: how many there
 * are, whether they look like names or like verbs, what stands before them, whether they are known
 * as values from elsewhere, and how much text the units share. The weights were set by hand on the
 * tuned half of the benchmark's corpus and are the same for every log.
 */
export function columnScore(
  bench: Workbench,
  company: Company,
  bucket: readonly Unit[],
  column: number,
  values: ReadonlyMap<number, Unit[]>,
): number {
  const sample = bucket[0] as Unit;
  const before = contextOf(bench, sample, column);
  const shared = sharedText(bench, bucket, column);
  const tally = tallyOf(bench, sample.loud, column, values, before, shared);
  const k = values.size;
  let score = 1.2 * Math.log2(k / 2) + (shared === 0 ? -3 : Math.min(shared, 3) * 0.3 - 0.6);
  score += (2 * tally.names + 2 * tally.known) / k + (tally.wild > 0 ? 3 : 0);
  // A verb behind "for" or "user" is rather a name; one behind "to" is a verb.
  const placed = before.announced || (before.preposition && !before.to);
  score -=
    ((placed ? 1.5 : 3.5) * tally.events +
      4 * tally.functional +
      2 * tally.keyed +
      2.5 * tally.labels) /
    k;
  score += placeScore(before, column, k);
  // "up" and "down" are two statements; three states that a thing is said to be in are a parameter.
  if (!before.announced && k < 3) score -= (3 * tally.states) / k;
  const told = before.copula || before.announced || before.preposition;
  if (tally.states === k && k > 2 && told) score += 1.5;
  if (isSeries(bench, values)) score += 2;
  score += 1.5 * company.familiarity(meetable(bench, values.keys())) * (1 - tally.events / k);
  if (tally.single / k > 0.5 && k > 3) score += 0.5;
  return score;
}

function placeScore(before: Context, column: number, k: number): number {
  let score = 0;
  if (before.announced) score += 1.5;
  else if (before.preposition) score += 1;
  else if (before.event && before.followed) score += 0.5;
  if (before.copula && k > 2) score += 0.8;
  // Statements mostly begin with their own words.
  if (column === 0 && k < 6) score -= 1;
  return score;
}

/** How many tokens of text all units of the bucket have in common. */
function sharedText({ vocabulary }: Workbench, bucket: readonly Unit[], column: number): number {
  const { tokens, loud } = bucket[0] as Unit;
  let shared = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (at === column || !isTelling(vocabulary.classOf(tokens[at] as number, loud))) continue;
    if (bucket.every((unit) => unit.tokens[at] === tokens[at])) shared++;
  }
  return shared;
}

function tallyOf(
  bench: Workbench,
  loud: boolean,
  column: number,
  values: ReadonlyMap<number, Unit[]>,
  before: Context,
  shared: number,
): Tally {
  const tally: Tally = {
    names: 0,
    wild: 0,
    events: 0,
    functional: 0,
    states: 0,
    known: 0,
    keyed: 0,
    single: 0,
    plain: 0,
    labels: 0,
  };
  for (const [value, units] of values) {
    const cls = bench.vocabulary.classOf(value, loud);
    const text = bench.vocabulary.textOf(value);
    // Commands in capitals stand at the beginning; further on capitals are a constant's name.
    const command = cls.command && column < 3;
    tally[senseOf(cls, command, shared, bench.known.has(value), before)]++;
    tally.names += nameness(cls, text, command);
    tally.labels += labelness(cls, before);
    if (cls.kind === 'wild') tally.wild++;
    if (cls.kind === 'keyed') tally.keyed += text.includes('=') ? 1 : 0.5;
    if (units.reduce((sum, unit) => sum + unit.count, 0) === 1) tally.single++;
  }
  return tally;
}

/** How much a value looks like a name: one with digits most, an operation's or a hyphenated word less. */
function nameness(cls: TokenClass, text: string, command: boolean): number {
  if (cls.kind === 'mixed') return 1.4;
  if (cls.kind === 'word') return text.includes('-') ? 0.7 : 0;
  if (cls.kind !== 'name' || cls.method || command || cls.state) return 0;
  return cls.operation ? 0.5 : 1;
}

/** How much a value looks like the label of what stands behind it. */
function labelness(cls: TokenClass, before: Context): number {
  if (before.labels && cls.labels) return 1;
  const heads = before.heads && !before.preposition && !before.announced;
  return heads && cls.kind === 'word' ? 0.5 : 0;
}

/** What a value is counted as; `plain` says nothing. */
function senseOf(
  cls: TokenClass,
  command: boolean,
  shared: number,
  known: boolean,
  before: Context,
) {
  // In a long statement an HTTP method is a detail.
  if (cls.method && shared > 4) return 'names';
  if (cls.functional) return 'functional';
  if (known) return 'known';
  if (cls.state || (before.copula && cls.event)) return 'states';
  return cls.event || command ? 'events' : 'plain';
}

/** The values that are words or names. */
export function meetable({ vocabulary }: Workbench, values: Iterable<number>): number[] {
  return [...values].filter((value) => {
    const cls = vocabulary.classOf(value);
    return (cls.kind === 'word' || cls.kind === 'name') && !cls.functional;
  });
}

/** `hda`, `hdb`, `hdc`: names that are counted through by their last letter. */
function isSeries({ vocabulary }: Workbench, values: ReadonlyMap<number, unknown>): boolean {
  let stem: string | null = null;
  for (const value of values.keys()) {
    const text = vocabulary.textOf(value);
    stem ??= text.slice(0, -1);
    if (
      stem.length < 2 ||
      text.length !== stem.length + 1 ||
      !text.startsWith(stem) ||
      isEventWord(text)
    )
      return false;
  }
  return stem !== null;
}
