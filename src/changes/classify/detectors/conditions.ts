import { alignTokens, type TokenChange } from '#src/changes/classify/alignment.ts';
import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { quietReason } from '#src/changes/classify/quiet.ts';

const CONDITION =
  /\b(?:if|elif|elsif|else if|while|until|unless|when|case|guard|assert|require|where|filter|return|switch|match|and|or|not|select|reject|find|any|all|some|every|takeWhile)\b|[^=!<>]=>|&&|\|\||\?[^.?]|[=!]==?|[<>]=?\s|\.filter\(|\.some\(|\.every\(/;
const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);
const OPPOSITE: Record<string, string> = {
  ...{
    '==': '!=',
    '!=': '==',
    '===': '!==',
    '!==': '===',
    '<': '>=',
    '>=': '<',
    '>': '<=',
    '<=': '>',
  },
  ...{ true: 'false', false: 'true', True: 'False', False: 'True', if: 'unless', unless: 'if' },
  ...{
    any: 'all',
    all: 'any',
    some: 'every',
    every: 'some',
    filter: 'reject',
    reject: 'filter',
    isEmpty: 'isNotEmpty',
    isNotEmpty: 'isEmpty',
  },
};

/** Conditions that are met at other times: the IF-CC pattern of Pan et al. (EMSE 2009). */
export const detectConditions: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code') continue;
    for (const change of file.lines) {
      if (change.kind !== 'modified' || !change.old || !change.new) continue;
      if (quietReason(change.old, change.new, file)) continue;
      yield* conditionFindings(change, change.old.tokens, change.new.tokens);
    }
  }
};

function* conditionFindings(
  change: LineChange,
  old: readonly Token[],
  now: readonly Token[],
): Generator<Finding> {
  const isCondition =
    CONDITION.test(change.old?.bare ?? '') || CONDITION.test(change.new?.bare ?? '');
  for (const run of alignTokens(old, now)) {
    if (isGeneric(run, old, now)) continue;
    const facts: RunFacts = {
      before: textOf(run.before),
      after: textOf(run.after),
      isCondition,
      isOneWord: isOneWord(run),
      isIndexed: INDEXED.test(change.new?.bare ?? ''),
      language: change.file.language.id,
    };
    for (const kind of KINDS) {
      const found = kind(facts);
      if (!found) continue;
      yield findingAt(found[0], found[1], change);
      break;
    }
  }
}

type RunFacts = {
  before: string;
  after: string;
  isCondition: boolean;
  isOneWord: boolean;
  isIndexed: boolean;
  language: string;
};
type Kind = (facts: RunFacts) => readonly [MechanismId, number] | null;

const LAST_IS_RESULT = /^(?:ruby|rust|elixir|scala|kotlin|lisp|haskell)$/;
/** Loops over numbers, slices and places in lists. */
const INDEXED = /\bfor\b|\brange\b|\bslice\b|\w\[|substr|\.get\(\d/;
const JUNCTION = /^(?:&&|\|\||and|or|&|\|)$/;

/** What a run of changed tokens does to a condition; the first that fits counts. */
const KINDS: readonly Kind[] = [
  ({ before, after, language }) =>
    before === 'return' && after === '' && !LAST_IS_RESULT.test(language)
      ? ['branch-removed', 0.8]
      : null,
  ({ before, after }) =>
    COMPARISONS.has(before) && COMPARISONS.has(after) ? [comparisonKind(before, after), 0.9] : null,
  ({ before, after }) =>
    isNegation(before) !== isNegation(after) && (before === '' || after === '')
      ? ['condition-inverted', 0.9]
      : null,
  ({ before, after, isCondition }) =>
    OPPOSITE[before] === after &&
    (isCondition || /^(?:any|all|some|every|if|unless|filter|reject)$/.test(before))
      ? ['condition-inverted', 0.8]
      : null,
  ({ before, after }) =>
    JUNCTION.test(before) && JUNCTION.test(after) && before !== after
      ? ['condition-changed', 0.9]
      : null,
  ({ before, after }) =>
    isStep(before, after) || isStep(after, before) ? ['boundary-changed', 0.8] : null,
  ({ before, after, isIndexed }) => {
    const isNumber = /^\d{1,4}$/;
    const isNext =
      isNumber.test(before) &&
      isNumber.test(after) &&
      Math.abs(Number(before) - Number(after)) === 1;
    return isIndexed && isNext ? ['boundary-changed', 0.75] : null;
  },
  ({ before, after }) => (isRange(before) && isRange(after) ? ['boundary-changed', 0.85] : null),
  ({ before, after, isCondition }) =>
    isCondition && isClause(before, after) ? ['condition-changed', 0.75] : null,
  ({ isCondition, isOneWord: one }) => (isCondition && one ? ['condition-changed', 0.55] : null),
];

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

/** `<` and `>` around type parameters compare nothing. */
function isGeneric(run: TokenChange, old: readonly Token[], now: readonly Token[]): boolean {
  const texts = [...run.before, ...run.after].map(({ text }) => text);
  if (!texts.includes('<') && !texts.includes('>')) return false;
  const next =
    now[run.newIndex + run.after.length]?.text ?? old[run.oldIndex + run.before.length]?.text ?? '';
  return (
    texts.includes('<') && texts.includes('>') && /^[\p{Lu}(.,>]/u.test(next + (texts[1] ?? ''))
  );
}

function comparisonKind(
  before: string,
  after: string,
): 'boundary-changed' | 'condition-inverted' | 'condition-changed' {
  if (before.replace('=', '') === after.replace('=', '') && /[<>]/.test(before))
    return 'boundary-changed';
  if (OPPOSITE[before] === after || before[0] !== after[0]) return 'condition-inverted';
  return 'condition-changed';
}

function isNegation(text: string): boolean {
  return text === '!' || text === 'not' || text === '! (' || text === 'not (';
}

/** `+ 1` or `- 1` that one side has and the other has not, or has the other way round. */
function isStep(text: string, other: string): boolean {
  return /^[+-] 1$/.test(text) && (other === '' || /^[+-] 1$/.test(other));
}

function isRange(text: string): boolean {
  return /^(?:\.\.|\.\.\.|\.\.=|\.\.<|until|to|downTo|<=?)$/.test(text);
}

/** A clause that came or went: `&& x`, `or y`. */
function isClause(before: string, after: string): boolean {
  const clause = /(?:^|\s)(?:&&|\|\||and|or)(?:\s|$)/;
  return clause.test(before) !== clause.test(after);
}

function isOneWord(run: TokenChange): boolean {
  const [before, after] = [run.before[0], run.after[0]];
  return (
    run.before.length === 1 &&
    run.after.length === 1 &&
    before?.type === 'word' &&
    after?.type === 'word'
  );
}
