import type { Cite } from '#src/domain/evidence.ts';
import type { Result } from '#src/domain/result.ts';

/** Everything that a result cites, by the id of the evidence. */
export function citesOf(result: Result): Map<string, Cite[]> {
  const { triage, investigation, rootCause, incident } = result;
  const { services = [], commits = [], locations = [] } = investigation?.suspects ?? {};
  const statements = [
    triage,
    ...triage.indicators,
    ...triage.nextChecks,
    ...(investigation?.hypotheses ?? []).flatMap(({ supports, contradicts }) => [
      { cites: supports },
      { cites: contradicts },
    ]),
    ...services,
    ...commits,
    ...locations,
    ...(rootCause ? [rootCause, ...rootCause.nextSteps, ...rootCause.acquitted] : []),
    ...incident.timeline,
  ];
  const byId = new Map<string, Cite[]>();
  for (const cite of statements.flatMap(({ cites }) => cites)) {
    const all = byId.get(cite.id);
    if (all) all.push(cite);
    else byId.set(cite.id, [cite]);
  }
  return byId;
}
