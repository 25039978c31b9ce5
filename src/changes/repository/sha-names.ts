import { compareText } from '#src/platform/compare.ts';

/**
 * Two names for a commit: the inner one is what git calls it here, the outer one what everybody
 * else does. They differ when a history was imported without its signatures, or redacted.
 */
export type ShaNames = {
  /** Outer name of an inner sha; the same where there is none. */
  outer(inner: string): string;
  /** Inner sha of a full outer name; the same where there is none. */
  inner(outer: string): string;
  /** Inner shas whose outer name begins with this. */
  innerOfPrefix(prefix: string): string[];
};

/** @param names inner sha → outer sha */
export function createShaNames(names: ReadonlyMap<string, string>): ShaNames {
  const back = new Map<string, string>();
  for (const [inner, outer] of names) back.set(outer, inner);
  const sorted = [...back.keys()].sort(compareText);
  return {
    outer: (inner) => names.get(inner) ?? inner,
    inner: (outer) => back.get(outer) ?? outer,
    innerOfPrefix: (prefix) => {
      const found: string[] = [];
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? '') < prefix) low = middle + 1;
        else high = middle;
      }
      for (let i = low; i < sorted.length && found.length < 2; i++) {
        const outer = sorted[i] ?? '';
        if (!outer.startsWith(prefix)) break;
        found.push(back.get(outer) ?? outer);
      }
      return found;
    },
  };
}
