/** The files of a repository at one commit: path → text. */
export type Tree = ReadonlyMap<string, string>;

/** One place in one file: `from` stands there exactly once. */
export type Edit = { file: string; from: string; to: string };

/** A commit as what it does to the tree before it. */
export type Step = { message: string; author: string; hoursAgo: number; change(tree: Tree): Tree };

/** @throws Error when the text does not stand there exactly once: the demo's history is broken */
export function edit(tree: Tree, { file, from, to }: Edit): Tree {
  const text = tree.get(file);
  const parts = text?.split(from) ?? [];
  if (parts.length !== 2) throw new Error(`demo history: ${parts.length - 1} matches in ${file}`);
  return new Map([...tree, [file, parts.join(to)]]);
}

/** Several edits, one after the other. */
export function editAll(tree: Tree, edits: readonly Edit[]): Tree {
  return edits.reduce(edit, tree);
}

/** Undoes edits that have been made: the way to an older tree. */
export function undoAll(tree: Tree, edits: readonly Edit[]): Tree {
  return edits.reduceRight(
    (older, { file, from, to }) => edit(older, { file, from: to, to: from }),
    tree,
  );
}

/** A new or replaced file. */
export function put(tree: Tree, file: string, text: string): Tree {
  return new Map([...tree, [file, text]]);
}
