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
  mergeEqual(bench);
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
