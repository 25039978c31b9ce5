import type { Consulted, Drafted } from '#src/analysis/agents/contract.ts';
import { usedIds } from '#src/analysis/agents/used-ids.ts';
import type { AnalysisOptions } from '#src/analysis/contract.ts';
import { draftFacts } from '#src/analysis/evidence/draft-facts.ts';
import { Ledger } from '#src/analysis/evidence/ledger.ts';
import { gatherFacts } from '#src/analysis/facts/gather.ts';
import { incidentOf } from '#src/analysis/incident.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import { judge } from '#src/analysis/triage/judgement.ts';
import { triage } from '#src/analysis/triage/triage.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import type { Investigation, Result, RootCause, Triage } from '#src/domain/result.ts';

/** A result without what the flow around an analysis adds, and the milliseconds that models took. */
export type Analysed = Omit<Result, 'timings' | 'schema'> & { modelMs: number };

/**
 * The three agents, one after the other, each on what the one before has found. The same bundle
 * gives the same answer. Without a model it is pure but for reading repositories.
 */
export async function analyse(bundle: Bundle, options: AnalysisOptions): Promise<Analysed> {
  return answerOf(await draftAnswer(bundle, options), options);
}

/** What code alone comes to. */
export async function draftAnswer(bundle: Bundle, options: AnalysisOptions): Promise<Drafted> {
  const ledger = new Ledger();
  const facts = await gatherFacts(bundle, options.service);
  const refs = draftFacts(facts, ledger);
  ledger.number();
  const judgement = judge(facts);
  const first = triage(facts, judgement, refs, ledger);
  const drafted: Drafted = {
    ...{ facts, judgement, refs, ledger, triage: first, findings: null, cause: null },
  };
  if (options.depth === 'triage') return drafted;
  // Triage alone starts without all that looks for causes.
  const { investigate } = await import('#src/analysis/investigation/investigate.ts');
  const { rootCause } = await import('#src/analysis/root-cause/root-cause.ts');
  const { withTrail } = await import('#src/analysis/root-cause/trail.ts');
  const findings = await investigate(facts, judgement, refs, ledger, options);
  const cause = rootCause(facts, judgement, first, findings, ledger);
  return { ...drafted, findings, cause: withTrail(cause, findings) };
}

/** The answer in the form of the result, after models were heard, if there are any. */
export async function answerOf(
  drafted: Drafted,
  { team, signal }: Pick<AnalysisOptions, 'team' | 'signal'>,
): Promise<Analysed> {
  const { facts, refs, ledger, triage: first } = drafted;
  const known = new Set(ledger.evidence().map(({ id }) => id));
  const heard = team
    ? await (await import('#src/analysis/agents/consult.ts')).consult(drafted, team, signal)
    : { ...drafted, ...WITHOUT_MODEL };
  const { findings, cause } = heard;
  const answer = {
    incident: incidentOf(facts, first, refs, ledger),
    triage: cause ? await withBlastRadius(heard.triage, drafted, cause) : heard.triage,
    investigation: findings ? await reported(drafted, findings) : null,
    rootCause: cause,
  };
  // What tools looked up belongs to the answer as far as the answer rests on it.
  const cited = usedIds(answer);
  return {
    ...answer,
    fix: null,
    evidence: ledger.evidence().filter(({ id }) => known.has(id) || cited.has(id)),
    gaps: [...facts.bundle.gaps, ...heard.gaps],
    model: heard.model,
    modelMs: heard.modelMs,
  };
}

async function withBlastRadius(
  heard: Triage,
  { facts, triage: first }: Drafted,
  cause: RootCause,
): Promise<Triage> {
  const { blastRadiusOf } = await import('#src/analysis/root-cause/blast-radius.ts');
  return { ...heard, blastRadius: blastRadiusOf(facts, first, cause) };
}

async function reported({ facts, ledger }: Drafted, findings: Findings): Promise<Investigation> {
  const { investigationOf } = await import('#src/analysis/investigation/report.ts');
  return investigationOf(facts, findings, ledger);
}

const WITHOUT_MODEL: Pick<Consulted, 'model' | 'gaps' | 'modelMs'> = {
  model: null,
  gaps: [],
  modelMs: 0,
};
