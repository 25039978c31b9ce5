/** Nested settings as dotted keys. */

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sets `a.b.c` in a tree, making the branches that are not there. */
export function setKey(tree: Tree, key: string, value: unknown): void {
  const parts = key.split('.');
  const last = parts.pop();
  let branch = tree;
  for (const part of parts) {
    const next = branch[part];
    if (isTree(next)) branch = next;
    else {
      const made: Tree = {};
      branch[part] = made;
      branch = made;
    }
  }
  if (last !== undefined) branch[last] = value;
}

/** All leaves of a tree as [dotted key, value]; arrays and empty objects are leaves. */
export function leaves(tree: Tree, prefix = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    const path = prefix ? `${prefix}.${key}` : key;
    return isTree(value) && Object.keys(value).length > 0 ? leaves(value, path) : [[path, value]];
  });
}
