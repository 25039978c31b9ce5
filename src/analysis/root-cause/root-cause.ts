import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import { round, unique } from '#src/analysis/investigation/report.ts';
import { decide } from '#src/analysis/root-cause/verdict.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { RootCause, Triage } from '#src/domain/result.ts';

const MOST_ACQUITTED = 12;

/** Agent 3: which code, configuration, dependency or outside event did it, or that it cannot be known. */
export function rootCause(
  facts: Facts,
  judgement: Judgement,
  triage: Triage,
  findings: Findings,
  ledger: Ledger,
): RootCause {
  const acquitted = acquittedOf(findings, ledger);
  if (judgement.condition === 'healthy') return nothingWrong(triage, acquitted);
  const { verdict, confidence, conclusion } = decide(findings.hypotheses);
  const top = conclusion?.best;
  if (!top) return nothingKnown(facts, triage, acquitted);
  const cites = unique(
    top.reasons.filter(({ weight }) => weight > 0).flatMap((one) => one.cites),
  ).slice(0, 10);
  const isKnown = verdict !== 'inconclusive';
  return {
    verdict,
    confidence: round(confidence),
    category: isKnown ? top.category : 'unknown',
    statement: isKnown
      ? explain(top)
      : `It cannot be settled from this evidence. Strongest lead: ${top.statement}`,
    service: isKnown ? top.service : null,
    commit: top.commit,
    location: isKnown ? top.location : null,
    remediation: isKnown ? top.remediation : 'none',
    nextSteps: [...new Set(isKnown ? top.nextSteps : [top.test, ...top.nextSteps])]
      .filter((text) => text !== '')
      .slice(0, 4)
      .map((text) => ({ text, cites: cites.slice(0, 1) })),
    nextQuery: isKnown ? null : nextQuery(facts, judgement),
    alternatives: [],
    acquitted,
    cites,
  };
}

/** The statement with the reasons that carry it. */
function explain(top: Weighed): string {
  const reasons = top.reasons
    .filter(({ weight }) => weight > 0.3)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ text }) => text);
  return reasons.length > 0 ? `${top.statement} Because: ${reasons.join('; ')}.` : top.statement;
}

function acquittedOf(
  { assessments, hypotheses, refs }: Findings,
  ledger: Ledger,
): RootCause['acquitted'] {
  const [top] = hypotheses;
  // A deploy and the commit that it brought are one suspect.
  const told = new Set<string>();
  return assessments
    .filter(({ acquitted, id }) => {
      if (acquitted === null || id === top?.commit || told.has(id)) return false;
      told.add(id);
      return true;
    })
    .slice(0, MOST_ACQUITTED)
    .map(({ id, acquitted, kind }) => {
      const ref = kind === 'commit' ? refs.commit.get(id) : undefined;
      const cites: Cite[] = ref ? [ledger.cite(ref)] : [];
      return { suspect: id, why: acquitted ?? '', cites };
    });
}

function nothingWrong(triage: Triage, acquitted: RootCause['acquitted']): RootCause {
  return {
    verdict: 'likely',
    confidence: 0.75,
    category: 'none',
    statement: 'Nothing is wrong: the signals of the service are as they were before.',
    service: null,
    commit: null,
    location: null,
    remediation: 'none',
    nextSteps: triage.nextChecks,
    nextQuery: null,
    alternatives: [],
    acquitted,
    cites: triage.cites,
  };
}

function nothingKnown(facts: Facts, triage: Triage, acquitted: RootCause['acquitted']): RootCause {
  return {
    verdict: 'inconclusive',
    confidence: 0,
    category: 'unknown',
    statement: 'Nothing that is known explains it.',
    service: null,
    commit: null,
    location: null,
    remediation: 'none',
    nextSteps: triage.nextChecks,
    nextQuery: nextQuery(facts, null),
    alternatives: [],
    acquitted,
    cites: triage.cites,
  };
}

/** A query for whoever goes on: the strongest suspect's signal, else the errors of the service. */
function nextQuery({ metrics, all, subject }: Facts, judgement: Judgement | null): string {
  const suspect = metrics.suspects.find(({ signalId }) => signalId !== null);
  const signal = metrics.signals.find(({ id }) => id === suspect?.signalId);
  const raw = signal ? all.series[signal.sources[0] ?? 0] : undefined;
  if (raw?.query) return raw.query;
  const service = judgement?.service ?? subject.target ?? '';
  return signal
    ? `${signal.name}{service=${JSON.stringify(service)}}`
    : `{service=${JSON.stringify(service)}} |~ "(?i)error"`;
}
