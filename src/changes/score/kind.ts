import type { Classification } from '#src/changes/classify/classify.ts';
import { MECHANISMS, type MechanismId } from '#src/changes/classify/mechanisms.ts';
import {
  type Symptom,
  type SymptomWeights,
  withConsequences,
} from '#src/changes/classify/symptoms.ts';
import type { Factor } from '#src/changes/contract.ts';
import { contractSymptoms, TRIPS_CALLERS } from '#src/changes/score/contract-symptoms.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Opinion, Suspect } from '#src/changes/score/suspect.ts';
import type { RootSymptom } from '#src/changes/seen/root-symptoms.ts';

/** Log-odds at the ends: a kind that cannot produce any of what is seen, and one that fits well. */
const LEAST = -2.2;
const MOST = 1.9;
/** Share of what is seen at which a kind speaks neither for nor against a change. */
const EVEN = 0.42;
const SLOPE = 4;

/** Classes that say where lines changed rather than what that does: their fit tells less. */
const VAGUE: ReadonlySet<MechanismId> = new Set([
  'logic-changed',
  'feature-added',
  'code-added',
  'argument-changed',
  'return-changed',
  'name-changed',
  'call-removed',
  'import-changed',
  'setting-changed',
  'setting-added',
  'constant-changed',
]);

/** What a refactoring that was not done right looks like. */
const BOTCHED: readonly Symptom[] = [
  'type-error',
  'import-error',
  'null-reference',
  'missing-key',
  'startup-failure',
];

/**
 * Can a change of this kind produce what is seen? Only what cannot change behaviour is acquitted
 * for its kind: a reading of a diff is never complete.
 */
export function judgeKind(suspect: Suspect, facts: CaseFacts): Opinion {
  const { classification } = suspect;
  if (classification.isNoOp) return judgeNoOp(suspect, facts);
  const factors: Factor[] = [];
  if (classification.classes.length > 0) factors.push(riskFactor(suspect));
  const step = stepFactor(suspect);
  if (step) factors.push(step);
  const relevant = facts.roots.filter((seen) => !isOnlyConsequence(seen, suspect, facts));
  if (relevant.length === 0 || classification.basis === 'nothing')
    return { factors, acquitted: null };
  const share = explainedShare(classification.symptoms, relevant);
  const best = strongest(suspect, relevant);
  const says = classification.classes[0]?.says ?? 'changes it';
  // Where only general symptoms show, any kind fits a little and none fits well.
  const told = relevant.reduce((sum, { telling }) => sum + telling, 0);
  const scale = Math.min(1, Math.max(0.3, told / 0.7)) * trustIn(classification, share);
  // One clear match of something specific says more than the average of all that is seen.
  const exact = best && best.value >= 0.35 ? 0.7 : 0;
  factors.push({
    id: 'kind',
    weight: scale * Math.max(LEAST, Math.min(MOST, SLOPE * (share - EVEN) + exact)),
    text: best
      ? `it ${best.says}, which can produce ${best.seen.symptom}`
      : `it ${says}, which seldom produces what is seen`,
    cites: best ? [best.seen.cite] : [],
  });
  return { factors, acquitted: null };
}

/** Symptoms that say what the code at a place ran into. */
const RUN_INTO: ReadonlySet<Symptom> = new Set([
  'null-reference',
  'type-error',
  'missing-key',
  'bad-index',
  'arithmetic',
  'parse-error',
  'date-error',
  'encoding-error',
  'import-error',
]);
/** Below this nothing of a change leads to what the code ran into. */
const NOTHING_OF_THE_SORT = 0.2;

/**
 * Whether the code ran into something that no class of the change leads to: then it only stood
 * where the change was made.
 */
export function standsAside({ classification }: Suspect, facts: CaseFacts): boolean {
  if (classification.basis !== 'diff') return false;
  const possible = withConsequences(classification.symptoms);
  const specific = facts.roots.filter(
    ({ symptom, telling }) => RUN_INTO.has(symptom) && telling >= 0.3,
  );
  return (
    specific.length > 0 &&
    specific.every(({ symptom }) => (possible[symptom] ?? 0) < NOTHING_OF_THE_SORT)
  );
}

