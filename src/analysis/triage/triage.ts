import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { readErrorType } from '#src/analysis/triage/error-type.ts';
import { indicators } from '#src/analysis/triage/indicators.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import { nextChecks } from '#src/analysis/triage/next-checks.ts';
import { readSeverity } from '#src/analysis/triage/severity.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Condition, Statement, Triage } from '#src/domain/result.ts';
import { formatTime } from '#src/domain/time.ts';

/** Agent 1: what is failing, how bad, since when, who else suffers. By rules alone. */
export function triage(facts: Facts, judgement: Judgement, refs: FactRefs, ledger: Ledger): Triage {
  const { subject } = facts;
  const { severity, because } = readSeverity(subject.alerts, judgement);
  const seen = indicators(facts, judgement, refs, ledger);
  const alertCites = [...refs.alert.values()].slice(0, 3).map((ref) => ledger.cite(ref));
  if (because) seen.push({ text: `Severity ${because}.`, cites: alertCites });
  return {
    service: judgement.service,
    condition: judgement.condition,
    severity,
    errorType: readErrorType(facts, judgement),
    summary: summarize(judgement, seen),
    tags: tagsOf(facts, judgement),
    indicators: seen,
    onsetAt: judgement.onset === null ? null : formatTime(judgement.onset),
    firstFailingService: judgement.firstFailing,
    blastRadius: judgement.blastRadius,
    nextChecks: nextChecks(facts, judgement, refs, ledger),
    cites: [...alertCites, ...firstCites(seen)],
  };
}

const OPENING: Record<Condition, string> = {
  failing: 'Requests fail or nothing answers',
  degraded: 'It answers, but not as it should',
  healthy: 'Nothing is wrong now',
  unknown: 'There is too little evidence to say whether it works',
};

function summarize(
  { condition, firstFailing, service }: Judgement,
  seen: readonly Statement[],
): string {
  const [first] = seen;
  const lead = condition === 'failing' || condition === 'degraded' ? first?.text : undefined;
  const elsewhere =
    firstFailing !== null && firstFailing !== service ? `; ${firstFailing} broke first` : '';
  return `${OPENING[condition]}${lead ? `: ${lead}` : ''}${elsewhere}.`;
}

function firstCites(seen: readonly Statement[]): Cite[] {
  return seen.slice(0, 3).flatMap(({ cites }) => cites.slice(0, 1));
}

/** Short words by which incidents can be grouped and searched. */
function tagsOf({ subject, metrics }: Facts, { harms, assessment }: Judgement): string[] {
  const tags = new Set<string>();
  for (const alert of subject.alerts.slice(0, 5)) {
    if (alert.labels.alertname) tags.add(alert.labels.alertname);
  }
  for (const harm of harms.slice(0, 6)) tags.add(harm.kind);
  for (const cause of assessment?.causes.slice(0, 4) ?? []) tags.add(cause.kind);
  for (const change of metrics.changes.slice(0, 4)) {
    if (change.service === assessment?.service) tags.add(change.kind);
  }
  return [...tags].sort();
}
