import type { AnalysisOptions } from '#src/analysis/contract.ts';
import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import { commitDraft } from '#src/analysis/evidence/record-drafts.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { arrivedBefore, withoutHarmUntilData } from '#src/analysis/hypotheses/arrived.ts';
import { withCodeBehindFlags } from '#src/analysis/hypotheses/behind-flags.ts';
import { candidatesFromChanges } from '#src/analysis/hypotheses/from-changes.ts';
import { candidatesFromOutside } from '#src/analysis/hypotheses/from-outside.ts';
import { unexplained } from '#src/analysis/hypotheses/unexplained.ts';
import { type Weighed, weigh } from '#src/analysis/hypotheses/weigh.ts';
import { changesCase } from '#src/analysis/investigation/changes-case.ts';
import { type KnownChanges, knownChanges } from '#src/analysis/investigation/known-changes.ts';
import { type Located, locateTraces } from '#src/analysis/investigation/locate-traces.ts';
import { observe } from '#src/analysis/investigation/observations.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { ChangeAssessment } from '#src/changes/contract.ts';
import { assessChanges } from '#src/changes/score.ts';
import { CATALOGUE } from '#src/knowledge/catalogue.ts';
import { matchSignatures } from '#src/knowledge/match.ts';

/** Log-odds below which a change is not taken as a rival. */
const LEAST_VIABLE = -2;

/** What the investigation found, before it is put into the form of the result. */
export type Findings = {
  known: KnownChanges;
  located: Located;
  assessments: ChangeAssessment[];
  /** Explanations, best first. */
  hypotheses: Weighed[];
  /** The refs of triage, with the commits that only repositories knew. */
  refs: FactRefs;
};

/** Agent 2: which explanations compete, and what speaks for and against each. */
export async function investigate(
  facts: Facts,
  judgement: Judgement,
  triageRefs: FactRefs,
  ledger: Ledger,
  options: AnalysisOptions,
): Promise<Findings> {
  const known = await knownChanges(facts, options);
  const located = await locateTraces(facts, known);
  const assessments = assessChanges(changesCase(facts, judgement, known, located));
  const refs = draftCommits(facts, known, assessments, triageRefs, ledger);
  const errorsFrom = firstErrorAt(facts, judgement);
  const arrived = arrivedBefore(facts, errorsFrom, ledger);
  ledger.number();
  const observed = observe(facts, refs);
  const matches = matchSignatures(CATALOGUE, observed);
  const outside = candidatesFromOutside(facts, judgement, matches, observed, arrived, refs, ledger);
  const changes = withoutHarmUntilData(
    withCodeBehindFlags(
      candidatesFromChanges(facts, judgement, assessments, refs, ledger),
      assessments,
      known.commits,
    ),
    outside,
    arrived,
    errorsFrom,
    ledger,
  );
  const viable = changes.filter(({ odds }) => odds > LEAST_VIABLE).length;
  const hypotheses = weigh([
    ...changes,
    ...outside,
    ...unexplained(facts, judgement, viable, refs, ledger),
  ]);
  return { known, located, assessments, hypotheses, refs };
}

/** When errors began as the logs tell it, else the onset. */
function firstErrorAt({ logs, subject }: Facts, judgement: Judgement): number {
  const times = logs.findings
    .filter(({ kind, level, score }) => kind === 'new' && score >= 0.5 && !isCalm(level))
    .flatMap(({ onset }) => onset ?? []);
  return times.length > 0 ? Math.min(...times) : (judgement.onset ?? subject.detectedAt);
}

const isCalm = (level: string | null): boolean => level === 'info' || level === 'debug';

/** Commits that triage did not know, or knew without a diff, become evidence of their own. */
function draftCommits(
  { bundle }: Facts,
  known: KnownChanges,
  assessments: readonly ChangeAssessment[],
  refs: FactRefs,
  ledger: Ledger,
): FactRefs {
  const suspects = new Set(assessments.slice(0, 40).map(({ id }) => id));
  const commit = new Map(refs.commit);
  for (const one of known.commits) {
    const listed = bundle.changes.commits.find(({ sha }) => sha === one.sha);
    const isKnown = commit.has(one.sha) && listed?.diff !== null;
    if (isKnown || !suspects.has(one.sha)) continue;
    commit.set(one.sha, ledger.add(commitDraft(one, bundle.manifest.window)));
  }
  return { ...refs, commit };
}
