import type { Result } from '#src/domain/result.ts';

/** A result as it is stored beside a fixture: without the time it took and the bytes of evidence. */
export function storedPart(result: Result): object {
  const { timings: _timings, evidence, incident, investigation, ...rest } = result;
  return {
    ...rest,
    incident: { id: incident.id, title: incident.title, status: incident.status },
    hypotheses: investigation?.hypotheses ?? [],
    evidence: evidence.map(({ id, summary }) => `${id} ${summary}`),
  };
}
