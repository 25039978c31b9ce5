import { alignTokens, type TokenChange } from '#src/changes/classify/alignment.ts';
import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import { parseQuantity, type Quantity, quantityAt } from '#src/changes/classify/quantity.ts';
import { type Setting, settingOf } from '#src/changes/classify/setting.ts';
import { enclosing, type SideLine } from '#src/changes/classify/side.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

/** A value that a change replaced, in configuration or as a literal in code. */
export type ValueChange = {
  /** The name of the value as it is written; may be empty for a literal without one. */
  key: string;
  /** Words of the name, and of what stands around it, nearest last. */
  words: string[];
  parents: string[];
  before: string;
  after: string;
  old: SideLine | null;
  new: SideLine | null;
  file: FileChange;
  /** Both values as quantities, where they are numbers. */
  quantities: { before: Quantity; after: Quantity } | null;
  /** The same amount, written differently: `30s` and `30000ms`. */
  isSameAmount: boolean;
  isConfig: boolean;
};

/** Keys of configuration that came or went, apart from those whose value changed. */
export type KeyChange = {
  kind: 'added' | 'removed' | 'renamed';
  old: Setting | null;
  new: Setting | null;
  file: FileChange;
};

/** The values that a file's changes replaced, and in configuration the keys that came or went. */
export function valueChangesOf(file: FileChange): { values: ValueChange[]; keys: KeyChange[] } {
  const { family } = file.language;
  if (file.role === 'manifest' || file.role === 'lock' || file.role === 'schema') {
    return { values: [], keys: [] };
  }
  const isConfig = family === 'config';
  if (isConfig) return configChanges(file);
  return { values: file.lines.flatMap(literalChanges), keys: [] };
}

function configChanges(file: FileChange): { values: ValueChange[]; keys: KeyChange[] } {
  const values: ValueChange[] = [];
  const gone: Setting[] = [];
  const come: Setting[] = [];
  for (const change of file.lines) {
    if (change.kind === 'moved' || change.kind === 'reindented') continue;
    const old = change.old ? settingOf(change.hunk.before, change.old, file) : null;
    const now = change.new ? settingOf(change.hunk.after, change.new, file) : null;
    if (old && now && old.key === now.key) values.push(...settingChange(old, now, file));
    else if (!old && !now) values.push(...literalChanges(change));
    else {
      if (old) gone.push(old);
      if (now) come.push(now);
    }
  }
  const { pairs, left, fresh } = matchPaths(gone, come);
  for (const [old, now] of pairs) values.push(...settingChange(old, now, file));
  return { values, keys: keyChanges(left, fresh, file) };
}

/** Settings that went and came under the same path. */
function matchPaths(
  gone: readonly Setting[],
  come: readonly Setting[],
): { pairs: [Setting, Setting][]; left: Setting[]; fresh: Setting[] } {
  const pathOf = (setting: Setting): string => [...setting.parents, setting.key].join('.');
  const waiting = new Map<string, Setting[]>();
  for (const now of come) {
    const path = pathOf(now);
    waiting.set(path, [...(waiting.get(path) ?? []).slice(-50), now]);
  }
  const pairs: [Setting, Setting][] = [];
  const taken = new Set<Setting>();
  const left: Setting[] = [];
  for (const old of gone) {
    const now = waiting.get(pathOf(old))?.shift();
    if (!now) left.push(old);
    else {
      taken.add(now);
      pairs.push([old, now]);
    }
  }
  return { pairs, left, fresh: come.filter((now) => !taken.has(now)) };
}

/** How many settings of one file are looked at as renames of each other. */
const MOST_RENAMES = 60;

function keyChanges(
  gone: readonly Setting[],
  come: readonly Setting[],
  file: FileChange,
): KeyChange[] {
  const free = new Set(come.slice(0, MOST_RENAMES));
  const changes: KeyChange[] = gone.map((old, index) => {
    const now = index < MOST_RENAMES ? [...free].find((one) => isRename(old, one)) : undefined;
    if (now) free.delete(now);
    return { kind: now ? 'renamed' : 'removed', old, new: now ?? null, file };
  });
  const renamed = new Set(changes.map((change) => change.new));
  for (const now of come) {
    if (!renamed.has(now)) changes.push({ kind: 'added', old: null, new: now, file });
  }
  return changes;
}

function isRename(old: Setting, now: Setting): boolean {
  return (now.value === old.value && now.value !== '') || isNearKey(now.key, old.key);
}

/** A typing error or a change of convention: `max_conns` and `maxConns`, `timeout` and `timout`. */
function isNearKey(a: string, b: string): boolean {
  const [x, y] = [wordsOf(a).join(''), wordsOf(b).join('')];
  if (x === y) return true;
  if (Math.abs(x.length - y.length) > 2 || Math.min(x.length, y.length) < 5) return false;
  let head = 0;
  while (head < x.length && x[head] === y[head]) head++;
  let tail = 0;
  while (tail < Math.min(x.length, y.length) - head && x.at(-1 - tail) === y.at(-1 - tail)) tail++;
  return Math.max(x.length, y.length) - head - tail <= 2;
}

