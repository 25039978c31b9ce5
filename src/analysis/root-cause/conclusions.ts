import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';

/** Explanations that come to the same conclusion, with their belief together. */
export type Conclusion = { best: Weighed; members: Weighed[]; share: number };

/** An explanation without a place joins the best of its category that has one. */
function placeOf(one: Weighed, all: readonly Weighed[]): string {
  if (one.service !== null) return one.service;
  const host = all.find(
    ({ kind, category, service, signature, isPointer }) =>
      kind === 'outside' &&
      category === one.category &&
      service !== null &&
      !signature?.isSymptom &&
      !isPointer,
  );
  return host?.service ?? '';
}

/**
 * Groups explanations by what they conclude: which change did it, or what kind of trouble in which
 * service. A host that was lost and a name that does not resolve on it are one conclusion.
 * @returns the most believed first
 */
export function conclusionsOf(hypotheses: readonly Weighed[]): Conclusion[] {
  const groups = new Map<string, Weighed[]>();
  for (const one of hypotheses) {
    const key = one.kind === 'change' ? one.key : `${one.category}\0${placeOf(one, hypotheses)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .flatMap(([key, members]): (Conclusion & { key: string })[] => {
      const [best] = members;
      if (!best) return [];
      const service = best.service ?? members.find((one) => one.service)?.service ?? null;
      return [
        {
          key,
          best: { ...best, service },
          members,
          share: members.reduce((sum, one) => sum + one.share, 0),
        },
      ];
    })
    .sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1))
    .map(({ best, members, share }) => ({ best, members, share }));
}
