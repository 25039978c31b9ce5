import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';

/**
 * What a model holds for the cause where the rules hold something else: both with what settles it.
 * All words are code's own but for the explanations', which code wrote too.
 * @returns null where they agree, or where the model names nothing that competes
 */
export function disagreement(
  said: string,
  hypotheses: readonly Weighed[],
  model: string,
): { chosen: Weighed; text: string } | null {
  const index = Number(/^H(\d{1,2})$/.exec(said.trim())?.[1] ?? 0) - 1;
  const chosen = hypotheses[index];
  const [top] = hypotheses;
  if (!chosen || !top || chosen === top) return null;
  const strip = (text: string): string => text.replace(/\.$/, '');
  return {
    chosen,
    text: `The rules hold H1 (${strip(top.statement)}); ${model} holds H${index + 1} (${strip(chosen.statement)}). To settle it: ${chosen.test || top.test}`,
  };
}