function settingChange(old: Setting, now: Setting, file: FileChange): ValueChange[] {
  if (old.value === now.value) return [];
  const parents = now.parents.flatMap(wordsOf);
  const part = isAddress(old.value) ? null : differingPart(old.value, now.value);
  const [before, after] = [quantityOfSetting(old), quantityOfSetting(now)];
  const quantities =
    pairOf(before, after) ??
    (part ? pairOf(parseQuantity(part.before), parseQuantity(part.after)) : null);
  return [
    {
      key: now.key,
      parents,
      words: [...wordsOf(now.key), ...(part?.words ?? [])],
      before: old.value,
      after: now.value,
      old: old.line,
      new: now.line,
      file,
      quantities,
      isSameAmount: isSame(before, after),
      isConfig: true,
    },
  ];
}

/** A URL, `host:port` or `image:tag`, in which a number is part of a name. */
function isAddress(value: string): boolean {
  return /^[\w+.-]{1,20}:\/\/[^\s?]{1,200}$|^[\w./-]{1,200}:[\w.-]{1,100}$/.test(value);
}

function quantityOfSetting(setting: Setting): Quantity | null {
  // Kubernetes counts processors in thousandths: `500m`.
  const share = /cpu/i.test(setting.key) ? /^(\d{1,9})m$/.exec(setting.value)?.[1] : undefined;
  if (share !== undefined) return { value: Number(share) / 1000, unit: 'count' };
  const plain = parseQuantity(setting.value);
  if (!plain) return null;
  const tokens: Token[] = [
    { type: 'word', text: setting.key },
    { type: 'operator', text: ':' },
    { type: 'number', text: setting.value },
  ];
  return quantityAt(tokens, 2) ?? plain;
}

/**
 * Where two texts differ in one number only (`-Xmx512m`, `?pool=5&timeout=30`): those numbers, and
 * the words before them, which name it.
 */
function differingPart(
  before: string,
  after: string,
): { before: string; after: string; words: string[] } | null {
  const numbers = /\d[\d_.]*(?:[a-zA-Z%]{1,3})?/g;
  if (before.slice(0, 400).replace(numbers, '#') !== after.slice(0, 400).replace(numbers, '#')) {
    return null;
  }
  const [old, now] = [
    [...before.slice(0, 400).matchAll(numbers)],
    [...after.slice(0, 400).matchAll(numbers)],
  ];
  const at = now.findIndex((match, index) => match[0] !== old[index]?.[0]);
  const [from, to] = [old[at], now[at]];
  if (!from || !to) return null;
  const words = wordsOf(after.slice(0, to.index)).slice(-3);
  return { before: from[0], after: to[0], words };
}

const LITERAL_WORDS =
  /^(?:true|false|null|nil|none|undefined|nan|infinity|inf|yes|no|on|off|unlimited|never|always)$/i;

function isLiteral(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.type === 'number' || token.type === 'string' || token.type === 'regex') return true;
  return token.type === 'word' && LITERAL_WORDS.test(token.text);
}

/** Literals that a modified line replaced, each with the names around it. */
function literalChanges(change: LineChange): ValueChange[] {
  if (change.kind !== 'modified' || !change.old || !change.new) return [];
  const { old, new: now, file } = change;
  const found: ValueChange[] = [];
  const fixed = fixedValue(change);
  if (fixed) return [fixed];
  for (const run of alignTokens(old.tokens, now.tokens)) {
    const [before, after] = [literalIn(run.before), literalIn(run.after)];
    if (!before || !after) {
      const bound = boundChange(change, run, before, after);
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
      isSameAmount: isSame(amountBefore, amountAfter),
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
  for (let distance = 1; distance <= 5; distance++) {
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

function pairOf(
  before: Quantity | null,
  after: Quantity | null,
): { before: Quantity; after: Quantity } | null {
  return before && after && before.value !== after.value ? { before, after } : null;
}

/** The names that stand before a literal on its line, and the units behind it. */
function nameAround(tokens: readonly Token[], index: number): { key: string; words: string[] } {
  const before: string[] = [];
  for (let i = index - 1; i >= 0 && before.length < 4; i--) {
    const token = tokens[i];
    const isKeyString = token?.type === 'string' && /^[\w.-]{1,80}$/.test(token.text);
    if (token?.type === 'word' && !LITERAL_WORDS.test(token.text)) before.unshift(token.text);
    else if (isKeyString && /^[:=]|^=>$|^,$|^\]$/.test(tokens[i + 1]?.text ?? ''))
      before.unshift(token.text);
  }
  return { key: before.at(-1) ?? '', words: before.flatMap(wordsOf) };
}

function isSame(before: Quantity | null, after: Quantity | null): boolean {
  return (
    before !== null && after !== null && before.value === after.value && before.unit === after.unit
  );
}

function parentWords(change: LineChange): string[] {
  if (!change.new) return [];
  const [parent] = enclosing(change.hunk.after, change.new.index);
  return (parent?.tokens ?? [])
    .filter(({ type }) => type === 'word')
    .slice(-4)
    .flatMap(({ text }) => wordsOf(text));
}
