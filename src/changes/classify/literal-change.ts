import { alignTokens, type TokenChange } from '#src/changes/classify/alignment.ts';
import { differingPart, isSameAmount, pairOf } from '#src/changes/classify/amounts.ts';
import type { LineChange } from '#src/changes/classify/change-view.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import { parseQuantity, quantityAt } from '#src/changes/classify/quantity.ts';
import { enclosing } from '#src/changes/classify/side.ts';

import type { ValueChange } from '#src/changes/classify/value-change.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

const LITERAL_WORDS =
  /^(?:true|false|null|nil|none|undefined|nan|infinity|inf|yes|no|on|off|unlimited|never|always)$/i;

const FALLBACK = /^(?:if|else|or|\?|\?\?|\|\||\?:)$/;

/** The fallback of an expression bounds nothing. */
function isFallback({ before, after }: TokenChange): boolean {
  return [...before, ...after].some(({ text }) => FALLBACK.test(text));
}

function isLiteral(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.type === 'number' || token.type === 'string' || token.type === 'regex') return true;
  return token.type === 'word' && LITERAL_WORDS.test(token.text);
}

/** Literals that a modified line replaced, each with the names around it. */
export function literalChanges(change: LineChange): ValueChange[] {
  if (change.kind !== 'modified' || !change.old || !change.new) return [];
  const { old, new: now, file } = change;
  const found: ValueChange[] = [];
  const fixed = fixedValue(change);
  if (fixed) return [fixed];
  for (const run of alignTokens(old.tokens, now.tokens)) {
    const [before, after] = [literalIn(run.before), literalIn(run.after)];
    if (!before || !after) {
      const bound = isFallback(run) ? null : boundChange(change, run, before, after);
      if (bound) found.push(bound);
      continue;
    }
    const oldIndex = run.oldIndex + before.index;
    const newIndex = run.newIndex + after.index;
    const { key, words } = nameAround(now.tokens, newIndex);
    const part = differingPart(before.token.text, after.token.text);
    const amountBefore = quantityAt(old.tokens, oldIndex);
    const amountAfter = quantityAt(now.tokens, newIndex);
    found.push({
      key,
      parents: parentWords(change),
      words: [...words, ...(part && after.token.type === 'string' ? part.words : [])],
      before: before.token.text,
      after: after.token.text,
      old,
      new: now,
      file,
      quantities:
        pairOf(amountBefore, amountAfter) ??
        (part ? pairOf(parseQuantity(part.before), parseQuantity(part.after)) : null),
      isSameAmount: isSameAmount(amountBefore, amountAfter),
      isConfig: false,
    });
  }
  return found.length > 0 ? found : unitWordChanges(change);
}

/** `workers = cores() * 2 + 1` that became `workers = 1`. */
function fixedValue(change: LineChange): ValueChange | null {
  const { old, new: now, file } = change;
  const at = now?.tokens.findIndex(({ text }) => /^(?:=|:|:=)$/.test(text)) ?? -1;
  const literal = now?.tokens[at + 1];
  if (!old || !now || at < 1 || literal?.type !== 'number') return null;
  const rest = now.tokens.slice(at + 2).every(({ text }) => /^[,;]$/.test(text));
  const isSameName = now.tokens
    .slice(0, at + 1)
    .every(({ text }, index) => text === old.tokens[index]?.text);
  const computed = old.tokens.slice(at + 1).filter(({ text }) => !/^[,;]$/.test(text));
  if (!rest || !isSameName || computed.length < 3 || !computed.some(({ text }) => text === '('))
    return null;
  const { key, words } = nameAround(now.tokens, at + 1);
  return {
    ...{ key, words, parents: parentWords(change), old, new: now, file, quantities: null },
    before: computed
      .map(({ text }) => text)
      .join(' ')
      .slice(0, 120),
    after: literal.text,
    isSameAmount: false,
    isConfig: false,
  };
}

