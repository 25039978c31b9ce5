/** A file of the repository for a path of a frame, and how sure that is (0..1). */
export type FileMatch = { file: string; certainty: number };

/** Finds the file of the repository that a path from another machine means. */
export type FileIndex = {
  has(file: string): boolean;
  /** The file that shares the most last components with the path; null when none or several do. */
  bySuffix(path: string): FileMatch | null;
  /** Files whose name without its ending is this one. */
  byStem(stem: string): readonly string[];
};

/** @param files paths of all files of a revision */
export function fileIndex(files: readonly string[]): FileIndex {
  const all = new Set(files);
  const byName = new Map<string, string[]>();
  const byStem = new Map<string, string[]>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    append(byName, name, file);
    append(byStem, name.replace(/\.[^.]{1,12}$/, ''), file);
  }
  return {
    has: (file) => all.has(file),
    bySuffix: (path) => bySuffix(byName, path),
    byStem: (stem) => byStem.get(stem) ?? [],
  };
}

function append(map: Map<string, string[]>, key: string, file: string): void {
  const known = map.get(key);
  if (known) known.push(file);
  else map.set(key, [file]);
}

function bySuffix(byName: ReadonlyMap<string, string[]>, path: string): FileMatch | null {
  const parts = path.split('/');
  let best: FileMatch | null = null;
  let bestRank = 0;
  let isTie = false;
  for (const file of byName.get(parts.at(-1) ?? '') ?? []) {
    const components = file.split('/');
    const shared = sharedTail(parts, components);
    // The longest common tail wins; of two as long, the file that agrees as a whole.
    const rank = shared * 2 + (shared === components.length ? 1 : 0);
    if (rank < bestRank) continue;
    isTie = rank === bestRank;
    if (isTie) continue;
    bestRank = rank;
    best = { file, certainty: certaintyOf(shared, components.length, parts.length) };
  }
  // Two files that fit equally well are no answer.
  return best && !isTie && best.certainty > 0.3 ? best : null;
}

function sharedTail(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared))
    shared += 1;
  return shared;
}

/**
 * All components of the repository's file agreeing means that the rest of the path is the folder of
 * the installation; a name that alone agrees is a weak sign.
 */
function certaintyOf(shared: number, ofFile: number, ofPath: number): number {
  if (shared === ofFile) return Math.min(1, 0.85 + 0.05 * shared);
  if (shared === ofPath) return Math.min(0.84, 0.55 + 0.08 * shared);
  return shared === 1 ? 0.2 : Math.min(0.8, 0.3 + 0.12 * shared);
}
