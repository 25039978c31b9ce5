import type { z } from 'zod';

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: string[] };

const MOST_ROUNDS = 4;
const MOST_PROBLEMS = 8;
/** With more mistakes than these it is no answer of the form. */
const MOST_MENDED = 500;

/**
 * Checks a value against a schema, after mending what can only be meant in one way: a null where
 * the field may be absent, a number in quotes, one thing where a list of such things belongs,
 * the letter case of a listed word. Everything else is a problem, in words a model can act on.
 */
export function checkForm<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  let current = value;
  let parsed = schema.safeParse(current);
  for (let round = 0; round < MOST_ROUNDS && !parsed.success; round++) {
    if (parsed.error.issues.length > MOST_MENDED) break;
    const holder = { root: round === 0 ? structuredClone(current) : current };
    let mended = false;
    for (const issue of parsed.error.issues) mended = mend(holder, issue) || mended;
    if (!mended) break;
    current = holder.root;
    parsed = schema.safeParse(current);
  }
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.slice(0, MOST_PROBLEMS).map(describeIssue) };
}

type Issue = z.core.$ZodIssue;
type Parent = { [key: PropertyKey]: unknown };

function mend(holder: { root: unknown }, issue: Issue): boolean {
  const path = ['root', ...issue.path];
  const key = path.at(-1) as PropertyKey;
  const parent = parentOf(holder, path);
  if (parent === null || !Object.hasOwn(parent, key)) return false;
  const value = parent[key];
  if (issue.code === 'unrecognized_keys') return dropKeys(value, issue.keys);
  if (value === null && !Array.isArray(parent) && issue.path.length > 0) {
    return delete parent[key];
  }
  const better = betterValue(value, issue);
  if (better === undefined) return false;
  parent[key] = better;
  return true;
}

function parentOf(holder: { root: unknown }, path: readonly PropertyKey[]): Parent | null {
  let at: unknown = holder;
  for (const key of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Parent)[key];
  }
  return typeof at === 'object' && at !== null ? (at as Parent) : null;
}

function dropKeys(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const key of keys) delete (value as Parent)[key];
  return keys.length > 0;
}

/** @returns undefined when it is not clear what was meant */
function betterValue(value: unknown, issue: Issue): unknown {
  if (issue.code === 'invalid_value') return listedValue(value, issue.values);
  if (issue.code !== 'invalid_type') return undefined;
  switch (issue.expected) {
    case 'number':
    case 'int':
      return typeof value === 'string' && /^\s{0,9}-?\d{1,15}(\.\d{1,15})?\s{0,9}$/.test(value)
        ? Number(value)
        : undefined;
    case 'boolean':
      return typeof value === 'string' ? BOOLEANS.get(value.trim().toLowerCase()) : undefined;
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    case 'array':
      return listOf(value);
    case 'object':
      return Array.isArray(value) && value.length === 1 ? value[0] : ofJsonText(value);
    default:
      return undefined;
  }
}

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
]);

function listOf(value: unknown): unknown {
  const inner = ofJsonText(value);
  if (Array.isArray(inner)) return inner;
  if (value === '') return [];
  return value === undefined || value === null ? undefined : [value];
}

/** JSON that was written as a string inside JSON. */
function ofJsonText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s{0,99}[[{]/.test(value)) return undefined;
  try {
    const inner: unknown = JSON.parse(value);
    return typeof inner === 'object' && inner !== null ? inner : undefined;
  } catch {
    return undefined;
  }
}

const plain = (word: unknown): string =>
  String(word)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

function listedValue(value: unknown, values: readonly unknown[]): unknown {
  if (typeof value !== 'string' || value.length > 200) return undefined;
  const meant = values.filter((listed) => plain(listed) === plain(value));
  return meant.length === 1 ? meant[0] : undefined;
}

function describeIssue(issue: Issue): string {
  const path = issue.path.map(String).join('.');
  return `${path === '' ? 'the whole answer' : path}: ${issue.message}`.slice(0, 300);
}