/** A number that came, went, or took the place of something computed: `new Queue(1000)` → `new Queue()`. */
function boundChange(
  change: LineChange,
  run: TokenChange,
  before: { token: Token; index: number } | null,
  after: { token: Token; index: number } | null,
): ValueChange | null {
  const { old, new: now, file } = change;
  if (!old || !now) return null;
  const isNumber = (literal: { token: Token } | null): boolean => literal?.token.type === 'number';
  const came = isNumber(after) && (run.before.length === 0 || !before) && run.after.length <= 4;
  const went = isNumber(before) && run.after.length === 0;
  if (!came && !went) return null;
  const literal = came ? after : before;
  const tokens = came ? now.tokens : old.tokens;
  const at = (came ? run.newIndex : run.oldIndex) + (literal?.index ?? 0);
  const { key, words } = nameAround(tokens, at);
  const isFactor = [...run.before, ...run.after].some(({ text }) => text === '*');
  if (isFactor) {
    const near = nearestNumber(came ? old.tokens : now.tokens, came ? run.oldIndex : run.newIndex);
    const [from, to] = came ? [near, at] : [at, near];
    const quantities = pairOf(quantityAt(old.tokens, from), quantityAt(now.tokens, to));
    if (!quantities) return null;
    const texts = {
      before: String(quantities.before.value),
      after: String(quantities.after.value),
    };
    const parents = parentWords(change);
    return {
      key,
      words,
      parents,
      old,
      new: now,
      file,
      quantities,
      ...texts,
      isSameAmount: false,
      isConfig: false,
    };
  }
  const computed = run.before.map(({ text }) => text).join(' ');
  return {
    ...{ key, words, parents: parentWords(change), old, new: now, file, quantities: null },
    before: came ? computed || 'unlimited' : (literal?.token.text ?? ''),
    after: came ? (literal?.token.text ?? '') : 'unlimited',
    isSameAmount: false,
    isConfig: false,
  };
}

/** `5 * time.Second` that became `5 * time.Millisecond`: the number stays, its unit does not. */
function unitWordChanges(change: LineChange): ValueChange[] {
  if (!change.old || !change.new) return [];
  const { old, new: now, file } = change;
  for (const run of alignTokens(old.tokens, now.tokens)) {
    const [before, after] = [run.before[0], run.after[0]];
    if (run.before.length !== 1 || run.after.length !== 1) continue;
    if (before?.type !== 'word' || after?.type !== 'word') continue;
    const oldIndex = nearestNumber(old.tokens, run.oldIndex);
    const newIndex = nearestNumber(now.tokens, run.newIndex);
    const quantities = pairOf(quantityAt(old.tokens, oldIndex), quantityAt(now.tokens, newIndex));
    if (!quantities || quantities.before.unit === 'count' || quantities.after.unit === 'count')
      continue;
    const { key, words } = nameAround(now.tokens, newIndex);
    return [
      {
        ...{ key, words, parents: parentWords(change), old, new: now, file, quantities },
        before: `${old.tokens[oldIndex]?.text} ${before.text}`,
        after: `${now.tokens[newIndex]?.text} ${after.text}`,
        isSameAmount: false,
        isConfig: false,
      },
    ];
  }
  return [];
}

function nearestNumber(tokens: readonly Token[], index: number): number {
  for (let distance = 0; distance <= 5; distance++) {
    for (const at of [index - distance, index + distance]) {
      if (tokens[at]?.type === 'number') return at;
    }
  }
  return -1;
}

/** The only literal of a run that is one literal, maybe with a sign or a unit beside it. */
function literalIn(run: readonly Token[]): { token: Token; index: number } | null {
  const literals = run.flatMap((token, index) => (isLiteral(token) ? [{ token, index }] : []));
  if (literals.length === 1 && run.length <= 6) return literals[0] ?? null;
  // The first of many, where what follows it went or came with it.
  return literals[0]?.index === 0 ? (literals[0] ?? null) : null;
}

/** The names that stand before a literal on its line, and the units behind it. */
function nameAround(tokens: readonly Token[], index: number): { key: string; words: string[] } {
  const before: string[] = [];
  for (let i = index - 1; i >= 0 && before.length < 4; i--) {
    const token = tokens[i];
    const isKeyString = token?.type === 'string' && /^[\w.-]{1,80}$/.test(token.text);
    if (
      token?.type === 'word' &&
      !LITERAL_WORDS.test(token.text) &&
      !/^(?:size_t|usize|uint\d*_?t?|int\d*_?t?)$/.test(token.text)
    )
      before.unshift(token.text);
    else if (isKeyString && /^[:=]|^=>$|^,$|^\]$/.test(tokens[i + 1]?.text ?? ''))
      before.unshift(token.text);
  }
  return { key: before.at(-1) ?? '', words: before.flatMap(wordsOf) };
}

function parentWords(change: LineChange): string[] {
  if (!change.new) return [];
  const [parent] = enclosing(change.hunk.after, change.new.index);
  return (parent?.tokens ?? [])
    .filter(({ type }) => type === 'word')
    .slice(-4)
    .flatMap(({ text }) => wordsOf(text));
}
