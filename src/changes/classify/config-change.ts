import { differingPart, isSameAmount, pairOf } from '#src/changes/classify/amounts.ts';
import type { FileChange } from '#src/changes/classify/change-view.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import { literalChanges } from '#src/changes/classify/literal-change.ts';
import { parseQuantity, type Quantity, quantityAt } from '#src/changes/classify/quantity.ts';
import { type Setting, settingOf } from '#src/changes/classify/setting.ts';
import type { KeyChange, ValueChange } from '#src/changes/classify/value-change.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

export function configChanges(file: FileChange): { values: ValueChange[]; keys: KeyChange[] } {
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
      isSameAmount: isSameAmount(before, after),
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
