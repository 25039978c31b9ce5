import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { Statement } from '#src/domain/result.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';

/** A change so long before the onset is not the first thing to look at, in milliseconds. */
const NEAR_MS = 2 * 3_600_000;
const MOST_CHANGES = 3;

/** What to check first: changes just before the onset, a dependency that broke, what was not seen. */
export function nextChecks(
  facts: Facts,
  judgement: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  if (judgement.condition === 'healthy') {
    return [
      {
        text: 'Nothing to do for the service; see why the alert fired, and whether its threshold fits.',
        cites: [...refs.alert.values()].slice(0, 1).map((ref) => ledger.cite(ref)),
      },
    ];
  }
  const checks: Statement[] = [
    ...changeChecks(facts, judgement, refs, ledger),
    ...dependencyChecks(facts, judgement, refs, ledger),
    ...runbookChecks(refs, ledger),
  ];
  for (const gap of facts.bundle.gaps.slice(0, 2)) {
    if (gap.hint) checks.push({ text: `${gap.source} was not seen: ${gap.hint}`, cites: [] });
  }
  return checks;
}

function changeChecks(
  { bundle, subject }: Facts,
  { onset }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  const start = onset ?? subject.detectedAt;
  const { deploys, flags } = bundle.changes;
  const near = [
    ...deploys.map((deploy) => ({
      at: parseTime(deploy.timestamp) ?? 0,
      ref: refs.deploy.get(deploy),
      what: `the deploy of ${[deploy.service, deploy.version ?? deploy.commit.slice(0, 10)].join(' ')}`,
    })),
    ...flags.map((flag) => ({
      at: parseTime(flag.timestamp) ?? 0,
      ref: refs.flag.get(flag),
      what: `the flag ${flag.name} (${flag.from ?? '?'} → ${flag.to ?? '?'})`,
    })),
  ];
  return near
    .filter(({ at }) => at <= start && start - at <= NEAR_MS)
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST_CHANGES)
    .flatMap(({ at, ref, what }): Statement[] =>
      ref
        ? [
            {
              text: `Look at ${what}, ${formatDuration(start - at)} before the onset.`,
              cites: [ledger.cite(ref)],
            },
          ]
        : [],
    );
}

function dependencyChecks(
  { metrics }: Facts,
  { firstFailing, service }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  if (firstFailing === null || firstFailing === service) return [];
  const suspect = metrics.suspects.find((one) => one.service === firstFailing);
  const ref = suspect?.signalId ? refs.signal.get(suspect.signalId) : undefined;
  return [
    {
      text: `Look at ${firstFailing} first: it broke no later than ${service}, by its own signals.`,
      cites: ref ? [ledger.cite(ref)] : [],
    },
  ];
}

function runbookChecks(refs: FactRefs, ledger: Ledger): Statement[] {
  const [first] = refs.runbook;
  return first ? [{ text: 'Follow the runbook.', cites: [ledger.cite(first)] }] : [];
}
