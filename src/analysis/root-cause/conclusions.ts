import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';

/** Explanations that come to the same conclusion, with their belief together. */
export type Conclusion = { best: Weighed; members: Weighed[]; share: number };

/**
 * Groups explanations by what they conclude: which change did it, or what kind of trouble in which
 * service. A host that was lost and a name that does not resolve on it are one conclusion.
 * @returns the most believed first
 */
export function conclusionsOf(hypotheses: readonly Weighed[]): Conclusion[] {
  const groups = new Map<string, Weighed[]>();
  for (const one of hypotheses) {
    const key = one.kind === 'change' ? one.key : `${one.category}\0${one.service ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .flatMap(([key, members]): (Conclusion & { key: string })[] => {
      const [best] = members;
      if (!best) return [];
      return [{ key, best, members, share: members.reduce((sum, one) => sum + one.share, 0) }];
    })
    .sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1))
    .map(({ best, members, share }) => ({ best, members, share }));
}
