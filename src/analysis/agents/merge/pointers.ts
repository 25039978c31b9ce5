import type { Drafted } from '#src/analysis/agents/contract.ts';
import type { InvestigationReply } from '#src/analysis/agents/forms.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import { checkContext } from '#src/analysis/agents/merge/check-context.ts';
import { placeOf } from '#src/analysis/agents/merge/place-of.ts';
import type { Dropped } from '#src/analysis/agents/merge/statements.ts';
import type { Reason } from '#src/analysis/hypotheses/candidate.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import type { Cite } from '#src/domain/evidence.ts';
import { oneLine } from '#src/platform/sanitize.ts';

const MOST_POINTERS = 16;

export type Pointed = { hypotheses: Weighed[]; dropped: Dropped[]; moved: boolean };

/**
 * Takes what a model points at: each pointer is looked at by code, which alone weighs it. What code
 * cannot see in it is opinion and is dropped.
 */
export function takePointers(
  { pointers }: Pick<InvestigationReply, 'pointers'>,
  drafted: Drafted,
  findings: Findings,
  guards: Guards,
): Pointed {
  const { evidence, onset, changes } = checkContext(drafted, 'cause');
  const dropped: Dropped[] = [];
  const added = new Map<number, Reason[]>();
  for (const said of pointers.slice(0, MOST_POINTERS)) {
    const what = `${said.effect === 'supports' ? '' : 'not '}${said.hypothesis} by ${said.evidence}`;
    const drop = (why: string): void =>
      void dropped.push({ text: oneLine(what).slice(0, 120), why });
    const index = placeOf(said.hypothesis);
    const candidate = findings.hypotheses[index];
    const pointed = evidence.get(said.evidence.trim());
    if (!candidate) {
      drop(`there is no explanation ${said.hypothesis.slice(0, 20)}`);
      continue;
    }
    if (!pointed) {
      drop(`there is no evidence ${said.evidence.slice(0, 20)}`);
      continue;
    }
    const cite: Cite = { id: pointed.id, ...(said.quote ? { quote: said.quote } : {}) };
    const claim = { text: 'a pointer to evidence', cites: [cite] };
    const { ids, quotes, changes: came } = guards.checks;
    const context = { ...checkContext(drafted, 'cause'), evidence, onset, changes };
    const why = ids(claim, context) ?? quotes(claim, context) ?? came(claim, context);
    if (why !== null) {
      drop(why);
      continue;
    }
    if (candidate.reasons.some(({ cites }) => cites.some(({ id }) => id === pointed.id))) continue;
    const given = {
      hypotheses: findings.hypotheses,
      commits: findings.known.commits,
      usual: drafted.facts.logs.usual,
      windowStart: drafted.facts.subject.window.start,
    };
    const supports = said.effect === 'supports';
    const link = guards.linkWeight({ candidate, evidence: pointed, supports }, given);
    if (link === null) {
      drop('nothing in it tells this explanation from the others');
      continue;
    }
    const { weight, text } = link;
    const reason: Reason = { about: 'trace', weight, text, cites: [cite] };
    added.set(index, [...(added.get(index) ?? []), reason]);
  }
  return { ...reweigh(findings.hypotheses, added, guards.mostShift), dropped };
}

/** Belief shared out anew: what an explanation loses goes to the unknown, not to its rivals. */
function reweigh(
  hypotheses: readonly Weighed[],
  added: ReadonlyMap<number, readonly Reason[]>,
  most: number,
): { hypotheses: Weighed[]; moved: boolean } {
  const unknown = Math.max(0, 1 - hypotheses.reduce((sum, { share }) => sum + share, 0));
  const shifted = hypotheses.map((one, index) => {
    const reasons = added.get(index) ?? [];
    const sum = reasons.reduce((total, { weight }) => total + weight, 0);
    const shift = Math.max(-most, Math.min(most, sum));
    return {
      one: { ...one, odds: one.odds + shift, reasons: [...one.reasons, ...reasons] },
      weight: one.share * Math.exp(shift),
      shift,
    };
  });
  const lost = shifted.reduce((sum, { one, weight }) => sum + Math.max(0, one.share - weight), 0);
  const total = unknown + lost + shifted.reduce((sum, { weight }) => sum + weight, 0);
  const result = shifted
    .map(({ one, weight }): Weighed => ({ ...one, share: total === 0 ? 0 : weight / total }))
    .sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1));
  return { hypotheses: result, moved: shifted.some(({ shift }) => shift !== 0) };
}
