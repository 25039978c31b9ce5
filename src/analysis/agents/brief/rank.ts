import type { Drafted } from '#src/analysis/agents/contract.ts';
import type { Cite, Evidence } from '#src/domain/evidence.ts';

/** Ids of evidence, what the answer of code rests on first, then by kind in turn. */
export function rankEvidence(drafted: Drafted, evidence: readonly Evidence[]): Evidence[] {
  const { triage, findings, cause } = drafted;
  const cited: Cite[] = [
    ...(cause?.cites ?? []),
    ...triage.cites,
    ...triage.indicators.flatMap(({ cites }) => cites),
    ...(findings?.hypotheses
      .slice(0, 5)
      .flatMap(({ reasons }) => reasons.flatMap((one) => one.cites)) ?? []),
    ...triage.nextChecks.flatMap(({ cites }) => cites),
  ];
  const order = new Map<string, number>();
  for (const { id } of cited) if (!order.has(id)) order.set(id, order.size);
  const first = evidence
    .filter(({ id }) => order.has(id))
    .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return [...first, ...interleaved(evidence.filter(({ id }) => !order.has(id)))];
}

/** One of each kind in turn, so that no kind crowds out the others. */
function interleaved(evidence: readonly Evidence[]): Evidence[] {
  const kinds = new Map<string, Evidence[]>();
  for (const one of evidence) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
  const lists = [...kinds.values()];
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
