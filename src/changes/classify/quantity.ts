import type { Token } from '#src/changes/classify/lexer.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

/** What a number counts, once its unit is known: milliseconds, bytes, a share of one, or anything. */
type Unit = 'time' | 'bytes' | 'share' | 'count';
export type Quantity = { value: number; unit: Unit };

const TIME: Record<string, number> = {
  ...{ ns: 1e-6, nano: 1e-6, nanos: 1e-6, nanosecond: 1e-6, nanoseconds: 1e-6 },
  ...{ us: 1e-3, µs: 1e-3, micro: 1e-3, micros: 1e-3, microsecond: 1e-3, microseconds: 1e-3 },
  ...{ ms: 1, msec: 1, msecs: 1, milli: 1, millis: 1, millisecond: 1, milliseconds: 1 },
  ...{ s: 1e3, sec: 1e3, secs: 1e3, second: 1e3, seconds: 1e3 },
  ...{ m: 60e3, min: 60e3, mins: 60e3, minute: 60e3, minutes: 60e3 },
  ...{ h: 3600e3, hr: 3600e3, hrs: 3600e3, hour: 3600e3, hours: 3600e3 },
  ...{
    d: 86_400e3,
    day: 86_400e3,
    days: 86_400e3,
    w: 604_800e3,
    week: 604_800e3,
    weeks: 604_800e3,
  },
};

const BYTES: Record<string, number> = {
  ...{ b: 1, byte: 1, bytes: 1 },
  ...{ kb: 1e3, kib: 1024, ki: 1024, kilobyte: 1e3, kilobytes: 1e3 },
  ...{ mb: 1e6, mib: 1024 ** 2, mi: 1024 ** 2, megabyte: 1e6, megabytes: 1e6 },
  ...{ gb: 1e9, gib: 1024 ** 3, gi: 1024 ** 3, gigabyte: 1e9, gigabytes: 1e9 },
  ...{ tb: 1e12, tib: 1024 ** 4, ti: 1024 ** 4 },
};

/** A unit word: how many base units it stands for. Single letters only count when `isGlued`. */
function unitOf(word: string, isGlued: boolean): { factor: number; unit: Unit } | null {
  const lower = word.toLowerCase();
  if (!isGlued && lower.length < 2) return null;
  if (isGlued && word === 'M') return { factor: 1024 ** 2, unit: 'bytes' };
  if (Object.hasOwn(TIME, lower)) return { factor: TIME[lower] ?? 1, unit: 'time' };
  if (Object.hasOwn(BYTES, lower)) return { factor: BYTES[lower] ?? 1, unit: 'bytes' };
  if (isGlued && (lower === 'k' || lower === 'g')) {
    return { factor: lower === 'k' ? 1024 : 1024 ** 3, unit: 'bytes' };
  }
  if (word === '%' || lower === 'percent') return { factor: 0.01, unit: 'share' };
  return null;
}

/** Reads a number with what is glued to it: `30s`, `512Mi`, `10_000`, `0x1F`, `5%`, `100L`. */
export function parseQuantity(text: string): Quantity | null {
  const match =
    /^(0[xX][0-9a-fA-F]{1,16}|\d[\d_]{0,20}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?)\s?([A-Za-zµ%]{0,12})$/.exec(
      text.trim(),
    );
  if (!match) return null;
  const value = Number((match[1] ?? '').replaceAll('_', ''));
  const unit = match[2] ? unitOf(match[2], true) : null;
  return unit ? { value: value * unit.factor, unit: unit.unit } : { value, unit: 'count' };
}

/** Whether a word is the name of a unit: `Second`, `MILLISECONDS`, `ofMinutes`. */
export function isUnitName(text: string): boolean {
  return unitOfName(text) !== null;
}

/** The unit that the words of a name give: `timeoutMs`, `MAX_BYTES`, `cache_ttl_minutes`. */
function unitOfName(name: string): { factor: number; unit: Unit } | null {
  const words = wordsOf(name);
  return unitOf(words.at(-1) ?? '', false) ?? unitOf(words.at(-2) ?? '', false);
}

/**
 * The quantity at a number of a line with what the code around it makes of it: products
 * (`5 * 60 * 1000`), units in words (`5 * time.Second`, `Duration.ofMinutes(5)`, `5.minutes`,
 * `timeout_ms = 5`, `(5, TimeUnit.SECONDS)`), a minus sign.
 */
export function quantityAt(tokens: readonly Token[], index: number): Quantity | null {
  const base = parseQuantity(tokens[index]?.text ?? '');
  if (!base) return null;
  const found: Working = { ...base };
  const right = multiplyRight(tokens, index + 1, found);
  multiplyLeft(tokens, index - 1, found);
  unitBehind(tokens, right, found);
  unitBefore(tokens, index, found);
  const before = tokens[index - 2];
  const isSign = tokens[index - 1]?.text === '-' && !/^(?:word|number)$/.test(before?.type ?? '');
  if (isSign) found.value = -found.value;
  return found;
}

type Working = { value: number; unit: Unit };

function apply(found: Working, unit: { factor: number; unit: Unit } | null): void {
  if (!unit || found.unit !== 'count') return;
  found.value *= unit.factor;
  found.unit = unit.unit;
}

/** `* 60 * 1000`, `* time.Second`. @returns where the product ends */
function multiplyRight(tokens: readonly Token[], from: number, found: Working): number {
  let right = from;
  while (tokens[right]?.text === '*') {
    let at = right + 1;
    const factor = parseQuantity(tokens[at]?.text ?? '');
    if (factor) {
      found.value *= factor.value;
      if (found.unit === 'count') found.unit = factor.unit;
    } else {
      while (/^(?:\.|::)$/.test(tokens[at + 1]?.text ?? '')) at += 2;
      if (tokens[at]?.type !== 'word') break;
      apply(found, unitOfName(tokens[at]?.text ?? ''));
    }
    right = at + 1;
  }
  return right;
}

function multiplyLeft(tokens: readonly Token[], from: number, found: Working): void {
  for (let left = from; tokens[left]?.text === '*'; left -= 2) {
    const token = tokens[left - 1];
    const factor = parseQuantity(token?.text ?? '');
    if (factor) found.value *= factor.value;
    else if (token?.type === 'word') apply(found, unitOfName(token.text));
    else return;
  }
}

/** `5.minutes`, `5.seconds()`, `(5, TimeUnit.SECONDS)`. */
function unitBehind(tokens: readonly Token[], right: number, found: Working): void {
  if (!/^[.,]$/.test(tokens[right]?.text ?? '')) return;
  let at = right + 1;
  while (tokens[at + 1]?.text === '.' && tokens[at + 2]?.type === 'word') at += 2;
  const token = tokens[at];
  if (token?.type === 'word') apply(found, unitOf(wordsOf(token.text).at(-1) ?? '', false));
}

/** `ofMinutes(5)`, `seconds=5`, `timeout_ms: 5`. */
function unitBefore(tokens: readonly Token[], index: number, found: Working): void {
  for (let left = index - 1; left >= 0 && left >= index - 3; left--) {
    const token = tokens[left];
    if (token?.type !== 'word' && token?.type !== 'string') continue;
    apply(found, unitOfName(token.text));
    return;
  }
}
