import type { ChangeAssessment, ChangesInput, Factor } from '#src/changes/contract.ts';
import { indexLive } from '#src/changes/live.ts';
import { type CaseFacts, caseFacts } from '#src/changes/score/facts.ts';
import { judgeKind, standsAside } from '#src/changes/score/kind.ts';
import { locationOf } from '#src/changes/score/location.ts';
import { judgeReach } from '#src/changes/score/reach.ts';
import { judgeSiblings } from '#src/changes/score/siblings.ts';
import type { Suspect } from '#src/changes/score/suspect.ts';
import { suspectsOf } from '#src/changes/score/suspects.ts';
import { judgeTime } from '#src/changes/score/time.ts';
import { judgeTouch } from '#src/changes/score/touch.ts';
import { indexName, indexTerms, type TermIndex } from '#src/changes/score/touch-terms.ts';
import { judgeUndo } from '#src/changes/score/undo.ts';
import { compareText } from '#src/platform/compare.ts';

/** Log-odds of any one change before anything is known of it. */
const PRIOR = -2.4;
const ACQUITTED_SCORE = 0.05;
/** What is left of a trace to a change that does nothing of the sort that went wrong there. */
const ASIDE = 0.5;

/**
 * Judges every commit, deploy and flag as a suspect: by the time it went live against each onset,
 * by where it runs, by what the evidence names of it, by what a change of its kind can produce, by
 * siblings that got it and stayed well, and by what happened when it was taken back. Each factor
 * is log-odds with its reason; the score is their sum as a probability, each change on its own.
 * Pure and deterministic. @returns best suspects first, acquitted ones last
 */
export function assessChanges(input: ChangesInput): ChangeAssessment[] {
  const facts = caseFacts(input);
  const live = indexLive(input);
  const suspects = suspectsOf(input, live);
  const indexes = new Map(
    suspects.map((suspect) => [
      suspect,
      suspect.flag ? indexName(suspect.id) : indexTerms(suspect.view?.files ?? []),
    ]),
  );
  const documents = new Map<string, number>();
  for (const index of indexes.values()) {
    for (const term of index.keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  const total = Math.max(1, indexes.size);
  // A name that every change touches tells nothing about one of them.
  const rarity = (term: string): number => {
    const share = ((documents.get(term) ?? 1) - 1) / Math.max(3, total);
    return Math.max(0.15, 1 - 1.2 * share);
  };
  const assessed = suspects.map((suspect) =>
    assess(suspect, facts, indexes.get(suspect) ?? new Map(), rarity),
  );
  return withDeploys(assessed, live)
    .map(({ assessment }) => assessment)
    .sort(
      (a, b) =>
        Number(a.acquitted !== null) - Number(b.acquitted !== null) ||
        b.score - a.score ||
        compareText(a.kind, b.kind) ||
        compareText(a.id, b.id) ||
        compareText(a.service ?? '', b.service ?? ''),
    );
}

type Assessed = { suspect: Suspect; assessment: ChangeAssessment; odds: number };

function assess(
  suspect: Suspect,
  facts: CaseFacts,
  index: TermIndex,
  rarity: (term: string) => number,
): Assessed {
  const time = judgeTime(suspect, facts);
  const reach = judgeReach(suspect, facts);
  const kind = judgeKind(suspect, facts);
  const { factors: touch, touched } = judgeTouch(suspect, facts, index, rarity);
  if (standsAside(suspect, facts)) {
    for (const factor of touch)
      if (factor.id === 'trace' && factor.weight > 0) factor.weight *= ASIDE;
  }
  const undo = judgeUndo(suspect, facts);
  const factors = [
    ...time.factors,
    ...reach.factors,
    ...touch,
    ...kind.factors,
    ...judgeSiblings(suspect, facts),
    ...undo,
  ];
  // What the evidence names outright is not set free by what is merely usual of its kind or place.
  const isNamed = touch.reduce((sum, { weight }) => sum + weight, 0) >= 0.7;
  const acquitted =
    time.acquitted ??
    (suspect.classification.isCertain && suspect.classification.isNoOp ? kind.acquitted : null) ??
    (isNamed ? null : (reach.acquitted ?? kind.acquitted));
  const odds = PRIOR + factors.reduce((sum, { weight }) => sum + weight, 0);
  return {
    suspect,
    odds,
    assessment: {
      kind: suspect.kind,
      id: suspect.id,
      service: suspect.services[0] ?? null,
      liveAt: time.liveAt,
      score: scoreOf(odds, acquitted),
      factors: factors.sort(byWeight),
      acquitted,
      classes: suspect.classification.classes,
      symptoms: suspect.classification.symptoms,
      location: locationOf(suspect, facts, touched),
    },
  };
}

function scoreOf(odds: number, acquitted: string | null): number {
  const score = 1 / (1 + Math.exp(-odds));
  const rounded = Math.round(score * 1e4) / 1e4;
  return acquitted === null ? rounded : Math.min(rounded, ACQUITTED_SCORE);
}

function byWeight(a: Factor, b: Factor): number {
  return (
    Math.abs(b.weight) - Math.abs(a.weight) ||
    compareText(a.id, b.id) ||
    compareText(a.text, b.text)
  );
}

/** A deploy is as suspect as the likeliest commit that it brought; without one it stands for itself. */
function withDeploys(
  assessed: readonly Assessed[],
  live: ReturnType<typeof indexLive>,
): readonly Assessed[] {
  const bySha = new Map(
    assessed.filter(({ suspect }) => suspect.kind === 'commit').map((one) => [one.suspect.id, one]),
  );
  for (const one of assessed) {
    const { deploy } = one.suspect;
    if (!deploy || one.assessment.acquitted !== null) continue;
    const brought = live.broughtBy(deploy).flatMap(({ sha }) => bySha.get(sha) ?? []);
    if (brought.length === 0) continue;
    const [likeliest] = [...brought].sort((a, b) => b.assessment.score - a.assessment.score);
    if (!likeliest) continue;
    const free = brought.every(({ assessment }) => assessment.acquitted !== null);
    one.assessment.score = Math.min(one.assessment.score, likeliest.assessment.score);
    one.assessment.factors.push({
      id: 'carried',
      weight: 0,
      text: free
        ? 'every commit that it brought is acquitted'
        : `the likeliest commit that it brought is ${likeliest.suspect.id.slice(0, 12)}`,
      cites: [{ kind: 'commit', id: likeliest.suspect.id }],
    });
    if (free) {
      one.assessment.acquitted = `it brought only commits that cannot have been: ${likeliest.assessment.acquitted}`;
      one.assessment.score = Math.min(one.assessment.score, ACQUITTED_SCORE);
    }
    one.assessment.classes = likeliest.assessment.classes;
    one.assessment.symptoms = likeliest.assessment.symptoms;
    one.assessment.location = likeliest.assessment.location;
  }
  return assessed;
}
