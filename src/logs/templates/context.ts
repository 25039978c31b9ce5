import type { Unit, Workbench } from './units.ts';
import { MANY_ID, type Vocabulary, WILD_ID } from './vocabulary.ts';

/** What stands before a place, as far as it tells whether a value is to come. */
export type Context = {
  /** A noun that announces a value, or an opening sign. */
  announced: boolean;
  /** The word before is such a noun. */
  introduced: boolean;
  preposition: boolean;
  /** `is`, `now`…: what something is like comes next. */
  copula: boolean;
  /** A verb stands right before. */
  event: boolean;
  /** The place is the end, or a function word comes behind it. */
  followed: boolean;
  /** A value stands behind the place, at once or behind a sign. */
  labels: boolean;
  /** A colon and a value stand behind the place. */
  heads: boolean;
  /** The word is `to`, which also makes infinitives. */
  to: boolean;
};

const OPENERS = new Set([':', '=', '[', '(', '"', '#', '->', '=>', '==', '-->']);
const COPULAS = new Set(['is', 'are', 'was', 'were', 'now', 'be']);
const NOTHING: Context = {
  announced: false,
  introduced: false,
  preposition: false,
  copula: false,
  event: false,
  followed: false,
  labels: false,
  heads: false,
  to: false,
};

/** The context of the place from `start` up to (not including) `end`. */
export function contextOf(
  { vocabulary }: Workbench,
  unit: Unit,
  start: number,
  end = start + 1,
): Context {
  const { tokens, loud } = unit;
  let at = start - 1;
  while (at >= 0 && OPENERS.has(vocabulary.textOf(tokens[at] as number))) at--;
  const token = tokens[at];
  const next = tokens[end];
  const labels = isValueNext(vocabulary, tokens, end);
  const heads = labels && next !== undefined && vocabulary.textOf(next) === ':';
  if (token === undefined) return labels ? { ...NOTHING, labels, heads } : NOTHING;
  const after = next === undefined ? null : vocabulary.classOf(next, loud);
  // A colon behind the place makes it a label of what follows.
  const ends =
    after === null || (after.kind === 'sign' && vocabulary.textOf(next as number) !== ':');
  const cls = vocabulary.classOf(token, loud);
  const adjacent = at === start - 1;
  const sign = adjacent ? '' : vocabulary.textOf(tokens[start - 1] as number);
  const text = vocabulary.textOf(token);
  return {
    announced: (cls.introduces && (adjacent || ends)) || (!adjacent && (ends || sign !== ':')),
    introduced: cls.introduces,
    preposition: cls.preposition,
    copula: COPULAS.has(text),
    event: cls.event && adjacent,
    followed: after === null || after.functional,
    labels,
    heads,
    to: text === 'to',
  };
}

function isValueNext(vocabulary: Vocabulary, tokens: readonly number[], at: number): boolean {
  const sign = vocabulary.textOf(tokens[at] ?? -1);
  const next = sign === ':' || sign === '=' ? tokens[at + 1] : tokens[at];
  return next === WILD_ID || next === MANY_ID;
}
