import { isTelling, mergeEqual, mergeInto, push, type Unit, type Workbench } from './units.ts';
import { WILD_ID } from './vocabulary.ts';

/** Comparing all with all is for so many of one length at most. */
const MAX_PEERS = 3000;

/** Gives a pattern to a wider template of its length that covers it with parameters. */
export function absorb(bench: Workbench): void {
  const byLength = new Map<number, Unit[]>();
  for (const unit of bench.units) push(byLength, unit.tokens.length, unit);
  for (const units of byLength.values()) {
    if (units.length > MAX_PEERS) continue;
    const wide = units.filter((unit) => unit.members.length > 1);
    for (const unit of units) {
      if (unit.members.length === 0) continue;
      const host = wide.find(
        (other) =>
          other !== unit &&
          other.members.length > unit.members.length &&
          covers(bench, other, unit),
      );
      if (host) mergeInto(host, [unit]);
    }
  }
  absorbTails(bench);
  mergeEqual(bench);
}

/** How many times more messages a template must have than what it takes in by its tail. */
const MUCH_MORE = 10;
const LONGEST_TAIL = 6;

/**
 * Gives a rare pattern to a common template that it begins like and that ends in a value: the value then
 * was a longer phrase than any that could be compared.
 */
function absorbTails(bench: Workbench): void {
  const byHead = new Map<string, Unit>();
  for (const unit of bench.units) {
    const last = unit.tokens.length - 1;
    if (unit.tokens[last] === WILD_ID && unit.learned[last] && tellingIn(bench, unit, last) > 1) {
      byHead.set(unit.tokens.slice(0, last).join(' '), unit);
    }
  }
  for (const unit of bench.units) {
    const { length } = unit.tokens;
    for (let head = length - 2; head > 0 && head >= length - LONGEST_TAIL; head--) {
      if (!isPhrase(bench, unit, head)) break;
      const host = byHead.get(unit.tokens.slice(0, head).join(' '));
      if (
        !host ||
        host === unit ||
        host.members.length === 0 ||
        host.count < MUCH_MORE * unit.count
      )
        continue;
      unit.tokens = [...host.tokens];
      mergeInto(host, [unit]);
      break;
    }
  }
}

function tellingIn({ vocabulary }: Workbench, { tokens, loud }: Unit, end: number): number {
  return tokens.slice(0, end).filter((token) => isTelling(vocabulary.classOf(token, loud))).length;
}

/** Whether the token at `at` could be a part of a name: nothing that tells what happened. */
function isPhrase({ vocabulary }: Workbench, { tokens, loud }: Unit, at: number): boolean {
  const cls = vocabulary.classOf(tokens[at] as number, loud);
  const next = vocabulary.classOf(tokens[at + 1] as number, loud);
  return [cls, next].every(
    ({ event, functional, kind }) => !event && !functional && kind !== 'keyed',
  );
}

function covers(bench: Workbench, wide: Unit, unit: Unit): boolean {
  let shared = 0;
  for (let at = 0; at < unit.tokens.length; at++) {
    const token = unit.tokens[at] as number;
    const cls = bench.vocabulary.classOf(token, unit.loud);
    if (wide.tokens[at] === token) {
      if (isTelling(cls)) shared++;
    } else if (wide.tokens[at] !== WILD_ID || cls.kind === 'sign' || cls.functional) return false;
    else if (cls.event && !bench.known.has(token)) return false;
  }
  // A parameter that has shown many values takes any other, even next to a single word of text.
  return shared > (wide.members.length > 7 ? 0 : 1);
}