/** How far the reading of a change is to be believed. */
function trustIn({ basis, classes }: Classification, share: number): number {
  if (basis !== 'diff') return 0.4;
  // Where nothing at all was found to be of any kind, there is little to be mistaken in.
  const isVague =
    classes.length > 0 &&
    classes.every(({ mechanism, weight }) => VAGUE.has(mechanism) || weight < 0.4);
  return isVague && share < EVEN ? 0.6 : 1;
}

function judgeNoOp(suspect: Suspect, facts: CaseFacts): Opinion {
  const { noOpReason, isCertain } = suspect.classification;
  const text = isCertain
    ? `it cannot change what a service does: ${noOpReason}`
    : `it should not change what a service does: ${noOpReason}`;
  const isBotched = facts.seen.some(
    ({ symptom, weight, services }) =>
      weight >= 0.4 &&
      BOTCHED.includes(symptom) &&
      (services.size === 0 || suspect.services.some((service) => services.has(service))),
  );
  const isFree = isCertain || !isBotched;
  return {
    factors: [{ id: 'kind', weight: isFree ? -1.6 : -1.2, text, cites: [] }],
    acquitted: isFree ? text : null,
  };
}

/** How far a flag with a number was moved: from 35 to 50 is little, from 5 to 100 much. */
function stepFactor({ flag, id }: Suspect): Factor | null {
  const [from, to] = [flag?.from, flag?.to].map((text) => amountOf(text ?? ''));
  if (!flag || from === undefined || to === undefined || !(from > 0) || !(to > 0)) return null;
  const doublings = Math.abs(Math.log2(to / from));
  const weight = Math.max(-0.5, Math.min(0.6, 0.4 * (doublings - 1)));
  if (Math.abs(weight) < 0.05) return null;
  return {
    id: 'risk',
    weight,
    text: `it was moved from ${flag.from} to ${flag.to}`,
    cites: [{ kind: 'flag', id }],
  };
}

function amountOf(text: string): number {
  const found = /^\s{0,4}(\d{1,12}(?:\.\d{1,6})?)\s{0,4}%?\s{0,4}$/.exec(text)?.[1];
  return found === undefined ? Number.NaN : Number(found);
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

/**
 * Symptoms of callers of the suspect's service follow from its own, unless the change is one of
 * what both agreed on: then it is the caller that trips.
 */
function isOnlyConsequence(seen: RootSymptom, suspect: Suspect, facts: CaseFacts): boolean {
  if (seen.services.size === 0 || suspect.services.length === 0) return false;
  if ((contractSymptoms(suspect)[seen.symptom] ?? 0) >= TRIPS_CALLERS) return false;
  return [...seen.services].every((service) => {
    if (suspect.services.includes(service)) return false;
    return suspect.services.some(
      (own) => facts.harmed.has(own) && facts.distance(service, own) !== null,
    );
  });
}

/** How much of what is seen a change can produce, 0..1. */
function explainedShare(symptoms: SymptomWeights, seen: readonly RootSymptom[]): number {
  const possible = withConsequences(symptoms);
  let explained = 0;
  let all = 0;
  for (const { symptom, telling } of seen) {
    all += telling;
    explained += telling * Math.min(1, possible[symptom] ?? 0);
  }
  return all === 0 ? 0 : explained / all;
}

/** The seen symptom that a class of the change explains best. */
function strongest(
  suspect: Suspect,
  seen: readonly RootSymptom[],
): { seen: RootSymptom; says: string; value: number } | null {
  let best: { seen: RootSymptom; says: string; value: number } | null = null;
  for (const { mechanism, weight, says } of suspect.classification.classes) {
    const possible = withConsequences(MECHANISMS[mechanism].symptoms);
    for (const one of seen) {
      const value = weight * one.telling * (possible[one.symptom] ?? 0);
      if (value > (best?.value ?? 0.05)) best = { seen: one, says, value };
    }
  }
  return best;
}
