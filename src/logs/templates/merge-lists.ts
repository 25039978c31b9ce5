import { MANY } from './marks.ts';
import { mergeEqual, push, type Unit, type Workbench } from './units.ts';
import { collapse } from './value-runs.ts';

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
    if (family.length < 2) continue;
    const lengths = new Set(family.map((unit) => unit.tokens.length));
    const listed = family.some((unit) =>
      unit.tokens.some((token) => vocabulary.textOf(token).includes(MANY)),
    );
    if (lengths.size < 3 && !listed) continue;
    for (const unit of family) unit.tokens = forms.get(unit) as number[];
  }
  mergeEqual(bench);
}
