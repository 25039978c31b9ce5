import type { Facts } from '#src/analysis/facts/contract.ts';
import type { KnownChanges } from '#src/analysis/investigation/known-changes.ts';
import type { LocationClue } from '#src/changes/contract.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';
import { locate } from '#src/stacktrace/locate.ts';

/** Where the stack traces of the incident point to, in all repositories together. */
export type Located = {
  locations: (LocationClue & { service: string | null })[];
  commits: { sha: string; score: number; reasons: string[] }[];
};

/** Follows the traces of the incident into the repositories of the services that printed them. */
export async function locateTraces(facts: Facts, known: KnownChanges): Promise<Located> {
  const recent = incidentTraces(facts);
  const located: Located = { locations: [], commits: [] };
  const services = new Map(facts.subject.services.map((service) => [service.name, service]));
  for (const [service, repository] of known.repositories) {
    const own = recent.filter((trace) => trace.service === null || trace.service === service);
    if (own.length === 0) continue;
    const pathMap = services.get(service)?.path_map;
    const revision = runningRevision(facts, service);
    const found = await locate(own, repository, {
      details: facts.logs.traceDetails,
      ...(pathMap ? { pathMap } : {}),
      ...(revision ? { revision } : {}),
    });
    located.locations.push(...found.locations.map((location) => ({ ...location, service })));
    located.commits.push(...found.commits);
  }
  located.locations.sort(
    (a, b) => b.score - a.score || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line),
  );
  located.commits.sort((a, b) => b.score - a.score || (a.sha < b.sha ? -1 : 1));
  return located;
}

/** Traces that belong to the incident: those that were not there before it count first. */
function incidentTraces({ logs, subject }: Facts): StackTrace[] {
  const isInside = (time: string | null): boolean => {
    const at = time === null ? null : parseTime(time);
    return at === null || at >= subject.window.start;
  };
  const recent = logs.traces.filter(({ last }) => isInside(last));
  const fresh = recent.filter(({ first }) => isInside(first));
  return fresh.length > 0 ? fresh : recent;
}

/** The commit that the last deploy before the end of the window put live, if it is told. */
function runningRevision({ bundle, subject }: Facts, service: string): string | null {
  const deploys = bundle.changes.deploys.filter(
    (deploy) =>
      deploy.service === service &&
      deploy.commit !== '' &&
      (parseTime(deploy.timestamp) ?? 0) <= subject.window.end,
  );
  return deploys.at(-1)?.commit ?? null;
}
