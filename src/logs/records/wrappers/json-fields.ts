import type { Fields, FieldValue } from '#src/logs/records/parsed-line.ts';

const MAX_FIELDS = 200;
const MAX_DEPTH = 6;

/** A JSON object's leaves with dotted names; arrays and what is too deep stay as JSON. Bounded. */
export function flatten(value: Record<string, unknown>): Fields {
  const fields: Fields = Object.create(null) as Fields;
  let left = MAX_FIELDS;
  const visit = (object: Record<string, unknown>, prefix: string, depth: number): void => {
    for (const key of Object.keys(object)) {
      if (left <= 0) return;
      const inner = object[key];
      const name = prefix + key;
      if (inner !== null && typeof inner === 'object') {
        if (!Array.isArray(inner) && depth < MAX_DEPTH)
          visit(inner as Record<string, unknown>, `${name}.`, depth + 1);
        else set(name, JSON.stringify(inner).slice(0, 2000));
      } else set(name, leaf(inner));
    }
  };
  const set = (name: string, inner: FieldValue): void => {
    fields[name] = inner;
    left--;
  };
  visit(value, '', 0);
  return fields;
}

function leaf(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return null;
}

/** The first of the named fields that is there and not empty. */
export function firstOf(fields: Fields, names: readonly string[]): FieldValue {
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return null;
}

/** As {@link firstOf}, as text. */
export function textOf(fields: Fields, names: readonly string[]): string | null {
  const value = firstOf(fields, names);
  return value === null ? null : String(value);
}
