import { MECHANISMS } from '#src/changes/classify/mechanisms.ts';
import {
  type Symptom,
  type SymptomWeights,
  withConsequences,
} from '#src/changes/classify/symptoms.ts';
import type { Factor } from '#src/changes/contract.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Opinion, Suspect } from '#src/changes/score/suspect.ts';
import type { SeenSymptom } from '#src/changes/seen/seen-symptoms.ts';

/** What nearly any failure shows tells little about which one it is. */
const GENERAL: Partial<Record<Symptom, number>> = {
  'server-errors': 0.3,
  exception: 0.35,
  latency: 0.5,
  timeout: 0.6,
  'client-errors': 0.6,
  'traffic-down': 0.25,
  'traffic-up': 0.5,
  crash: 0.7,
  'dependency-errors': 0.6,
  assertion: 0.6,
  'type-error': 0.8,
  cpu: 0.7,
};

const FLOOR = 0.12;

/** Can a change of this kind produce what is seen? */
export function judgeKind(suspect: Suspect, facts: CaseFacts): Opinion {
  const { classification } = suspect;
  if (classification.isNoOp) {
    const { noOpReason, isCertain } = classification;
    const text = isCertain
      ? `it cannot change what a service does: ${noOpReason}`
      : `it should not change what a service does: ${noOpReason}`;
    return { factors: [{ id: 'kind', weight: -1, text, cites: [] }], acquitted: text };
  }
  const factors: Factor[] = [];
  if (classification.classes.length > 0) factors.push(riskFactor(suspect));
  const relevant = facts.seen.filter((seen) => !isOnlyConsequence(seen, suspect, facts));
  if (relevant.length === 0 || classification.basis === 'nothing')
    return { factors, acquitted: null };
  const share = explainedShare(classification.symptoms, relevant);
  const best = strongest(suspect, relevant);
  const says = classification.classes[0]?.says ?? 'changes it';
  if (share < FLOOR && classification.basis === 'diff' && suspect.kind === 'commit') {
    const seen = relevant
      .slice(0, 3)
      .map(({ symptom }) => symptom)
      .join(', ');
    return { factors, acquitted: `a change that ${says} does not produce what is seen (${seen})` };
  }
  // Where only general symptoms show, any kind fits a little and none fits well.
  const told = relevant.reduce(
    (sum, { symptom, weight }) => sum + weight * (GENERAL[symptom] ?? 1),
    0,
  );
  const scale =
    (classification.basis === 'diff' ? 1 : 0.4) * Math.min(1, Math.max(0.3, told / 0.7));
  // One clear match of something specific says more than the average of all that is seen.
  const exact = best && best.value >= 0.35 ? 0.7 : 0;
  factors.push({
    id: 'kind',
    weight: scale * Math.max(-1.8, Math.min(1.9, 4 * (share - 0.42) + exact)),
    text: best
      ? `it ${best.says}, which can produce ${best.seen.symptom}`
      : `it ${says}, which seldom produces what is seen`,
    cites: best ? [best.seen.cite] : [],
  });
  return { factors, acquitted: null };
}

/** A change that takes a guard away is more often a fault than one that adds a setting. */
function riskFactor(suspect: Suspect): Factor {
  const [heaviest] = [...suspect.classification.classes].sort(
    (a, b) => MECHANISMS[b.mechanism].risk * b.weight - MECHANISMS[a.mechanism].risk * a.weight,
  );
  const risk = heaviest ? MECHANISMS[heaviest.mechanism].risk * heaviest.weight : 0;
  return {
    id: 'risk',
    weight: Math.max(-0.6, Math.min(0.7, 2 * (risk - 0.35))),
    text: heaviest ? `it ${heaviest.says}` : 'it changes little',
    cites: (heaviest?.evidence ?? []).slice(0, 1).map((found) => ({
      kind: 'commit',
      id: suspect.id,
      file: found.file,
      ...(found.line === null ? {} : { line: found.line }),
      ...((found.new ?? found.old) ? { quote: found.new ?? found.old ?? '' } : {}),
    })),
  };
}

/** Symptoms of callers of the suspect's service follow from its own. */
function isOnlyConsequence(seen: SeenSymptom, suspect: Suspect, facts: CaseFacts): boolean {
  if (seen.services.size === 0 || suspect.services.length === 0) return false;
  return [...seen.services].every((service) => {
    if (suspect.services.includes(service)) return false;
    return suspect.services.some(
      (own) => facts.harmed.has(own) && facts.distance(service, own) !== null,
    );
  });
}

/** How much of what is seen a change can produce, 0..1, specific symptoms counting most. */
function explainedShare(symptoms: SymptomWeights, seen: readonly SeenSymptom[]): number {
  const possible = withConsequences(symptoms);
  let explained = 0;
  let all = 0;
  for (const { symptom, weight } of seen) {
    const value = weight * (GENERAL[symptom] ?? 1);
    all += value;
    explained += value * Math.min(1, possible[symptom] ?? 0);
  }
  return all === 0 ? 0 : explained / all;
}

/** The seen symptom that a class of the change explains best. */
function strongest(
  suspect: Suspect,
  seen: readonly SeenSymptom[],
): { seen: SeenSymptom; says: string; value: number } | null {
  let best: { seen: SeenSymptom; says: string; value: number } | null = null;
  for (const { mechanism, weight, says } of suspect.classification.classes) {
    const possible = withConsequences(MECHANISMS[mechanism].symptoms);
    for (const one of seen) {
      const value =
        weight * one.weight * (GENERAL[one.symptom] ?? 1) * (possible[one.symptom] ?? 0);
      if (value > (best?.value ?? 0.05)) best = { seen: one, says, value };
    }
  }
  return best;
}
