import { Company } from './company.ts';
import { contextOf } from './context.ts';
import { PatternHash } from './pattern-hash.ts';
import { isTelling, merge, mergeEqual, THRESHOLD, type Unit, type Workbench } from './units.ts';
import { WILD_ID } from './vocabulary.ts';

/** Units that are equal but for what is between their first `start` and last `rest` tokens. */
type Gap = { key: number; start: number; rest: number; units: Unit[] };

const LONGEST = 6;
/** Signs that names of several words may hold. */
const INNER = new Set([':', '->', '-', '/', '.', '&', '+', '::', "'"]);

/** Merges units that differ in one place which holds phrases, or now one word and now three. */
export function mergeGaps(bench: Workbench): void {
  const hash = new PatternHash();
  const gaps = findGaps(bench, hash);
  const company = new Company();
  for (const gap of gaps) {
    const phrases = new Set(gap.units.map((unit) => phraseOf(unit, gap)));
    if (phrases.size > 2) company.meet(phrases);
  }
  const found = gaps
    .map((gap) => ({ gap, score: gapScore(bench, company, gap) }))
    .filter(({ score }) => score >= THRESHOLD)
    .sort((a, b) => b.gap.units.length - a.gap.units.length || b.score - a.score);
  for (const { gap } of found) fill(bench, gap, hash);
  mergeEqual(bench);
}

function findGaps(bench: Workbench, hash: PatternHash): Gap[] {
  const gaps = new Map<number, Gap>();
  for (const unit of bench.units) {
    hash.load(unit.tokens);
    for (let start = 0; start < unit.tokens.length; start++) {
      for (const end of endsOf(bench, unit, start)) {
        const rest = unit.tokens.length - end;
        const key = hash.around(start, rest);
        const gap = gaps.get(key);
        if (gap) gap.units.push(unit);
        else gaps.set(key, { key, start, rest, units: [unit] });
      }
    }
  }
  return [...gaps.values()].filter(({ units }) => units.length > 1);
}

/** Where a phrase that begins at `start` may end: no other values in it, unless brackets hold it. */
function endsOf({ vocabulary }: Workbench, { tokens }: Unit, start: number): number[] {
  const ends: number[] = [];
  const opened = '(['.includes(vocabulary.textOf(tokens[start - 1] ?? -1) || ' ');
  let values = 0;
  for (let end = start + 1; end <= Math.min(tokens.length, start + LONGEST); end++) {
    const token = tokens[end - 1] as number;
    const text = vocabulary.textOf(token);
    if (text.includes('<')) values++;
    if (vocabulary.classOf(token).kind === 'sign') {
      if (end - 1 === start || !INNER.has(text)) break;
      continue;
    }
    const closed = opened && ')]'.includes(vocabulary.textOf(tokens[end] ?? -1) || ' ');
    if (end === start + 1 || values === 0 || closed) ends.push(end);
  }
  return ends;
}

function phraseOf(unit: Unit, { start, rest }: Gap): string {
  return unit.tokens.slice(start, unit.tokens.length - rest).join(' ');
}

/** What the phrases of a gap look like, each counted once. */
type Phrases = { all: Set<string>; events: number; wild: number; varied: boolean; signed: boolean };

function phrasesOf({ vocabulary }: Workbench, gap: Gap, loud: boolean): Phrases {
  const phrases: Phrases = { all: new Set(), events: 0, wild: 0, varied: false, signed: false };
  const firsts = new Set<number>();
  const lasts = new Set<number>();
  for (const unit of gap.units) {
    const phrase = phraseOf(unit, gap);
    if (phrases.all.has(phrase)) continue;
    phrases.all.add(phrase);
    const tokens = unit.tokens.slice(gap.start, unit.tokens.length - gap.rest);
    const classes = tokens.map((token) => vocabulary.classOf(token, loud));
    firsts.add(tokens[0] as number);
    lasts.add(tokens[tokens.length - 1] as number);
    if (tokens.length === 1 && tokens[0] === WILD_ID) phrases.wild++;
    if (classes.some(({ event, functional }) => event || functional)) phrases.events++;
    phrases.signed ||= classes.some(({ kind }) => kind === 'sign');
  }
  // Phrases that all begin or all end alike are a shorter gap.
  phrases.varied = firsts.size > 1 && lasts.size > 1;
  return phrases;
}

/** As {@link columnScore}, for a place of any length. */
function gapScore(bench: Workbench, company: Company, gap: Gap): number {
  const sample = gap.units[0] as Unit;
  const shared = sharedText(bench, sample, gap);
  if (shared < 1) return 0;
  const { all, events, wild, varied, signed } = phrasesOf(bench, gap, sample.loud);
  if (!varied || (signed && shared < 2)) return 0;
  const k = all.size;
  const clause = isClause(bench, sample, gap);
  const before = contextOf(bench, sample, gap.start, sample.tokens.length - gap.rest);
  const enough = wild > 0 ? 2 : clause && !before.introduced ? 4 : 3;
  if (k < enough || shared < (clause ? 1 : wild > 0 ? 1.5 : 2)) return 0;
  let score = 1.2 * Math.log2(k / 2) - 0.9 + Math.min(shared, 4) * 0.2;
  score += before.announced ? 1.5 : before.preposition ? 1 : 0;
  score -= ((clause ? 0.6 : 2) * events) / k;
  score += 1.5 * company.familiarity([...all]) * (1 - events / k);
  return score + (wild > 0 ? 2 : 0);
}

function sharedText(
  { vocabulary }: Workbench,
  { tokens, loud }: Unit,
  { start, rest }: Gap,
): number {
  let shared = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (at >= start && at < tokens.length - rest) continue;
    const cls = vocabulary.classOf(tokens[at] as number, loud);
    shared += isTelling(cls) ? 1 : cls.functional ? 0.5 : 0;
  }
  return shared;
}

/** Whether the gap is all that stands behind a colon, and what is before the colon tells what happened. */
function isClause(
  { vocabulary }: Workbench,
  { tokens, loud }: Unit,
  { start, rest }: Gap,
): boolean {
  if (vocabulary.textOf(tokens[start - 1] ?? -1) !== ':') return false;
  const classes = tokens.map((token) => vocabulary.classOf(token, loud));
  const tail = classes.slice(tokens.length - rest);
  if (rest > 0 && tail[0]?.kind !== 'sign') return false;
  return tail.some(isTelling) || classes.slice(0, start).some(({ event, state }) => event || state);
}

function fill(bench: Workbench, { key, start, rest, units }: Gap, hash: PatternHash): void {
  const alive = units.filter((unit) => {
    if (unit.members.length === 0 || unit.tokens.length - rest <= start) return false;
    hash.load(unit.tokens);
    return hash.around(start, rest) === key;
  });
  if (alive.length < 2) return;
  for (const unit of alive) {
    const end = unit.tokens.length - rest;
    unit.learned = [
      ...Array.from({ length: start }, (_, at) => unit.learned[at] ?? false),
      true,
      ...unit.tokens.slice(end).map((_, at) => unit.learned[end + at] ?? false),
    ];
    unit.tokens.splice(start, end - start, WILD_ID);
  }
  merge(bench, alive);
}
