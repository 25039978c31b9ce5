import type { Unit, Workbench } from './units.ts';

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
  /** The word is `to`, which also makes infinitives. */
  to: boolean;
};

const OPENERS = new Set([':', '=', '[', '(', '"', '#', '->', '=>', '==', '-->']);
const COPULAS = new Set(['is', 'are', 'was', 'were', 'now', 'be', 'became']);
const NOTHING: Context = {
  announced: false,
  introduced: false,
  preposition: false,
  copula: false,
  event: false,
  followed: false,
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
  if (token === undefined) return NOTHING;
  const next = tokens[end];
  const after = next === undefined ? null : vocabulary.classOf(next, loud);
  const ends = after === null || after.kind === 'sign';
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
    to: text === 'to',
  };
}
