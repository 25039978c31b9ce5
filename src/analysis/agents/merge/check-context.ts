import type { Drafted } from '#src/analysis/agents/contract.ts';
import { knownServices } from '#src/analysis/facts/subject.ts';
import type { CheckContext } from '#src/analysis/verify/contract.ts';

/** What the statements of an agent are checked against, with all evidence up to now. */
export function checkContext(drafted: Drafted, use: CheckContext['use']): CheckContext {
  const { facts, judgement, findings, cause, ledger } = drafted;
  const names = new Set(knownServices(facts.bundle));
  for (const { labels } of facts.subject.alerts) if (labels.alertname) names.add(labels.alertname);
  const [top] = findings?.hypotheses ?? [];
  // As long as nothing is settled, no change is spoken of as the cause.
  const isOpen = cause === null || cause.verdict === 'inconclusive';
  const accused = isOpen ? null : cause.commit;
  const isTop = !isOpen && top !== undefined && cause.category === top.category;
  const flag = isTop && top.change?.kind === 'flag' ? top.change.id : null;
  return {
    evidence: new Map(ledger.evidence().map((one) => [one.id, one])),
    names,
    onset: judgement.onset,
    changes: (findings?.assessments ?? []).map(({ id, liveAt, acquitted }) => ({
      id,
      liveAt,
      acquitted,
    })),
    use,
    accusable: new Set([accused, flag].filter((one) => one !== null)),
  };
}
