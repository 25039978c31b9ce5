import { MANY } from './marks.ts';
import { mergeEqual, push, type Unit, type Workbench } from './units.ts';
import { collapse } from './value-runs.ts';
import { type Vocabulary, WILD_ID } from './vocabulary.ts';

/** Merges units that differ in the length of a list: a place where lists turn up holds lists of any length. */
export function mergeLists(bench: Workbench): void {
  const { vocabulary } = bench;
  const families = new Map<string, Unit[]>();
  const forms = new Map<Unit, number[]>();
  for (const unit of bench.units) {
    const form = collapse(unit.tokens.map((token) => vocabulary.textOf(token))).map((token) =>
      vocabulary.idOf(token),
    );
    forms.set(unit, form);
    push(families, form.join(' '), unit);
  }
  for (const family of families.values()) {
    if (family.length < 2 || !variesInLength(vocabulary, family)) continue;
    for (const unit of family) {
      unit.tokens = [...(forms.get(unit) as number[])];
      // Which of the values were words is not known any more.
      unit.learned = unit.learned.some(Boolean)
        ? unit.tokens.map((token) => token === WILD_ID)
        : [];
    }
  }
  mergeEqual(bench);
}

/** Whether a list is among them, or three lengths, or a value that was a phrase of several words. */
function variesInLength(vocabulary: Vocabulary, family: readonly Unit[]): boolean {
  const lengths = new Set(family.map((unit) => unit.tokens.length));
  if (lengths.size > 2) return true;
  return family.some((unit) =>
    unit.tokens.some((token, at) => {
      if (vocabulary.textOf(token).includes(MANY)) return true;
      return (
        unit.learned[at] === true &&
        token === WILD_ID &&
        (unit.tokens[at - 1] === WILD_ID || unit.tokens[at + 1] === WILD_ID)
      );
    }),
  );
}
