import type { AnalysisOptions } from '#src/analysis/contract.ts';
import { draftFacts } from '#src/analysis/evidence/draft-facts.ts';
import { Ledger } from '#src/analysis/evidence/ledger.ts';
import { gatherFacts } from '#src/analysis/facts/gather.ts';
import { incidentOf } from '#src/analysis/incident.ts';
import { investigate } from '#src/analysis/investigation/investigate.ts';
import { investigationOf } from '#src/analysis/investigation/report.ts';
import { blastRadiusOf } from '#src/analysis/root-cause/blast-radius.ts';
import { rootCause } from '#src/analysis/root-cause/root-cause.ts';
import { judge } from '#src/analysis/triage/judgement.ts';
import { triage } from '#src/analysis/triage/triage.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import type { Result } from '#src/domain/result.ts';

/**
 * The three agents, one after the other, each on what the one before has found. The same bundle
 * gives the same answer. Without a model it is pure but for reading repositories.
 */
export async function analyse(
  bundle: Bundle,
  options: AnalysisOptions,
): Promise<Omit<Result, 'timings' | 'schema'>> {
  const ledger = new Ledger();
  const facts = await gatherFacts(bundle, options.service);
  const refs = draftFacts(facts, ledger);
  ledger.number();
  const judgement = judge(facts);
  const first = triage(facts, judgement, refs, ledger);
  const deeper = options.depth === 'investigate' ? await goDeeper() : null;
  return {
    incident: incidentOf(facts, first, refs, ledger),
    triage: deeper ? { ...first, blastRadius: deeper.blastRadius } : first,
    investigation: deeper?.investigation ?? null,
    rootCause: deeper?.rootCause ?? null,
    fix: null,
    evidence: ledger.evidence(),
    gaps: bundle.gaps,
    model: null,
  };

  async function goDeeper() {
    const findings = await investigate(facts, judgement, refs, ledger, options);
    const cause = rootCause(facts, judgement, first, findings, ledger);
    return {
      investigation: investigationOf(facts, findings, ledger),
      rootCause: cause,
      blastRadius: blastRadiusOf(facts, first, cause),
    };
  }
}
